"""What staff read and do at the command line."""
