"""What of a town is still on disk: items that are done with, and tables nobody has asked for yet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from threading import RLock
from typing import Any, Protocol, TypeVar, cast

from msgspec import Struct

from core.model import Item, Record

Rows = dict[int, Record]
S = TypeVar("S", bound=Struct)


class Unread(Protocol):
    """A table that is still on disk."""

    def records(self) -> Iterable[Record]:
        """All of it."""

    def brief(self, kind: type[S]) -> Iterable[S]:
        """All of its records with some of their fields: long texts are passed over."""


class HeldTables(dict[str, Rows]):
    """Tables by name. One that was put off is read by the first who asks for it, or for all of them."""

    def __init__(self, tables: dict[str, Rows]) -> None:
        super().__init__(tables)
        self._put_off: dict[str, Unread] = {}
        self._brief: dict[tuple[str, type], list[Any]] = {}
        """What was read of a table that is not here yet."""
        self._lock = RLock()
        """Of a board one thread shows and another saves."""

    def put_off(self, table: str, unread: Unread) -> None:
        """Have a table, which is empty so far, read when it is first asked for."""
        self._put_off[table] = unread
        del self[table]

    def brief(self, table: str, kind: type[S]) -> Iterable[S]:
        """The records of a table, or some fields of each where it was not read yet."""
        with self._lock:
            unread, known = self._put_off.get(table), (table, kind)
            if unread is not None:
                if known not in self._brief:
                    self._brief[known] = list(unread.brief(kind))
                return cast("list[S]", self._brief[known])
        return cast("Iterable[S]", self[table].values())

    def __missing__(self, table: str) -> Rows:
        with self._lock:
            if table in self._put_off:
                self[table] = {record.id: record for record in self._put_off[table].records()}
                del self._put_off[table]
                self._brief = {known: v for known, v in self._brief.items() if known[0] != table}
            if not dict.__contains__(self, table):
                raise KeyError(table)
            return dict.__getitem__(self, table)

    def over(self, new: Mapping[str, Rows]) -> "HeldTables":
        """Every table with new records in the place of its own; for looking."""
        return HeldTables(
            {t: {**rows, **new[t]} if new.get(t) else rows for t, rows in self.items()}
        )

    def have(self, tables: Iterable[str]) -> None:
        """Have some tables here that may be on disk still."""
        for table in self._put_off.keys() & set(tables):
            self[table]

    def whole(self) -> dict[str, Rows]:
        """Every table."""
        for table in list(self._put_off):
            self[table]
        return self

    def get(self, table: str, default: Any = None) -> Any:
        """A table by its name."""
        try:
            return self[table]
        except KeyError:
            return default

    def __contains__(self, table: object) -> bool:
        return super().__contains__(table) or table in self._put_off

    def __iter__(self) -> Iterator[str]:
        return dict.__iter__(self.whole())

    def __len__(self) -> int:
        return dict.__len__(self) + len(self._put_off)

    def items(self) -> Any:
        """Every table with its name."""
        return dict.items(self.whole())

    def keys(self) -> Any:
        """The names of all of them."""
        return dict.keys(self.whole())

    def values(self) -> Any:
        """Every table."""
        return dict.values(self.whole())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, HeldTables):
            other.whole()
        return dict.__eq__(self.whole(), other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None  # mutable


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
