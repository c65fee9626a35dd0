"""`closed.index`: where each item that is done with stands in the snapshot, and what it is found by.

Beside the snapshot and of it alone: one of another snapshot, or a damaged one, is left aside and made anew
with the next snapshot. Sorted arrays of fixed width, looked through where they lie, so that opening
costs nothing and memory does not grow with the years (docs/format.md 3).
"""

import mmap
import os
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any, cast

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from core.model import Item, State
from core.town.striking import closing_day
from core.words.numbers import written_out
from store.disk.custody import OpenFile, open_kept
from store.disk.decoding import decoder
from store.disk.files import replace_file
from store.errors import Damaged, NoStore

NAME = "closed.index"
HEAD = 4096
FORMAT = 1
_CLOSED, _CHECKED = 1, 2
_COLUMNS = (
    ("ids", "I"),
    ("at", "Q"),
    ("length", "I"),
    ("sum", "I"),
    ("day", "I"),
    ("zone", "I"),
    ("kind", "I"),
    ("flags", "B"),
)
"""Of each item, in order of identities: where it is, and what it is counted by."""


class IndexHead(Struct, frozen=True):
    """First line of the index."""

    format: int
    snapshot: str
    """`check` of the snapshot it is of."""
    count: int
    sections: dict[str, tuple[int, int]]
    """Offset and length in bytes of each array."""
    sum: str = ""
    """sha256 of this line with `sum` empty, and of everything after it."""


class Placed(Struct, frozen=True, gc=False):
    """An item and where it was written."""

    item: Item
    at: int
    length: int
    sum: int


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


def _kind(name: str) -> Any:
    """The kind of array a section is."""
    return dict(_COLUMNS).get(name) or ("Q" if name == "number" else "I")


def _sum(head: IndexHead, rest: bytes | memoryview) -> str:
    whole = sha256(msgspec.json.encode(replace(head, sum="")))
    whole.update(rest)
    return whole.hexdigest()


def _laid_out(columns: Mapping[str, Any]) -> tuple[dict[str, tuple[int, int]], bytes]:
    """Columns one behind the other, each from a multiple of eight: where each begins and how long it is."""
    sections, parts, at = {}, [], HEAD
    for name, values in columns.items():
        data = values.tobytes()
        data += b"\0" * (-len(data) % 8)
        sections[name] = (at, len(values) * values.itemsize)
        parts.append(data)
        at += len(data)
    return sections, b"".join(parts)


def write(directory: Path, check: str, placed: Iterable[Placed]) -> None:
    """Put the index of a snapshot in place. Raises `OSError`."""
    columns: dict[str, Any] = {name: array(kind) for name, kind in _COLUMNS}
    numbers: list[tuple[int, int]] = []
    """Hashes of numbers, and the row of each."""
    for row, each in enumerate(sorted(placed, key=lambda p: p.item.id)):
        item = each.item
        day = closing_day(item) if item.state == State.CLOSED else None
        values = (
            item.id,
            each.at,
            each.length,
            each.sum,
            day.toordinal() if day else 0,
            item.zone or 0,
            zlib.crc32(item.subcategory.encode()),
            _CLOSED * (item.state == State.CLOSED) | _CHECKED * bool(item.rechecks or item.parts),
        )
        for (name, _kind), value in zip(_COLUMNS, values, strict=True):
            columns[name].append(value)
        numbers += [(_hash(written_out(n)), row) for n in (item.number, item.report_no) if n]
    waiting = sorted(
        (day, key)
        for key, day, flags in zip(columns["ids"], columns["day"], columns["flags"], strict=True)
        if day and flags == _CLOSED
    )
    columns["waiting_day"] = array("I", (day for day, _key in waiting))
    columns["waiting"] = array("I", (key for _day, key in waiting))
    numbers.sort()
    columns["number"] = array("Q", (key for key, _row in numbers))
    columns["number_row"] = array("I", (row for _key, row in numbers))
    sections, whole = _laid_out(columns)
    head = IndexHead(FORMAT, check, len(columns["ids"]), sections)
    first = msgspec.json.encode(replace(head, sum=_sum(head, whole))).ljust(HEAD - 1) + b"\n"
    replace_file(directory / NAME, [first, whole], open_kept)


