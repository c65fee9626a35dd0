"""The snapshot where earlier journals were archived: then it is data, and read as far as it goes.

Behind a first journal that is there the snapshot is a head start and nothing depends on it. Where
the first journals are gone it is the only bridge to what they held (docs/format.md 3).
"""

import re
from hashlib import sha256
from pathlib import Path

import msgspec

from core.model import TABLES, Record
from store import journal, snapshot
from store.custody import read_kept
from store.errors import Damaged
from store.snapshot import META_LENGTH, Meta

_RECORD = re.compile(rb'"(\d+)":\{"id":\1[,}]')
_decoders = {name: msgspec.json.Decoder(kind) for name, kind in TABLES.items()}


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
        self.lost: dict[str, int] = {}
        """How many records of a table cannot be read."""
        self.damaged: list[str] = []
        """Tables that are not as they were written."""
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
        pieces = [self._data[p.at : p.at + p.length] for p in parts]
        whole = bool(parts) and all(
            sha256(piece).hexdigest() == part.sum for part, piece in zip(parts, pieces, strict=True)
        )
        if not whole:
            self.damaged.append(name)
        if not pieces:
            pieces = [self._between(name)]
        found: dict[int, Record] = {}
        for piece in pieces:
            self._read(name, piece, found)
        return found

    def _between(self, name: str) -> bytes:
        """Where a table stands, found by its name; only where the first line is lost."""
        names = list(TABLES)
        begin = self._data.find(b'"%s":{\n' % name.encode(), META_LENGTH // 2)
        if begin < 0:
            return b""
        ends = (
            self._data.find(b'"%s":{\n' % after.encode(), begin)
            for after in names[names.index(name) + 1 :]
        )
        end = min((at for at in ends if at > 0), default=len(self._data))
        return self._data[begin:end]

    def _read(self, name: str, piece: bytes, found: dict[int, Record]) -> None:
        starts = [match.start() for match in _RECORD.finditer(piece)]
        lines = [
            line
            for begin, end in zip([0, *starts], [*starts, len(piece)], strict=True)
            for line in piece[begin:end].split(b"\n")
        ]
        for line in lines:
            text = line[line.find(b"{") :].rstrip(b",")
            if len(text) < len(b'{"id":1}') or b'"id":' not in text:
                continue
            record = self._decoded(name, text)
            if record is None or record.id in found:
                self.lost[name] = self.lost.get(name, 0) + 1
            else:
                found[record.id] = record

    @staticmethod
    def _decoded(name: str, text: bytes) -> Record | None:
        text = text[: text.rfind(b"}") + 1]
        for tried in (text, text[:-1], text[:-2]):  # behind the last record tables end as well
            try:
                record: Record = _decoders[name].decode(tried)
                return record
            except (msgspec.MsgspecError, ValueError):
                continue
        return None

    def close(self) -> None:
        """Nothing is held open."""


def _meta_in(data: bytes) -> Meta | None:
    """The first line, set right where one flipped bit explains what is there."""
    line = data[:META_LENGTH]
    for at in range(-1, len(line.rstrip())):
        for bit in range(8 if at >= 0 else 1):
            tried = line if at < 0 else line[:at] + bytes((line[at] ^ 1 << bit,)) + line[at + 1 :]
            try:
                return snapshot.meta_of(tried, Path(snapshot.NAME))
            except Damaged as error:
                if error.code == "newer_format":
                    raise
    return None
