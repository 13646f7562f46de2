"""Messaging in the database: people, what they sent, what goes out, what was offered."""
