"""What rounds, finds, marks and schemes decide (docs/rounds.md)."""
