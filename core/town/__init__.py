"""The loaded town: its records, what follows from them, and what changes them."""
