"""What the verbs of the rectification loop do, a family of verbs a module."""
