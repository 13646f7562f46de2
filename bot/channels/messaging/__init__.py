"""The clinic's messaging numbers and pages: proven and read here, answered by `bot/messaging`."""
