"""The ways in: each proves the sender, makes one message of it, and renders one reply."""
