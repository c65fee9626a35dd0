"""One row of a ledger: its cells, its days, what it says, and how far it goes."""
