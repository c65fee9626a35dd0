"""What the monthly circular and appeals against it decide (docs/circular.md)."""
