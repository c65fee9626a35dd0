"""Words that choose records of the year, on the board and in commands."""
