"""Lists of the year in words: their cells and heads, and what is said of a row."""
