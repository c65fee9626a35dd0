"""The journals: the data and the audit trail in one, a line a transaction (docs/format.md 2).

A line is `HASH SP JSON LF`; HASH chains it to the line before, so that one field proves it
whole, unaltered, in its place, and that none is missing.
"""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import fields as struct_fields
from msgspec.structs import replace

from core.changes import Change, Changes
from core.model import TABLES, Record
from store.custody import open_kept
from store.errors import Damaged
from store.migrations import check_format

HASH_LENGTH = 16
LONGEST_LINE = 256 * 1024 * 1024
NULL = Raw(b"null")
CHUNK = 4 * 1024 * 1024


class Header(Struct, frozen=True, kw_only=True):
    """First line of a journal."""

    format: int
    store: str
    gen: int
    seq: int
    """The transaction it starts after."""
    t: str


class Delta(Struct, frozen=True, gc=False):
    """One record of a transaction: fields set, and the old values of what changed."""

    t: str
    id: str
    put: Raw
    was: Raw


class Line(Struct, frozen=True, kw_only=True, omit_defaults=True):
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


def changes_of(head: Line | Head, found: tuple[Change, ...] = ()) -> Changes:
    """A transaction with these records."""
    return Changes(
        changes=found,
        seq=head.s,
        at=head.t,
        who=head.who,
        via=head.via,
        op=head.op,
        why=head.why,
        source=head.src,
        undoes=head.undoes,
    )


_encoder = msgspec.json.Encoder()
_line_decoder = msgspec.json.Decoder(Line)
_header_decoder = msgspec.json.Decoder(Header)
_decoders = {name: msgspec.json.Decoder(kind) for name, kind in TABLES.items()}
_fields = {name: {f.name: f for f in struct_fields(kind)} for name, kind in TABLES.items()}


def chain(before: str, payload: bytes | memoryview) -> str:
    """The hash of a line that follows the line hashed `before`."""
    found = sha256(before.encode() + b"\n")
    found.update(payload)
    return found.hexdigest()[:HASH_LENGTH]


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
    return hash16.encode() + b" " + payload + b"\n", hash16


def encode_header(header: Header) -> bytes:
    """The JSON of a first line."""
    return _encoder.encode(header)


def decode_header(payload: bytes | memoryview, path: Path) -> Header:
    """A first line read back. Raises `Damaged`."""
    try:
        header = _header_decoder.decode(payload)
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
        )
    )


def _stored(record: Record) -> dict[str, Any]:
    values: dict[str, Any] = msgspec.to_builtins(record)
    values.pop("id", None)
    values.pop("revision", None)
    return values


def _body(record: Record) -> bytes:
    """The JSON of a record without id and revision, which every encoded record begins with."""
    whole = _encoder.encode(record)
    head = b'{"id":%d' % record.id
    if record.revision:
        head += b',"revision":%d' % record.revision
    return b"{" + whole[len(head) :].removeprefix(b",")


def _delta(change: Change) -> Delta:
    if change.old is None:
        return Delta(change.table, str(change.id), Raw(_body(change.new)), NULL)
    new = _stored(change.new)
    old = _stored(change.old)
    put = {k: v for k, v in new.items() if k not in old or old[k] != v}
    was = {k: v for k, v in old.items() if k not in new or new[k] != v}
    return Delta(change.table, str(change.id), Raw(_encoder.encode(put)), Raw(_encoder.encode(was)))


def decode_line(payload: bytes | memoryview) -> Line:
    """A transaction read back. Raises `msgspec.MsgspecError`."""
    return _line_decoder.decode(payload)


def reads_back(payload: bytes, changes: Changes) -> bool:
    """Whether a line says what was decided: nothing is written that could not be read."""
    try:
        line = decode_line(payload)
        return all(
            decode_delta(delta, change.old, line.s) == change.new
            for delta, change in zip(line.d, changes, strict=True)
        )
    except (msgspec.MsgspecError, ValueError):
        return False


def touches(delta: Delta, field: str) -> bool:
    """Whether a delta sets a field, or makes the record."""
    if delta.was == NULL:
        return True
    return field in msgspec.json.decode(delta.put) or field in msgspec.json.decode(delta.was)


def decode_delta(delta: Delta, old: Record | None, seq: int) -> Record:
    """The record a delta leaves, given the one before it. Raises `msgspec.MsgspecError`."""
    key = int(delta.id)
    if delta.was == NULL or old is None:
        return replace(_decoders[delta.t].decode(delta.put), id=key, revision=seq)
    known = _fields[delta.t]
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


def _ends(data: bytes) -> Iterator[int]:
    """Where lines end."""
    end = data.find(b"\n")
    while end >= 0:
        yield end
        end = data.find(b"\n", end + 1)


