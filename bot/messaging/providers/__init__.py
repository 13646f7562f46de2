"""Clients of the providers that carry messages."""
