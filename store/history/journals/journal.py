"""The journals: the data and the audit trail in one, a line a transaction (docs/format.md 2).

A line is `HASH SP JSON LF`; HASH chains it to the line before, so that one field proves it
whole, unaltered, in its place, and that none is missing.
"""

from datetime import date, datetime, tzinfo
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import cast

import msgspec
from msgspec import Struct

from core.changes import Change, Changes
from core.model import Counter, Event, Item, Record
from core.town.trail import day_of, events_by_item, followed
from store.disk.decoding import decoder
from store.errors import Damaged
from store.history.journals.delta import Delta, as_written, decode_delta, delta_of, made_of
from store.history.journals.format import check_format

HASH_LENGTH = 16
BEFORE_JSON = HASH_LENGTH + 1
"""Where the JSON of a line begins, which a line feed ends."""
LONGEST_LINE = 256 * 1024 * 1024
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


def framed(before: str, changes: Changes) -> tuple[bytearray, str]:
    """The whole line of a transaction and its hash, made in one place: that of an import has tens of megabytes."""
    line = bytearray(BEFORE_JSON)
    _encoder.encode_into(_line_of(changes), line, BEFORE_JSON)
    with memoryview(line) as whole, whole[BEFORE_JSON:] as payload:
        hash16 = chain(before, payload)
    line[:BEFORE_JSON] = hash16.encode() + b" "
    line += b"\n"
    return line, hash16


def _line_of(changes: Changes) -> Line:
    return Line(
        s=changes.seq,
        t=changes.at,
        who=changes.who,
        via=changes.via,
        op=changes.op,
        d=tuple([made_of(c) if c.old is None else delta_of(c) for c in changes]),
        why=changes.why,
        undoes=changes.undoes,
        src=changes.source,
        key=changes.key,
    )


def decode_line(payload: bytes | memoryview) -> Line:
    """A transaction read back. Raises `msgspec.MsgspecError`."""
    return decoder(Line).decode(payload)


def says_more(error: msgspec.MsgspecError) -> bool:
    """Whether a line could not be read because it says more than is known: a newer program's."""
    return "unknown field" in str(error)


def reads_back(payload: bytes | memoryview, changes: Changes) -> bool:
    """Whether a line says what was decided: nothing is written that could not be read."""
    try:
        line = decode_line(payload)
        return all(
            decode_delta(delta, change.old, line.s) == as_written(change)
            for delta, change in zip(line.d, changes, strict=True)
        )
    except (msgspec.MsgspecError, ValueError):
        return False


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
