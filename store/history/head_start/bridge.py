"""The snapshot where earlier journals were archived: then it is data, and read as far as it goes.

Behind a first journal that is there the snapshot is a head start and nothing depends on it. Where
the first journals are gone it is the only bridge to what they held (docs/format.md 3).
"""

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import msgspec

from core.model import Record
from core.registers import TABLES
from store.disk.custody import read_kept
from store.disk.decoding import decoder
from store.errors import Damaged
from store.history.head_start import snapshot
from store.history.head_start.bits import set_right
from store.history.journals import journal
from store.history.journals.seal import META_LENGTH, SHORT_META, Meta, head_length, meta_of

_RECORD = re.compile(rb'"(\d+)":\{"id":\1[,}]')
_NAMED = re.compile(rb'"(?:number|report_no|code|name|login)":"([^"\\]{1,60})"')


def is_bridge(directory: Path) -> bool:
    """Whether the snapshot stands for journals that are not there."""
    generations = journal.generations(directory)
    return bool(generations) and generations[0] > 1 and (directory / snapshot.NAME).exists()


class Bridge:
    """A damaged snapshot: parts that are whole as they are, others record by record."""

    def __init__(self, directory: Path) -> None:
        self._data = read_kept(directory / snapshot.NAME)
        self.meta = _meta_in(self._data)
        """None where the first line cannot be read."""
        self.lost: list[str] = []
        """Records that cannot be read: by number or name where that reads, else by table."""
        self.damaged: list[str] = []
        """Tables that are not as they were written, and cannot be set right."""
        self.mended: list[str] = []
        """Tables in which one flipped bit was set right."""
        self._tables = {name: self._table(name) for name in TABLES}

    @property
    def seq(self) -> int:
        """The transaction it is the state after, as far as can be told."""
        if self.meta is not None:
            return self.meta.seq
        return max((r.revision for rows in self._tables.values() for r in rows.values()), default=0)

    @property
    def store(self) -> str:
        """Which store it is of, or nothing."""
        return self.meta.store if self.meta else ""

    def tables(self) -> dict[str, dict[int, Record]]:
        """Every record that can be read, by table and id."""
        return self._tables

    def _table(self, name: str) -> dict[int, Record]:
        parts = [p for p in self.meta.parts if p.table == name] if self.meta else []
        as_read = [self._data[p.at : p.at + p.length] for p in parts]
        right = [self._piece(name, d, p.sum) for d, p in zip(as_read, parts, strict=True)]
        if not parts or None in right:
            self.damaged.append(name)
        elif right != as_read:
            self.mended.append(name)
        pieces = [d if r is None else r for d, r in zip(as_read, right, strict=True)]
        pieces = pieces or [self._between(name)]
        found: dict[int, Record] = {}
        for piece in pieces:
            self._read(name, piece, found)
        return found

    def _piece(self, name: str, data: bytes, digest: str) -> bytes | None:
        """A part as it was written, one flipped bit set right; None where that cannot be had.

        The bit is looked for in what cannot be read, or everywhere where the part is small.
        """
        if sha256(data).hexdigest() == digest:
            return data
        unread = [
            at
            for begin, text in _lines(data)
            if text and self._decoded(name, text) is None
            for at in range(begin, begin + len(text))
        ]
        return (set_right(b"", data, digest, unread) if unread else None) or set_right(
            b"", data, digest
        )

    def _between(self, name: str) -> bytes:
        """Where a table stands, found by its name; only where the first line is lost."""
        begin = self._data.find(b'"%s":{\n' % name.encode(), SHORT_META // 2)
        if begin < 0:
            return b""
        ends = (
            self._data.find(b'"%s":{\n' % after.encode(), begin)
            for after in TABLES
            if after != name
        )
        end = min((at for at in ends if at > 0), default=len(self._data))
        return self._data[begin:end]

    def _read(self, name: str, piece: bytes, found: dict[int, Record]) -> None:
        for _begin, text in _lines(piece):
            if len(text) < len(b'{"id":1}') or b'"id":' not in text:
                continue
            record = self._decoded(name, text)
            if record is None or record.id in found:
                self.lost.append(_called(name, text))
            else:
                found[record.id] = record

    @staticmethod
    def _decoded(name: str, text: bytes) -> Record | None:
        text = text[: text.rfind(b"}") + 1]
        for tried in (text, text[:-1], text[:-2]):  # behind the last record tables end as well
            try:
                record: Record = decoder(TABLES[name]).decode(tried)
                return record
            except (msgspec.MsgspecError, ValueError):
                continue
        return None

    def close(self) -> None:
        """Nothing is held open."""


def _lines(piece: bytes) -> Iterator[tuple[int, bytes]]:
    """Where each record of a part begins, and its text."""
    starts = [match.start() for match in _RECORD.finditer(piece)]
    for begin, end in zip([0, *starts], [*starts, len(piece)], strict=True):
        at = begin
        for line in piece[begin:end].split(b"\n"):
            opened = line.find(b"{")
            if opened >= 0:
                yield at + opened, line[opened:].rstrip(b",")
            at += len(line) + 1


def _called(table: str, text: bytes) -> str:
    """What a record that cannot be read is called, as far as it can be made out."""
    found = _NAMED.search(text)
    return found[1].decode("utf-8", "replace") if found else table


def _meta_in(data: bytes) -> Meta | None:
    """The first line, set right where one flipped bit explains what is there."""
    told = head_length(data)
    other = META_LENGTH if told == SHORT_META else SHORT_META
    return _meta_of(data[:told]) or _meta_of(data[:other])


def _meta_of(line: bytes) -> Meta | None:
    for at in range(-1, len(line.rstrip())):
        for bit in range(8 if at >= 0 else 1):
            tried = line if at < 0 else line[:at] + bytes((line[at] ^ 1 << bit,)) + line[at + 1 :]
            try:
                return meta_of(tried, Path(snapshot.NAME))
            except Damaged as error:
                if error.code == "newer_format":
                    raise
    return None
