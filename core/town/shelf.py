"""Items that are done with and still on disk: found by what they are asked for, decoded one by one."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from core.model import Item


class Shelf(Protocol):
    """What a town knows of the items it does not hold. Whoever holds a newer record prefers it."""

    def __len__(self) -> int:
        """How many items there are on it."""

    def item(self, key: int) -> Item | None:
        """The item with an identity."""

    def numbered(self, number: str) -> Item | None:
        """The item with a number, as the number is written here."""

    def closed_since(self, day: date) -> list[int]:
        """Items struck off on a day or later."""

    def unchecked(self, until: date) -> Sequence[int]:
        """Items struck off up to a day that nobody has looked back at, the earliest first."""

    def is_unchecked(self, key: int, until: date) -> bool:
        """Whether an item is one of `unchecked`."""

    def alike(self, zone: int, subcategory: str, since: date, until: date) -> list[int]:
        """Items of a zone and 小类 struck off between two days, both included."""
