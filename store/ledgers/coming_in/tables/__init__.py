"""A grid as a table: its header, its columns, which rows are records, and what each says."""
