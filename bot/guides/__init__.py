"""Equipment: the talk through a guide, its page to print, and which device helps with what."""
