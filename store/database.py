"""The store as an ordinary TinyDB: tables, queries and documents over the typed records.

Documents are made when they are asked for and are the caller's own. The board's own tables are
read here and changed through `Repository.commit`, where the rules are. Any other table behaves as
TinyDB's documentation says, and each call is one transaction, saved and signed like every other.

What it does not do: hold what JSON cannot; give an id out twice, also not after `truncate`; drop
every table at once; keep a table that holds nothing; answer from a query cache, which the changes
of others would make stale.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any, cast

import msgspec
from tinydb import TinyDB, where
from tinydb.queries import QueryInstance, QueryLike
from tinydb.storages import Storage
from tinydb.table import Table

from core.actions.own_tables import KeepSide
from core.actions.wish import Wish
from core.model import Event, Side
from core.registers import TABLES
from core.roles import Actor
from store.errors import NotSaved
from store.history.repository import Repository

GOVERNED = frozenset(TABLES) - {"side"}
"""Tables with rules of their own."""
NOBODY = Actor("")

Rows = dict[int, dict[str, Any]]


class RecordStorage(Storage):
    """The records of an open repository as TinyDB lays them out, and the person who changes them."""

    def __init__(self, repository: Repository, actor: Actor = NOBODY) -> None:
        self.repository = repository
        self._actor = actor

    def read(self) -> dict[str, dict[str, Any]]:
        """Every table, by name and document id."""
        self.repository.refresh()
        return {n: {str(k): v for k, v in self.table(n).items()} for n in sorted(self.names())}

    def names(self) -> set[str]:
        """The board's tables, and others that hold something."""
        return {*GOVERNED} | {s.table for s in self._sides() if not s.removed}

    def table(self, name: str) -> Rows:
        """The documents of one table."""
        if name == "events":
            return {event.id: msgspec.to_builtins(event) for event in self.repository.history()}
        if name == "items":
            self.repository.load_closed()
        if name in GOVERNED:
            rows = self.repository.town.tables[name]
            return {key: msgspec.to_builtins(record) for key, record in rows.items()}
        return {
            side.key: deepcopy(side.body)
            for side in self._sides()
            if side.table == name and not side.removed
        }

    def next_key(self, name: str) -> int:
        """The next id of a table that is not the board's own."""
        return 1 + max((side.key for side in self._sides() if side.table == name), default=0)

    def change(self, name: str, updater: Callable[[Any], None]) -> None:
        """Save what `updater` makes of a table's documents, all or nothing."""
        before = self.table(name)
        after = deepcopy(before)
        updater(after)
        known = {side.key: side.id for side in self._sides() if side.table == name}
        wishes = [
            Wish(KeepSide(table=name, key=key, body=_plain(after.get(key)), record=known.get(key)))
            for key in {**before, **after}
            if before.get(key) != after.get(key) or key not in before
        ]
        if wishes:
            self.repository.commit(wishes, self._actor, datetime.now(UTC), op="keep_side")

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Refused: tables are changed one at a time."""
        raise NotSaved("whole_write")

    def _sides(self) -> Iterator[Side]:
        return cast("Iterator[Side]", iter(self.repository.town.tables["side"].values()))


def _plain(document: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """A copy of a document as JSON has it. Raises `TypeError`, `ValueError` where it does not."""
    if document is None:
        return None
    copied: dict[str, Any] = json.loads(json.dumps(dict(document), allow_nan=False))
    return copied


class RecordTable(Table):
    """A table whose every change is one transaction under the lock."""

    default_query_cache_capacity = 0

    @property
    def _records(self) -> RecordStorage:
        return cast(RecordStorage, self._storage)

    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        self._records.repository.refresh()
        return {str(key): row for key, row in self._records.table(self.name).items()}

    @contextmanager
    def _whole(self) -> Iterator[None]:
        if self.name in GOVERNED:
            raise NotSaved("governed", table=self.name)
        with self._records.repository.writing():
            self._next_id = None
            yield

    def _get_next_id(self) -> int:
        key: int = self._next_id or self._records.next_key(self.name)
        self._next_id = key + 1  # type: ignore[assignment]  # TinyDB declares it None
        return key

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        with self._whole():
            self._records.change(self.name, updater)

    def insert(self, document: Mapping[str, Any]) -> int:
        """As TinyDB's."""
        with self._whole():
            return super().insert(document)

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """As TinyDB's, in one transaction."""
        with self._whole():
            return super().insert_multiple(documents)

    def upsert(self, document: Mapping[str, Any], cond: QueryLike | None = None) -> list[int]:
        """As TinyDB's, in one transaction."""
        with self._whole():
            return super().upsert(document, cond)


class Database(TinyDB):
    """`Database(repository, actor).table("items").search(where("zone") == 3)`.

    `actor` signs what is written to tables that are not the board's own.
    """

    table_class = RecordTable

    def __init__(self, repository: Repository, actor: Actor = NOBODY) -> None:
        super().__init__(repository, actor, storage=RecordStorage)

    def table(self, name: str, **kwargs: Any) -> Table:
        """A table; its query cache is off, whatever is asked."""
        return super().table(name, **{**kwargs, "cache_size": 0, "persist_empty": False})

    def tables(self) -> set[str]:
        """The names of the tables."""
        return cast(RecordStorage, self.storage).names()

    def drop_table(self, name: str) -> None:
        """Take away every document of a table that is not the board's own."""
        self.table(name).truncate()

    def drop_tables(self) -> None:
        """Refused: the board's own tables stay."""
        raise NotSaved("whole_write")


def search_events(
    repository: Repository,
    *,
    about: Collection[tuple[str, int]] | None = None,
    by: str | None = None,
    span: tuple[datetime, datetime] | None = None,
) -> list[Event]:
    """Lines of history of some records (table and id), a person, or a span of time; oldest first.

    `span` is a first instant and the one it ends before, both with a time zone.
    """
    query: QueryInstance = where("id") > 0
    if about is not None:
        query &= _is_about(set(about))
    if by is not None:
        query &= where("actor") == by
    if span is not None:
        begin, end = span
        query &= where("at").test(lambda at: begin <= datetime.fromisoformat(str(at)) < end)
    return [
        msgspec.convert(dict(doc), Event)
        for doc in Database(repository).table("events").search(query)
    ]


def _is_about(records: set[tuple[str, int]]) -> QueryInstance:
    """Whether a line is about one of some records; the table of items is left out on disk."""
    return QueryInstance(
        lambda doc: (str(doc.get("table", "items")), int(doc["record"])) in records, None
    )
