"""Forms of the verbs of the loop, a family a module."""
