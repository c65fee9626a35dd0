"""What the year's registers decide (docs/year.md)."""