class ClosedShelf:
    """The index of one snapshot, and the items it leads to."""

    def __init__(self, directory: Path, snapshot: OpenFile) -> None:
        """Raises `Damaged` where the index is not whole, `OSError`, `NoStore`."""
        descriptor = open_kept(directory / NAME, os.O_RDONLY)
        try:
            self._map = mmap.mmap(descriptor, 0, prot=mmap.PROT_READ)
        except ValueError as error:
            raise Damaged("bad_snapshot", path=str(directory / NAME)) from error
        finally:
            os.close(descriptor)
        try:
            self._head = msgspec.json.decode(self._map[:HEAD].rstrip(), type=IndexHead)
        except msgspec.MsgspecError as error:
            raise Damaged("bad_snapshot", path=str(directory / NAME)) from error
        if _sum(self._head, memoryview(self._map)[HEAD:]) != self._head.sum:
            raise Damaged("bad_snapshot", path=str(directory / NAME))
        known = self._head.format == FORMAT
        self.snapshot = self._head.snapshot if known else ""
        """`check` of the snapshot it is of; empty where another version laid it out."""
        self._columns = {
            name: cast("memoryview[int]", memoryview(self._map)[at : at + length].cast(_kind(name)))
            for name, (at, length) in (self._head.sections.items() if known else ())
        }
        self._snapshot = snapshot
        self._by_kind: dict[tuple[int, int], _Days] | None = None

    def __len__(self) -> int:
        return self._head.count

    def _read(self, row: int) -> Item | None:
        columns = self._columns
        data = os.pread(self._snapshot.descriptor, columns["length"][row], columns["at"][row])
        if zlib.crc32(data) != columns["sum"][row]:
            return None  # damaged: whoever reads the whole part says so
        return decoder(Item).decode(data)

    def item(self, key: int) -> Item | None:
        """The item with an identity."""
        row = self._row(key)
        return self._read(row) if row is not None else None

    def _row(self, key: int) -> int | None:
        ids = self._columns["ids"]
        row = bisect_left(ids, key)
        return row if row < len(ids) and ids[row] == key else None

    def numbered(self, number: str) -> Item | None:
        """The item with a number, as the number is written here."""
        keys, key = self._columns["number"], _hash(number)
        for at in range(bisect_left(keys, key), bisect_right(keys, key)):
            item = self._read(self._columns["number_row"][at])
            if item is not None and number in (
                written_out(item.number),
                written_out(item.report_no),
            ):
                return item
        return None

    def closed_since(self, day: date) -> list[int]:
        """Items struck off on a day or later."""
        first, days, flags = day.toordinal(), self._columns["day"], self._columns["flags"]
        ids = self._columns["ids"]
        return [ids[n] for n, at in enumerate(days) if at >= first and flags[n] & _CLOSED]

    def unchecked(self, until: date) -> Sequence[int]:
        """Items struck off up to a day that nobody has looked back at, the earliest first."""
        end = bisect_right(self._columns["waiting_day"], until.toordinal())
        return self._columns["waiting"][:end]

    def is_unchecked(self, key: int, until: date) -> bool:
        """Whether an item is one of `unchecked`."""
        row = self._row(key)
        columns = self._columns
        return (
            row is not None
            and 0 < columns["day"][row] <= until.toordinal()
            and columns["flags"][row] == _CLOSED
        )

    def alike(self, zone: int, subcategory: str, since: date, until: date) -> list[int]:
        """Items of a zone and 小类 struck off between two days, both included."""
        return (
            self._kinds()
            .get((zone, zlib.crc32(subcategory.encode())), _NONE)
            .between(since.toordinal(), until.toordinal())
        )

    def _kinds(self) -> "dict[tuple[int, int], _Days]":
        """Days and identities by zone and 小类; put together with the first question."""
        found = self._by_kind
        if found is None:
            found = {}
            columns = self._columns
            for n in range(len(self)):
                if columns["flags"][n] & _CLOSED and columns["day"][n]:
                    key = (columns["zone"][n], columns["kind"][n])
                    found.setdefault(key, _Days()).add(columns["day"][n], columns["ids"][n])
            self._by_kind = found
        return found


class _Days:
    """Identities by day, as two arrays."""

    def __init__(self) -> None:
        self._days = array("I")
        self._ids = array("I")

    def add(self, day: int, key: int) -> None:
        self._days.append(day)
        self._ids.append(key)

    def between(self, first: int, last: int) -> list[int]:
        return [key for day, key in zip(self._days, self._ids, strict=True) if first <= day <= last]


_NONE = _Days()


def shelf_of(directory: Path, snapshot: OpenFile, check: str) -> ClosedShelf | None:
    """The index of a snapshot, where there is one that is whole and of it."""
    try:
        found = ClosedShelf(directory, snapshot)
    except (OSError, NoStore, Damaged):
        return None
    return found if found.snapshot == check else None
