"""The verbs of the loop, a family a module."""
