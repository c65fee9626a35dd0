"""The work summary, the archive and what waits: what the year adds up to (docs/year.md 5 to 7)."""
