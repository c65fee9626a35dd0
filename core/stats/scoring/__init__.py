"""Points: the sheet of a round, the units' scores of a month, and what follows from them."""
