"""The routes of the chat API, one module a subject."""
