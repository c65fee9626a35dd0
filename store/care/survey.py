"""Reading journals leniently: every line there is, and what each is worth.

Opening stops at the first line that does not fit; a check goes on, and a repair wants whatever can
still be read (docs/format.md 4).
"""

import os
import re
from collections.abc import Iterator
from datetime import tzinfo
from enum import StrEnum
from pathlib import Path
from typing import cast

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from core.changes import Change, Changes
from core.model import Event, Item, Record, Settings
from core.registers import TABLES
from store.disk.custody import read_kept
from store.errors import Damaged
from store.history.head_start.snapshot import Snapshot
from store.history.journals import journal
from store.history.journals.delta import NULL, Delta, decode_delta
from store.history.journals.journal import HASH_LENGTH, Header, Line
from store.history.journals.reader import JournalReader

_START = re.compile(rb'[0-9a-f]{16} \{"(?:s|format)":')
_INNER = re.compile(rb'.[0-9a-f]{16} \{"s":', re.DOTALL)


class Worth(StrEnum):
    """What a line of a journal is worth."""

    WHOLE = "whole"
    UNPROVEN = "unproven"
    """It can be read, and the line it is chained to is missing."""
    UNENDED = "unended"
    """Whole, but for the line end, which is not what was written."""
    ALTERED = "altered"
    """It can be read and is not what was written."""
    LOST = "lost"
    """It cannot be read."""
    TORN = "torn"
    """The very last, not whole: perhaps still being written, perhaps never finished."""
    DOUBLE = "double"
    """A transaction that was read before."""
    MISSING = "missing"
    """A journal that is not there."""


class Found(Struct, frozen=True):
    """A line of a journal."""

    gen: int
    number: int
    """Of the line in its journal, from 1; 0 for a journal that is missing."""
    worth: Worth
    before: str
    """Hash of the line before, as it is written there."""
    raw: bytes
    header: Header | None = None
    line: Line | None = None


def survey(directory: Path) -> Iterator[Found]:
    """Every line of every journal, in order."""
    generations = journal.generations(directory)
    before, seq = "", 0
    proven = True
    for gen in range(generations[0], generations[-1] + 1) if generations else ():
        if gen not in generations:
            yield Found(gen, 0, Worth.MISSING, before, b"")
            proven = False
            continue
        if gen == generations[0] and gen > 1:
            proven = False  # earlier ones were archived, or are missing
        pieces = _pieces(read_kept(journal.path_of(directory, gen)))
        for number, (raw, ended) in enumerate(pieces or [(b"", False)], 1):
            last = gen == generations[-1] and number == len(pieces) and number > 1
            found = _judge(gen, number, raw, before, seq, proven=proven, last=last)
            if not ended and last:
                found = replace(found, worth=Worth.TORN)
            elif not ended and found.worth == Worth.WHOLE:
                found = replace(found, worth=Worth.UNENDED)
            yield found
            before = raw[:HASH_LENGTH].decode("ascii", "replace")
            proven = found.worth != Worth.LOST
            if found.line is not None and found.worth != Worth.DOUBLE:
                seq = found.line.s
            elif found.header is not None and not seq:
                seq = found.header.seq


def _pieces(data: bytes) -> list[tuple[bytes, bool]]:
    """The lines of a journal, and whether each ends as a line does.

    Line ends that rot has made or taken away are seen through.
    """
    *lines, tail = data.split(b"\n")
    pieces: list[tuple[bytes, bool]] = []
    for raw in lines:
        if pieces and not pieces[-1][0].endswith(b"}") and not _START.match(raw):
            raw = pieces.pop()[0] + b"\n" + raw
        pieces += _split(raw)
    return [*pieces, (tail, False)] if tail else pieces


def _split(raw: bytes) -> list[tuple[bytes, bool]]:
    parts, start = [], 0
    for match in _INNER.finditer(raw):
        parts.append((raw[start : match.start()], False))
        start = match.start() + 1
    return [*parts, (raw[start:], True)]


