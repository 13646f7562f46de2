"""Understanding what a person means: plain Python over texts and numbers."""
