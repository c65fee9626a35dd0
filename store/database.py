"""The store as an ordinary TinyDB: tables, queries and documents over the typed records.

Documents are made when they are asked for and are the caller's own. Writing goes through
`Repository.commit`, where the rules are; a write here is refused.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import msgspec
from tinydb import TinyDB, where
from tinydb.queries import QueryInstance
from tinydb.storages import Storage
from tinydb.table import Table

from core.model import TABLES, Event
from store.errors import NotSaved
from store.repository import Repository


class RecordStorage(Storage):
    """Reads the records of an open repository as TinyDB lays them out."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository

    def read(self) -> dict[str, dict[str, Any]]:
        """Every table, by name and document id."""
        return {name: {str(k): v for k, v in self.table(name).items()} for name in TABLES}

    def table(self, name: str) -> dict[int, Mapping[str, Any]]:
        """The documents of one table."""
        if name == "events":
            return {event.id: msgspec.to_builtins(event) for event in self.repository.history()}
        if name == "items":
            self.repository.load_closed()
        rows = self.repository.town.tables.get(name, {})
        return {key: msgspec.to_builtins(record) for key, record in rows.items()}

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Refused: a change needs an actor, a reason and the rules."""
        raise NotSaved("governed", table="")


class RecordTable(Table):
    """A table whose queries are never answered from a cache that others' changes would make stale."""

    default_query_cache_capacity = 0

    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        assert isinstance(self._storage, RecordStorage)
        return {str(key): row for key, row in self._storage.table(self.name).items()}

    def _update_table(self, updater: Any) -> None:
        raise NotSaved("governed", table=self.name)


class Database(TinyDB):
    """`Database(repository).table("items").search(where("zone") == 3)`."""

    table_class = RecordTable

    def __init__(self, repository: Repository) -> None:
        super().__init__(repository, storage=RecordStorage)

    def table(self, name: str, **kwargs: Any) -> Table:
        """A table; its query cache is off, whatever is asked."""
        return super().table(name, **{**kwargs, "cache_size": 0})

    def tables(self) -> set[str]:
        """The names of the tables."""
        return set(TABLES)


def search_events(
    repository: Repository,
    *,
    items: Collection[int] = (),
    by: str | None = None,
    span: tuple[datetime, datetime] | None = None,
) -> list[Event]:
    """Lines of history of some items, a person, or a span of time; oldest first.

    `span` is a first instant and the one it ends before, both with a time zone.
    """
    query: QueryInstance = where("id") > 0
    if items:
        query &= ~where("table").exists() & where("record").one_of(list(items))
    if by is not None:
        query &= where("actor") == by
    if span is not None:
        begin, end = span
        query &= where("at").test(lambda at: begin <= datetime.fromisoformat(str(at)) < end)
    return [
        msgspec.convert(dict(doc), Event)
        for doc in Database(repository).table("events").search(query)
    ]
