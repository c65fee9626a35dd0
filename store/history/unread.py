"""Tables left in the head start: what was proved at opening may be damaged by the time it is read."""

from collections.abc import Callable, Iterable
from typing import cast

from core.model import Record
from core.town.shelf import S, Unread
from store.errors import Damaged


class OrJournals:
    """A table left in the head start; damaged there, it is what the journals say."""

    def __init__(self, unread: Unread, anew: Callable[[], list[Record]]) -> None:
        """`anew` reads it from the journals."""
        self._unread, self._anew = unread, anew

    def records(self) -> Iterable[Record]:
        """All of it. Raises `Damaged` where the journals are damaged too."""
        try:
            return self._unread.records()
        except (Damaged, OSError):
            return self._anew()

    def brief(self, kind: type[S]) -> Iterable[S]:
        """All of its records with some of their fields at the least."""
        try:
            return self._unread.brief(kind)
        except (Damaged, OSError):
            return cast("Iterable[S]", self._anew())
