"""Forms of somebody else's (外来表样): read by what their headers mean, filled in their own XML (docs/street.md 3)."""
