"""Sheets in: from bytes to rows with named cells."""
