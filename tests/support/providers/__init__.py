"""Stand-ins for the providers' APIs: they keep what was sent, and refuse what the documentation forbids."""