def _judge(
    gen: int, number: int, raw: bytes, before: str, seq: int, *, proven: bool, last: bool
) -> Found:
    payload = raw[HASH_LENGTH + 1 :]
    fits = raw[: HASH_LENGTH + 1] == journal.chain(before, payload).encode() + b" "
    header, line = _decoded(payload, first=number == 1)
    if header is None and line is None:
        if fits:
            _refuse_newer(payload, gen)
        return Found(gen, number, Worth.TORN if last else Worth.LOST, before, raw)
    if fits:
        worth = Worth.WHOLE  # the hash proves its place as well, whatever number it bears
    elif line is not None and line.s <= seq and seq:
        worth = Worth.DOUBLE
    elif not proven or (line is not None and line.s != seq + 1):
        worth = Worth.UNPROVEN
    else:
        worth = Worth.TORN if last else Worth.ALTERED
    return Found(gen, number, worth, before, raw, header, line)


def _refuse_newer(payload: bytes, gen: int) -> None:
    """What was written so and says more than is known is no damage. Raises `Damaged("newer_format")`."""
    try:
        journal.decode_line(payload)
    except msgspec.MsgspecError as error:
        if journal.says_more(error):
            raise Damaged("newer_format", path=journal.path_of(Path(), gen).name) from error


def _decoded(payload: bytes, *, first: bool) -> tuple[Header | None, Line | None]:
    try:
        if first:
            return journal.decode_header(payload, Path()), None
        return None, journal.decode_line(payload)
    except (msgspec.MsgspecError, Damaged, ValueError):
        return None, None


class Replay:
    """Records as line after line leaves them, events and all."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[int, Record]] = {name: {} for name in TABLES}

    def changes(self, line: Line, *, patient: bool = False) -> Changes:
        """A line as changes to what is here. Raises `KeyError`, `msgspec.MsgspecError`.

        With `patient`, a change to a record that is missing makes what is known of it.
        """
        found: list[Change] = []
        trail = journal.Trail(line, self._zone)
        for delta in line.d:
            old = self.tables[delta.t].get(int(delta.id))
            created = delta.was == NULL
            if old is None and not created:
                if not patient:
                    raise KeyError(f"{delta.t} {delta.id}")
                delta = _as_new(delta)
            elif created:
                old = None
            new = decode_delta(delta, old, line.s)
            found.append(Change(delta.t, old, trail.behind(old, new)))
        return journal.changes_of(line, tuple(found))

    @property
    def problems(self) -> int:
        """How many there are, one in parts once."""
        items = self.tables["items"].values()
        return sum(isinstance(item, Item) and item.part_of is None for item in items)

    @property
    def _zone(self) -> tzinfo:
        settings = self.tables["settings"].get(1)
        return (settings if isinstance(settings, Settings) else Settings()).zone

    def apply(self, changes: Changes) -> None:
        """Take a transaction in."""
        for change in changes:
            self.tables[change.table][change.id] = change.new

    @property
    def events(self) -> list[Event]:
        """Every line of history."""
        return [cast(Event, event) for event in self.tables["events"].values()]


def _as_new(delta: Delta) -> Delta:
    """A change to a record whose making is lost, as the making of what it tells."""
    known = {
        f.name: "?" for f in msgspec.structs.fields(TABLES[delta.t]) if f.required and f.type is str
    }
    values = known | msgspec.json.decode(delta.was) | msgspec.json.decode(delta.put)
    return Delta(delta.t, delta.id, msgspec.Raw(msgspec.json.encode(values)), NULL)


def verify(
    directory: Path, taken: Snapshot | None = None, until: int | None = None
) -> tuple[int, str]:
    """Read journals strictly, behind `taken` or from the first, to their end or up to a transaction: the last number and
    its hash. Raises `Damaged`.
    """
    replay = Replay()
    if taken is None:
        reader = JournalReader(directory, 1)
    else:
        for name, rows in taken.tables().items():
            replay.tables[name].update(rows)
        reader = taken.reader(directory)
    try:
        for line, _payload in reader.lines():
            try:
                replay.apply(replay.changes(line))
            except (KeyError, msgspec.MsgspecError, ValueError) as error:
                raise Damaged("bad_line", path=str(reader.path), seq=line.s) from error
            if line.s == until:
                return until, reader.hash
        if os.fstat(reader.descriptor()).st_size > reader.offset:
            raise Damaged("bad_line", path=str(reader.path), offset=reader.offset)
        return reader.seq, reader.hash
    finally:
        reader.close()
