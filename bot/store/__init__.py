"""The database: tables, units of work and migrations. Only this package writes SQL."""
