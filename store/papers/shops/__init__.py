"""Papers about shops."""
