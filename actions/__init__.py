"""Custom actions: slots in, one service call, one response out."""
