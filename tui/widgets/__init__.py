"""Pieces of a screen: data in by methods, wishes out as messages, nothing else."""
