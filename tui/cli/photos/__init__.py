"""Commands that keep photos and other files with what they are of."""
