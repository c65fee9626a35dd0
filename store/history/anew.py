"""A store read from its journals alone, up to a transaction."""

from pathlib import Path

from store.history.opening import Opened


class FromJournals(Opened):
    """What the journals tell of a store up to a transaction."""

    trusting = False

    def __init__(self, path: Path, until: int) -> None:
        self._until = until
        super().__init__(path)

    def _check_not_older(self) -> None:
        """It ends before what is known to be safe, as it was asked to."""
