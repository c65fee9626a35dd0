"""`snapshot.json`: a head start in TinyDB's own layout; may be deleted at any time.

Line 1 is `_meta`, padded to a fixed length; then the tables, a record a line. `_meta` says where
each part begins and what it hashes to, so that opening decodes what is open and nothing else
(docs/format.md 3).
"""

import os
from collections.abc import Iterable, Iterator
from copy import copy
from hashlib import sha256
from pathlib import Path
from typing import IO

import msgspec

from core.model import Event, Record
from core.registers import TABLES
from core.town.shelf import S, Unread
from store.disk.custody import OpenFile
from store.disk.decoding import decoder
from store.errors import Damaged, NoStore
from store.history.journals.reader import JournalReader
from store.history.journals.seal import META_LENGTH, Meta, SealedPart, head_length, meta_of

NAME = "snapshot.json"
PIECE = 4 * 1024 * 1024
"""Bytes of a history read at a time."""
BATCH = 500
"""Records encoded between two chances for other threads to run."""
OPEN, CLOSED, ALL = "open", "closed", "all"


class _Unread:
    """A table of a snapshot that is left there."""

    def __init__(self, snapshot: "Snapshot", table: str) -> None:
        self._snapshot, self._table = snapshot, table

    def records(self) -> list[Record]:
        return self._snapshot.records(self._table, ALL)

    def brief(self, kind: type[S]) -> list[S]:
        return self._snapshot.read(self._table, ALL, kind)


