"""Ledgers as files: which sheet, which row is the header, which cell is which field, and back."""
