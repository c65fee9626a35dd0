"""The snapshot written: its parts, its sums, and the file in its place."""

import os
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from zlib import crc32

import msgspec
from msgspec.structs import replace

from core.model import OPEN_STATES, Event, Item, Record
from core.registers import TABLES
from core.town.town import Town
from store.disk.custody import open_kept
from store.disk.files import sync_directory, write_all
from store.history.head_start import shelf
from store.history.head_start.shelf import Placed
from store.history.head_start.snapshot import ALL, BATCH, CLOSED, NAME, OPEN, Snapshot
from store.history.journals.format import FORMAT
from store.history.journals.seal import META_LENGTH, Meta, SealedPart, sealed

_encoder = msgspec.json.Encoder()


class _Writer:
    """Writes parts one behind the other, hashing as it goes."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._whole = sha256()
        self.at = META_LENGTH
        self.parts: list[SealedPart] = []

    def write(self, data: bytes) -> None:
        write_all(self._descriptor, data)
        self._whole.update(data)
        self.at += len(data)

    def part(self, table: str, name: str, chunks: Iterable[bytes]) -> None:
        """A part of its own; chunks hold whole records, each but the first behind a comma."""
        begin, summed = self.at, sha256()
        for chunk in chunks:
            self.write(chunk)
            summed.update(chunk)
        self.parts.append(SealedPart(table, name, begin, self.at - begin, summed.hexdigest()))

    @property
    def sum(self) -> str:
        return self._whole.hexdigest()


def _encoded(records: Iterable[Record]) -> Iterator[bytes]:
    batch: list[bytes] = []
    first = True
    for record in records:
        batch.append(b'"%d":' % record.id + _encoder.encode(record))
        if len(batch) == BATCH:
            yield (b"" if first else b",\n") + b",\n".join(batch)
            batch, first = [], False
    if batch:
        yield (b"" if first else b",\n") + b",\n".join(batch)


def _joined(old: Iterable[bytes], new: Iterable[bytes]) -> Iterator[bytes]:
    """Chunks of one part behind those of another."""
    some = False
    for chunk in old:
        if chunk:
            yield chunk
            some = True
    for chunk in new:
        if some:
            yield b",\n"
            some = False
        yield chunk


def _placed(writer: _Writer, items: Sequence[Item]) -> Iterator[Placed]:
    """Write items as the part they are, and say where each came to stand."""
    begin = writer.at
    chunks: list[bytes] = []
    placed: list[Placed] = []
    at = begin
    for number, item in enumerate(items):
        key, body = b'%s"%d":' % (b",\n" if number else b"", item.id), _encoder.encode(item)
        placed.append(Placed(item, at + len(key), len(body), crc32(body)))
        chunks += [key, body]
        at += len(key) + len(body)
    joined = (b"".join(chunks[n : n + 2 * BATCH]) for n in range(0, len(chunks), 2 * BATCH))
    writer.part("items", CLOSED, joined)
    yield from placed


def _tables(writer: _Writer, town: Town, events: Iterator[bytes]) -> list[Placed]:
    placed: list[Placed] = []
    for table in TABLES:
        writer.write(b'"%s":{\n' % table.encode())
        if table == "items":
            opened = [i for i in town.items.values() if i.state in OPEN_STATES]
            closed = [i for i in town.items.values() if i.state not in OPEN_STATES]
            writer.part(table, OPEN, _encoded(opened))
            if opened and closed:
                writer.write(b",\n")
            placed = list(_placed(writer, closed))
        elif table == "events":
            writer.part(table, ALL, events)
        else:
            writer.part(table, ALL, _encoded(town.tables[table].values()))
        writer.write(b"\n},\n" if table != "events" else b"\n}}\n")
    return placed


def write_snapshot(
    directory: Path, town: Town, meta: Meta, before: Snapshot | None, events: Iterable[Event]
) -> None:
    """Put a snapshot of a complete town in place. Raises `OSError`, `Damaged`.

    `events` are those since the snapshot `before`, whose own are copied as they stand.
    """
    old = [before.raw(part) for part in before.parts("events")] if before else []
    path = directory / NAME
    temporary = directory / (NAME + ".tmp")
    temporary.unlink(missing_ok=True)
    descriptor = open_kept(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL)
    try:
        try:
            os.lseek(descriptor, META_LENGTH, os.SEEK_SET)
            writer = _Writer(descriptor)
            placed = _tables(writer, town, _joined(old, _encoded(events)))
            full = sealed(
                replace(
                    meta,
                    format=FORMAT,
                    next=dict(town.next_ids),
                    parts=tuple(writer.parts),
                    sum=writer.sum,
                )
            )
            line = _encoder.encode({"_meta": {"1": full}})[:-1] + b","
            os.pwrite(descriptor, line.ljust(META_LENGTH - 1) + b"\n", 0)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_directory(directory)
    shelf.write(directory, full.check, placed)