class Snapshot:
    """An open snapshot; parts are read and verified when asked for."""

    def __init__(self, path: Path) -> None:
        """Raises `FileNotFoundError`, or `Damaged` where line 1 is not whole."""
        self.path = path
        self._file: OpenFile | None = OpenFile(path)
        self._verified: set[tuple[str, str]] = set()
        try:
            self.meta = self._read_meta()
        except BaseException:
            self.close()
            raise

    def _read_meta(self) -> Meta:
        data = os.pread(self._descriptor, META_LENGTH, 0)
        self.head = head_length(data)
        """Bytes of line 1."""
        return meta_of(data[: self.head], self.path)

    def close(self) -> None:
        """Let go of the file."""
        self._file = None

    @property
    def file(self) -> OpenFile:
        """The file as it was opened; whoever holds it may read on when this is closed."""
        if self._file is None:
            raise ValueError("closed")
        return self._file

    @property
    def _descriptor(self) -> int:
        return self.file.descriptor

    def opened(self) -> IO[bytes]:
        """The file as it was opened, from its first byte."""
        file = os.fdopen(os.dup(self._descriptor), "rb")
        file.seek(0)
        return file

    def parts(self, table: str) -> Iterator[SealedPart]:
        """The parts of a table."""
        return (part for part in self.meta.parts if part.table == table)

    def raw(self, part: SealedPart) -> bytes:
        """The bytes of a part, verified. Raises `Damaged`."""
        return bytes(memoryview(self._braced(part))[1:-1])

    def _braced(self, part: SealedPart) -> bytearray:
        """A part as an object of JSON, verified, read where it is to stand. Raises `Damaged`."""
        whole = bytearray(part.length + 2)
        whole[0], whole[-1] = b"{}"
        with memoryview(whole) as view, view[1:-1] as inner:
            done = 0
            while done < part.length:
                more = os.preadv(self._descriptor, [inner[done:]], part.at + done)
                if not more:
                    break
                done += more
            if sha256(inner).hexdigest() != part.sum:
                raise Damaged("bad_snapshot", path=str(self.path), table=part.table)
        return whole

    def records(self, table: str, part: str) -> list[Record]:
        """The records of one part of a table."""
        return self.read(table, part, TABLES[table])

    def read(self, table: str, part: str, kind: type[S]) -> list[S]:
        """The records of one part as one kind, which may have less fields than was written. Raises `Damaged`."""
        found: list[S] = []
        for piece in self.parts(table):
            if piece.part == part and piece.length:
                found.extend(self._decoded(table, self._braced(piece), kind))
        return found

    def _decoded(self, table: str, whole: bytes | bytearray, kind: type[S]) -> Iterable[S]:
        """Records as they are written, each by its identity. Raises `Damaged`."""
        by_key: type[dict[str, S]] = dict[str, kind]  # type: ignore[valid-type]
        try:
            return decoder(by_key).decode(whole).values()
        except msgspec.MsgspecError as error:
            raise Damaged("bad_snapshot", path=str(self.path), table=table) from error

    def later(self, table: str, *, proved: bool = True) -> Unread:
        """What reads a table at any time, also when this is closed; it is proved whenever it is read, and where that is
        to be sure, now. Raises `Damaged`."""
        for piece in self.parts(table):
            if proved and piece.length:
                self._prove(piece)
        return _Unread(copy(self), table)

    def length(self, table: str, part: str) -> int:
        """Bytes of one part of a table."""
        return sum(piece.length for piece in self.parts(table) if piece.part == part)

    def batches(self, table: str, part: str) -> Iterator[list[Record]]:
        """The records of one part, some at a time; all of it is proved first. Raises `Damaged`."""
        for piece in self.parts(table):
            if piece.part != part:
                continue
            lines = self.raw(piece).split(b",\n")
            for at in range(0, len(lines), BATCH):
                data = b"{%b}" % b",".join(lines[at : at + BATCH])
                yield list(self._decoded(table, data, TABLES[table]))

    def tables(self) -> dict[str, dict[int, Record]]:
        """Every record, by table and id. Raises `Damaged`."""
        found: dict[str, dict[int, Record]] = {}
        for name in TABLES:
            if name == "events":
                found[name] = {event.id: event for event in self.events()}
                continue
            parts = (OPEN, CLOSED) if name == "items" else (ALL,)
            found[name] = {r.id: r for part in parts for r in self.records(name, part)}
        return found

    def reader(self, directory: Path) -> JournalReader:
        """Reads on in the journals behind what the snapshot holds."""
        meta = self.meta
        return JournalReader(
            directory,
            meta.gen,
            before=meta.hash,
            seq=meta.seq,
            offset=meta.offset,
            store=meta.store,
        )

    def events(self, record: int | None = None) -> Iterator[Event]:
        """Lines of history, oldest first; of one record's id, or all."""
        for part in self.parts("events"):
            if part.length:
                yield from self._events(part, record)

    def _events(self, part: SealedPart, record: int | None) -> Iterator[Event]:
        """Lines of one part, read a piece at a time and proved by the whole."""
        if ("events", part.part) not in self._verified:
            self._prove(part)
            self._verified.add(("events", part.part))
        needle = b"" if record is None else b'"record":%d,' % record
        for piece in self._pieces(part):
            at = 0
            while at < len(piece):
                hit = piece.find(needle, at) if needle else at
                if hit < 0:
                    break
                begin = piece.rfind(b"\n", 0, hit) + 1
                stop = piece.find(b"\n", hit)
                stop = len(piece) if stop < 0 else stop
                line = piece[begin:stop].rstrip(b",")
                yield decoder(Event).decode(line[line.index(b":") + 1 :])
                at = stop + 1

    def _prove(self, part: SealedPart) -> None:
        """Check the bytes of a part without holding them. Raises `Damaged`."""
        whole = sha256()
        for piece in self._pieces(part):
            whole.update(piece)
        if whole.hexdigest() != part.sum:
            raise Damaged("bad_snapshot", path=str(self.path), table=part.table)

    def _pieces(self, part: SealedPart) -> Iterator[bytes]:
        """The bytes of a part, cut behind line ends."""
        at, end, rest = part.at, part.at + part.length, b""
        while at < end:
            data = os.pread(self._descriptor, min(PIECE, end - at), at)
            if not data:
                break
            at += len(data)
            data = rest + data
            cut = len(data) if at >= end else data.rfind(b"\n") + 1
            rest = data[cut:]
            if cut:
                yield data[:cut]
        if rest:
            yield rest


def verify(snapshot: Snapshot) -> None:
    """Check every byte after line 1. Raises `Damaged`."""
    whole = sha256()
    with snapshot.opened() as file:
        file.seek(snapshot.head)
        while chunk := file.read(1 << 20):
            whole.update(chunk)
    if whole.hexdigest() != snapshot.meta.sum:
        raise Damaged("bad_snapshot", path=str(snapshot.path))


def sound(path: Path) -> Snapshot | None:
    """The snapshot in a file, every byte of it checked; None where it is not fit."""
    try:
        found = Snapshot(path)
    except (Damaged, NoStore, OSError):
        return None
    try:
        verify(found)
    except Damaged:
        found.close()
        return None
    return found