class Reader:
    """Reads journals from a known place on; keeps offset, hash and number."""

    def __init__(
        self,
        directory: Path,
        gen: int,
        *,
        before: str = "",
        seq: int = 0,
        offset: int = 0,
        store: str = "",
    ) -> None:
        """Start at `offset` of journal `gen`, behind transaction `seq` and the line hashed `before`."""
        self.directory = directory
        self.gen = gen
        self.seq = seq
        self.hash = before
        self.line_hash = ""
        """Of the last transaction read here; empty where there was none. A header has a hash too."""
        self.offset = offset
        self.store = store
        self._descriptor: int | None = None

    def close(self) -> None:
        """Let go of the open journal."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    @property
    def path(self) -> Path:
        """The journal being read."""
        return path_of(self.directory, self.gen)

    def descriptor(self) -> int:
        """The open journal. Raises `Damaged` where it is gone."""
        if self._descriptor is None:
            try:
                self._descriptor = open_kept(self.path, os.O_RDONLY)
            except FileNotFoundError as error:
                raise Damaged("journal_missing", path=str(self.path)) from error
        return self._descriptor

    @property
    def replaced(self) -> bool:
        """Whether the open journal was cut shorter than what was read, or another is in its place."""
        found = os.fstat(self.descriptor())
        try:
            named = self.path.stat()
        except FileNotFoundError:
            return True
        return found.st_size < self.offset or not os.path.samestat(found, named)

    def fresh(self) -> bool:
        """Whether there is anything to read; costs two system calls."""
        return (
            os.fstat(self.descriptor()).st_size > self.offset
            or path_of(self.directory, self.gen + 1).exists()
        )

    def behind(self) -> int:
        """Bytes that are there and not read yet, in this journal and later ones."""
        found = os.fstat(self.descriptor()).st_size - self.offset
        gen = self.gen + 1
        while (path := path_of(self.directory, gen)).exists():
            found += path.stat().st_size
            gen += 1
        return found

    def lines(self) -> Iterator[tuple[Line, memoryview]]:
        """Every whole, fitting line from here on, through later journals.

        A line at the very end that is incomplete or does not fit is left for recovery; one
        with more behind it raises `Damaged`.
        """
        while True:
            follows = path_of(self.directory, self.gen + 1).exists()
            yield from self._journal()
            if not self.offset:
                raise Damaged("bad_header", path=str(self.path))
            if not follows:
                return
            if os.fstat(self.descriptor()).st_size > self.offset:
                raise Damaged("bad_line", path=str(self.path), offset=self.offset)
            self.close()
            self.gen += 1
            self.offset = 0

    def _journal(self) -> Iterator[tuple[Line, memoryview]]:
        descriptor = self.descriptor()
        length = CHUNK
        while data := os.pread(descriptor, length, self.offset):
            view = memoryview(data)
            begin = 0
            for end in _ends(data):
                raw = view[begin:end]
                taken = self._accept(raw, last=not self._more(descriptor, len(raw) + 1))
                if taken is False:
                    return
                if isinstance(taken, tuple):
                    yield taken
                begin = end + 1
            if begin:
                length = CHUNK
            elif len(data) < length:
                return
            else:  # a long line: all that is there at once
                length = max(os.fstat(descriptor).st_size - self.offset, length) + 1

    def _more(self, descriptor: int, length: int) -> bool:
        return os.fstat(descriptor).st_size > self.offset + length

    def _accept(self, raw: memoryview, *, last: bool) -> "tuple[Line, memoryview] | bool":
        """Take a line in: a transaction, True for a header, False for a torn last one."""
        payload = raw[HASH_LENGTH + 1 :]
        hash16 = chain(self.hash, payload)
        fits = raw[: HASH_LENGTH + 1] == hash16.encode() + b" "
        if fits and self.offset == 0:
            header = decode_header(payload, self.path)
            if (
                header.gen != self.gen
                or header.seq != self.seq
                or (self.store and header.store != self.store)
            ):
                raise Damaged("bad_header", path=str(self.path))
            self.store = header.store
            self.advance(len(raw) + 1, hash16)
            return True
        if fits:
            try:
                line = decode_line(payload)
            except msgspec.MsgspecError as error:
                raise Damaged("bad_line", path=str(self.path), offset=self.offset) from error
            if line.s != self.seq + 1:
                raise Damaged("gap", path=str(self.path), offset=self.offset)
            self.advance(len(raw) + 1, hash16, line.s)
            return line, payload
        if last and self.offset:
            return False
        raise Damaged("bad_line", path=str(self.path), offset=self.offset)

    def advance(self, length: int, hash16: str, seq: int | None = None) -> None:
        """Go past a line that is known to fit: a header, or transaction `seq`."""
        self.offset += length
        self.hash = hash16
        if seq is not None:
            self.seq, self.line_hash = seq, hash16
