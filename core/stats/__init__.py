"""Figures of a stretch of time, unit scores and places; pure (docs/statistics.md)."""
