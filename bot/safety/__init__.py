"""Seeing danger in a message before anything else is made of it."""
