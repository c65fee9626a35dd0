"""What was saved before: histories from snapshot and journals, transactions newest first."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from core.changes import Changes
from core.model import Event, Item
from store.disk.custody import last_line, read_kept
from store.disk.decoding import decoder
from store.errors import StoreError
from store.history.head_start.snapshot import Snapshot
from store.history.journals import journal
from store.history.journals.delta import NULL, Delta, decode_delta
from store.history.journals.journal import Head, Line
from store.history.journals.reader import JournalReader


class Taken(Struct, frozen=True):
    """A transaction of one person, and whether it was taken back."""

    head: Head
    records: int
    """How many records it touched, lines of history apart."""
    by: int | None
    """The transaction that took it back."""
    items: tuple[int, ...] = ()
    """Ids of the items it touched."""


NEVER_UNDONE = frozenset({"init", "repair", "restore", "lost"})
"""Transactions that are nobody's change of a record."""


class Past:
    """The journals of a store up to the place a repository has read and verified."""

    def __init__(self, directory: Path, snapshot: Snapshot | None, read: JournalReader) -> None:
        self._directory = directory
        self._snapshot = snapshot
        self._gen, self._offset, self._seq = read.gen, read.offset, read.seq

    def history(self, record: int | None = None, table: str = "items") -> list[Event]:
        """Lines of history, oldest first: of one record, or of everything."""
        found: list[Event] = []
        if self._snapshot is not None:
            found.extend(self._snapshot.events(record))
        found.extend(self.events_since_snapshot(record))
        return [e for e in found if record is None or e.table == table]

    def events_since_snapshot(self, record: int | None = None) -> Iterator[Event]:
        """Lines of history that only the journals have."""
        needle = b"" if record is None else b'"record":%d,' % record
        for line, payload in self._lines():
            if needle in payload:
                for delta in line.d:
                    if delta.t == "events" and needle in bytes(delta.put):
                        yield cast(Event, decode_delta(delta, None, line.s))

    def _lines(self) -> Iterator[tuple[Line, bytes]]:
        """Every transaction behind the snapshot."""
        if self._snapshot is None:
            reader = JournalReader(self._directory, 1)
        else:
            reader = self._snapshot.reader(self._directory)
        try:
            for line, payload in reader.lines():
                if line.s > self._seq:
                    return
                yield line, bytes(payload)
        finally:
            reader.close()

    def backwards(self) -> Iterator[tuple[Head, bytes]]:
        """Transactions newest first, each with its JSON, as far back as there are journals."""
        for gen in reversed(journal.generations(self._directory)):
            if gen > self._gen:
                continue
            data = read_kept(journal.path_of(self._directory, gen))
            if gen == self._gen:
                data = data[: self._offset]
            for line in reversed(data.splitlines()[1:]):
                payload = line[journal.HASH_LENGTH + 1 :]
                yield decoder(Head).decode(payload), payload

    def undoable(self, login: str) -> Changes | None:
        """The last transaction of `login` that is neither taken back nor itself a taking back."""
        taken_back: set[int] = set()
        for head, _payload in self.backwards():
            if head.s in taken_back or head.op in NEVER_UNDONE:
                continue
            if head.undoes is not None:
                taken_back.add(head.undoes)
            elif head.who == login:
                return journal.changes_of(head)
        return None

    def own(self, login: str, limit: int) -> list[Taken]:
        """The last transactions of one person, newest first."""
        found: list[Taken] = []
        taken_back: dict[int, int] = {}
        for head, payload in self.backwards():
            if head.undoes is not None and head.s not in taken_back:
                taken_back[head.undoes] = head.s
            if head.who == login and head.op not in NEVER_UNDONE:
                deltas = journal.decode_line(payload).d
                records = sum(delta.t != "events" for delta in deltas)
                items = tuple(int(delta.id) for delta in deltas if delta.t == "items")
                found.append(Taken(head, records, taken_back.get(head.s), items))
                if len(found) == limit:
                    break
        return found

    def last_touch(self, table: str, record: int, field: str, latest: int) -> Head | None:
        """The last transaction up to `latest` that set a field of a record."""
        needle = b'"id":"%d"' % record
        for head, payload in self.backwards():
            if head.s > latest or needle not in payload:
                continue
            for delta in journal.decode_line(payload).d:
                if (delta.t, delta.id) == (table, str(record)) and _touches(delta, field):
                    return head
        return None

    def as_of(self, items: Mapping[int, Item], revisions: Mapping[int, int]) -> dict[int, Item]:
        """Items as transaction `revisions` of each left them; an item whose way back there is no
        longer in a journal is left out."""
        found: dict[int, Item] = {}
        values = {key: msgspec.to_builtins(item) for key, item in items.items()}
        left = {key for key in revisions if key in values}
        for head, payload in self.backwards():
            for key in [key for key in left if revisions[key] >= head.s]:
                found[key] = replace(msgspec.convert(values[key], Item), revision=revisions[key])
                left.discard(key)
            if not left:
                break
            for delta in journal.decode_line(payload).d:
                if delta.t == "items" and int(delta.id) in left:
                    if bytes(delta.was) == b"null":
                        left.discard(int(delta.id))
                    else:
                        _put_back(delta, values[int(delta.id)])
        return found

    def line(self, seq: int) -> Line | None:
        """One transaction with its records."""
        for head, payload in self.backwards():
            if head.s == seq:
                return journal.decode_line(payload)
        return None


class _Timed(Struct):
    """What a line and the first line of a journal have in common."""

    t: str


def last_saved(path: Path) -> datetime | None:
    """When the last line of a journal was saved, as it says; None where that cannot be told."""
    try:
        line = last_line(path)
        return datetime.fromisoformat(
            msgspec.json.decode(line[journal.HASH_LENGTH + 1 :], type=_Timed).t
        )
    except (OSError, ValueError, StoreError):
        return None


def _touches(delta: Delta, field: str) -> bool:
    """Whether a delta sets a field, or makes the record."""
    if delta.was == NULL:
        return True
    return field in msgspec.json.decode(delta.put) or field in msgspec.json.decode(delta.was)


def _put_back(delta: Delta, values: dict[str, Any]) -> None:
    """Give the fields of a record, as JSON has them, the values they had before a delta."""
    was = msgspec.json.decode(delta.was)
    for name in msgspec.json.decode(delta.put):
        if name not in was:
            values.pop(name, None)
    values.update(was)
