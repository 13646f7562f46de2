"""The chat API in plain Python: its messages, its sessions and what is kept of a conversation."""
