"""What soundness is asked of: a transaction in the making, or the tables of a store."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Set
from datetime import date
from typing import Any, Protocol, TypeVar

from msgspec import Struct

from core.errors import RefusalKind
from core.model import Record, Request, RequestState, table_of

R = TypeVar("R", bound=Record)
Touched = Set[int] | None
"""Ids of the records of a table that a change touches; None for all of them."""


class Breach(Struct, frozen=True):
    """One thing that does not hold; the code and fields of the refusal that keeps it out."""

    code: str
    table: str
    record: int
    fields: dict[str, Any] = {}
    kind: RefusalKind = RefusalKind.CLASH


class Ground(Protocol):
    """Records by table, as they would stand."""

    @property
    def today(self) -> date:
        """The day as of which it is asked."""

    def all(self, kind: type[R]) -> Iterable[R]:
        """Every record of one kind."""

    def get(self, table: str, key: int) -> Record | None:
        """One record."""

    def pending(self, item: int) -> Iterable[Request]:
        """Requests about an item that wait for a decision."""


class Tables:
    """The tables of a store as they stand."""

    def __init__(self, tables: Mapping[str, Mapping[int, Record]], today: date) -> None:
        self._tables = tables
        self.today = today

    def all(self, kind: type[R]) -> Iterable[R]:
        """Every record of one kind."""
        rows = self._tables[table_of(kind)].values()
        return (record for record in rows if isinstance(record, kind))

    def get(self, table: str, key: int) -> Record | None:
        """One record."""
        return self._tables[table].get(key)

    def pending(self, item: int) -> Iterable[Request]:
        """Requests about an item that wait for a decision."""
        asked = (r for r in self.all(Request) if r.state == RequestState.ASKED)
        return [request for request in asked if request.item == item]


def doubles(
    records: Iterable[R], keys_of: Callable[[R], Iterable[Hashable]], touched: Touched
) -> Iterator[tuple[Hashable, R, R]]:
    """Keys that two records share: the key, the touched or later record, and the other."""
    owners: dict[Hashable, R] = {}
    for record in records:
        for key in keys_of(record):
            owner = owners.setdefault(key, record)
            if owner is record:
                continue
            if touched is None or record.id in touched:
                yield key, record, owner
            elif owner.id in touched:
                yield key, owner, record
