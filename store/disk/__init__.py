"""Files as they are put, proved and read."""
