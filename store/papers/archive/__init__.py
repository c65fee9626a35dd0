"""迎检档案 as one folder or zip: the same bytes for the same records (docs/year.md 6)."""
