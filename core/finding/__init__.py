"""The query language and what can be narrowed to."""
