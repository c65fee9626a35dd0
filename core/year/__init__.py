"""The work summary and the archive: what the year adds up to (docs/year.md 5, 6)."""
