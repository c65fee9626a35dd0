"""The journals: the data and the audit trail in one, a line a transaction (docs/format.md 2).

A line is `HASH SP JSON LF`; HASH chains it to the line before, so that one field proves it
whole, unaltered, in its place, and that none is missing.
"""

from datetime import date, datetime, tzinfo
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import fields as struct_fields
from msgspec.structs import replace

from core.changes import Change, Changes
from core.model import Counter, Event, Item, Record
from core.registers import TABLES
from core.town.trail import day_of, events_by_item, followed, written
from store.disk.decoding import decoder
from store.errors import Damaged
from store.history.journals.format import check_format

HASH_LENGTH = 16
LONGEST_LINE = 256 * 1024 * 1024
NULL = Raw(b"null")
NUMBERED = frozenset({"items", "events"})
"""Tables of which one transaction may make thousands of records."""


class Made(Struct, frozen=True):
    """Where counting stands behind a transaction that made records and changed none."""

    ids: dict[str, int]
    """Next free id by table."""
    counters: tuple[Counter, ...] = ()
    """The series it moved on, as they stand."""


class Header(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """First line of a journal."""

    format: int
    store: str
    gen: int
    seq: int
    """The transaction it starts after."""
    t: str
    made: Made | None = None
    """What that transaction made, where it is a long one that need not be read at once."""


class Delta(Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """One record of a transaction: fields set, and the old values of what changed."""

    t: str
    id: str
    put: Raw
    was: Raw


class Line(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One transaction as written."""

    s: int
    t: str
    who: str
    via: str = ""
    op: str = ""
    d: tuple[Delta, ...] = ()
    why: str = ""
    undoes: int | None = None
    src: str = ""
    key: str = ""


class Head(Struct, frozen=True):
    """A transaction without its records."""

    s: int
    t: str
    who: str
    via: str = ""
    op: str = ""
    why: str = ""
    undoes: int | None = None
    src: str = ""
    key: str = ""


def changes_of(head: Line | Head, found: tuple[Change, ...] = ()) -> Changes:
    """A transaction with these records."""
    return Changes(
        changes=found,
        seq=head.s,
        at=head.t,
        who=head.who,
        via=head.via,
        key=head.key,
        op=head.op,
        why=head.why,
        source=head.src,
        undoes=head.undoes,
    )


_encoder = msgspec.json.Encoder()


@cache
def _fields(table: str) -> dict[str, Any]:
    return {field.name: field for field in struct_fields(TABLES[table])}


def chain(before: str, payload: bytes | memoryview) -> str:
    """The hash of a line that follows the line hashed `before`."""
    found = sha256(before.encode() + b"\n")
    found.update(payload)
    return found.hexdigest()[:HASH_LENGTH]


def made_by(changes: Changes) -> Made | None:
    """Where counting stands behind a saved transaction; None where it did more than make records."""
    ids: dict[str, int] = {}
    counters = []
    for change in changes:
        table, new = change.table, change.new
        if isinstance(new, Counter):
            counters.append(new)
        elif change.old is None and table in NUMBERED:
            if new.id >= ids.get(table, 0):
                ids[table] = new.id + 1
        else:
            return None
    return Made(ids, tuple(counters))


def following(table: str, line: Line) -> int:
    """The id after those a line gives out."""
    return 1 + max([int(d.id) for d in line.d if d.t == table], default=0)


@lru_cache(256)  # asked for at every look and every save
def path_of(directory: Path, gen: int) -> Path:
    """The file of one generation."""
    return directory / f"journal.{gen:06d}.jsonl"


def generations(directory: Path) -> list[int]:
    """The generations there are, in order."""
    found = []
    for path in directory.glob("journal.*.jsonl"):
        number = path.name.split(".")[1]
        if number.isdigit():
            found.append(int(number))
    return sorted(found)


def frame(before: str, payload: bytes) -> tuple[bytes, str]:
    """A whole line and its hash."""
    hash16 = chain(before, payload)
    return b"".join((hash16.encode(), b" ", payload, b"\n")), hash16


def encode_header(header: Header) -> bytes:
    """The JSON of a first line."""
    return _encoder.encode(header)


def decode_header(payload: bytes | memoryview, path: Path) -> Header:
    """A first line read back. Raises `Damaged`."""
    try:
        header = decoder(Header).decode(payload)
    except msgspec.MsgspecError as error:
        raise Damaged("bad_header", path=str(path)) from error
    check_format(header.format, path)
    return header


def encode(changes: Changes) -> bytes:
    """The JSON of a transaction."""
    return _encoder.encode(
        Line(
            s=changes.seq,
            t=changes.at,
            who=changes.who,
            via=changes.via,
            op=changes.op,
            d=tuple(_delta(change) for change in changes),
            why=changes.why,
            undoes=changes.undoes,
            src=changes.source,
            key=changes.key,
        )
    )


def _as_written(change: Change) -> Record:
    """A record as a line says it: what follows from its steps is worked out by whoever reads."""
    if isinstance(change.new, Item):
        return written(change.new, cast("Item | None", change.old))
    return change.new


def _stored(record: Record) -> dict[str, Any]:
    values: dict[str, Any] = msgspec.to_builtins(record)
    values.pop("id", None)
    values.pop("revision", None)
    return values


def _body(record: Record) -> bytes:
    """The JSON of a record without id and revision, which every encoded record begins with."""
    whole = _encoder.encode(record)
    behind = whole.find(b",")
    if record.revision and behind >= 0:
        behind = whole.find(b",", behind + 1)
    return b"{" + whole[behind + 1 :] if behind >= 0 else b"{}"


def _delta(change: Change) -> Delta:
    if change.old is None:
        return Delta(change.table, str(change.id), Raw(_body(_as_written(change))), NULL)
    new = _stored(_as_written(change))
    old = _stored(change.old)
    put = {k: v for k, v in new.items() if k not in old or old[k] != v}
    was = {k: v for k, v in old.items() if k not in new or new[k] != v}
    return Delta(change.table, str(change.id), Raw(_encoder.encode(put)), Raw(_encoder.encode(was)))


def decode_line(payload: bytes | memoryview) -> Line:
    """A transaction read back. Raises `msgspec.MsgspecError`."""
    return decoder(Line).decode(payload)


def says_more(error: msgspec.MsgspecError) -> bool:
    """Whether a line could not be read because it says more than is known: a newer program's."""
    return "unknown field" in str(error)


def reads_back(payload: bytes, changes: Changes) -> bool:
    """Whether a line says what was decided: nothing is written that could not be read."""
    try:
        line = decode_line(payload)
        return all(
            decode_delta(delta, change.old, line.s) == _as_written(change)
            for delta, change in zip(line.d, changes, strict=True)
        )
    except (msgspec.MsgspecError, ValueError):
        return False


def decode_delta(delta: Delta, old: Record | None, seq: int) -> Record:
    """The record a delta leaves, given the one before it. Raises `msgspec.MsgspecError`."""
    key = int(delta.id)
    if delta.was == NULL or old is None:
        return replace(decoder(TABLES[delta.t]).decode(delta.put), id=key, revision=seq)
    known = _fields(delta.t)
    values: dict[str, Any] = {"revision": seq}
    put = msgspec.json.decode(delta.put)
    for name, value in put.items():
        values[name] = msgspec.convert(value, known[name].type)
    for name in msgspec.json.decode(delta.was):
        if name not in put:
            field = known[name]
            factory = field.default_factory
            values[name] = field.default if factory is msgspec.NODEFAULT else factory()
    return replace(old, **values)


class Trail:
    """What follows for items from the steps of one line."""

    def __init__(self, line: Line, zone: tzinfo) -> None:
        """`zone` is the office's."""
        self._line = line
        self._zone = zone

    def behind(self, old: Record | None, new: Record) -> Record:
        """A record the line leaves, with what follows."""
        if not isinstance(new, Item):
            return new
        return followed(
            cast("Item | None", old),
            new,
            saved_on=self._saved_on,
            happened_on=lambda: day_of(self._told.get(new.id, ()), self._saved_on()),
            undoing=self._line.undoes is not None,
        )

    def _saved_on(self) -> date:
        return datetime.fromisoformat(self._line.t).astimezone(self._zone).date()

    @cached_property
    def _told(self) -> dict[int, list[Event]]:
        """The lines of history in it, by item: an import brings thousands of both."""
        line = self._line
        return events_by_item(decode_delta(d, None, line.s) for d in line.d if d.t == "events")
