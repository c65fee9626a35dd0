"""What was met in one file so far."""

from collections import Counter

from core.ledger.outcome import Place


class Met:
    """Rows of one file, as they are read."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()
        """How often each origin."""
        self.orders: dict[str, Place] = {}
        """Rows by the sender's number they bear."""
        self.joins: set[int] = set()
        """Rows that are added to an item here, by identity."""
        self.added: Counter[str] = Counter()
        """Rows that are new; known rows to the next file."""
