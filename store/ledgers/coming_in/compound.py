"""The compound file an .xls is: its chains of sectors are followed before calamine does.

calamine follows a chain to its end, and one that bites its tail has none; and it lays out every cell up to the
farthest one. Both are refused here. Layout: [MS-CFB] 2, cells: [MS-XLS] 2.4.
"""

from array import array
from collections.abc import Iterator

from store.errors import FileRefused
from store.ledgers.coming_in.innards import MOST_COLUMNS, MOST_ROWS, SPARE

_HEADER = 512
_IN_HEADER = 109
"""Entries of the table of FAT sectors that stand in the header."""
_LAST = 0xFFFFFFFA
"""Sector numbers from here on are marks: end of chain, free, FAT."""
_ENTRY = 128
_STREAM, _ROOT = 2, 5
_SMALL = 4096
"""Streams below this size lie in the small sectors."""
_CELLS = frozenset({0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x0207, 0x027E})
"""Records of cells that hold something; row and column come first."""


def check_compound(data: bytes, name: str) -> None:
    """Raise `FileRefused` where following the file would never end, or end far away."""
    try:
        _Compound(data).check(name)
    except (IndexError, ValueError, OverflowError) as error:
        raise FileRefused("cut_short", file=name) from error


class _Compound:
    def __init__(self, data: bytes) -> None:
        shift = int.from_bytes(data[30:32], "little")
        if shift not in (9, 12):
            raise ValueError("sector size")
        self._data = data
        self._size = 1 << shift
        self._count = max(0, len(data) - _HEADER) // self._size + 1
        self._fat = self._table(self._fat_sectors())
        self._small = self._table(self._chain(self._fat, self._number(60)))

    def _number(self, at: int) -> int:
        return int.from_bytes(self._data[at : at + 4], "little")

    def _sector(self, number: int) -> bytes:
        begin = (number + 1) * self._size
        if number >= self._count or begin >= len(self._data):
            raise IndexError(number)
        return self._data[begin : begin + self._size]

    def _table(self, sectors: Iterator[int]) -> "array[int]":
        numbers = array("I")
        for sector in sectors:
            whole = self._sector(sector)
            numbers.frombytes(whole[: len(whole) // 4 * 4])
        return numbers

    def _fat_sectors(self) -> Iterator[int]:
        """Where the FAT is: the first in the header, the others in a chain of their own."""
        left = self._number(44)
        if left > self._count:
            raise ValueError("more FAT than file")
        here = array("I")
        here.frombytes(self._data[76 : 76 + 4 * _IN_HEADER])
        following = self._number(68)
        seen: set[int] = set()
        while True:
            for number in here:
                if left and number < _LAST:
                    left -= 1
                    yield number
            if following >= _LAST or not left:
                return
            if following in seen:
                raise ValueError("a chain without end")
            seen.add(following)
            here = self._table(iter((following,)))
            following = here.pop()

    def _chain(self, table: "array[int]", first: int) -> Iterator[int]:
        """The numbers of a chain; each stands in it once."""
        seen = bytearray(len(table))
        while first < _LAST:
            if seen[first]:
                raise ValueError("a chain without end")
            seen[first] = 1
            yield first
            first = table[first]

    def check(self, name: str) -> None:
        """Follow every chain; look at every cell."""
        directory = b"".join(map(self._sector, self._chain(self._fat, self._number(48))))
        for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            entry = directory[at : at + _ENTRY]
            kind, size = entry[66], int.from_bytes(entry[120:124], "little")
            first = int.from_bytes(entry[116:120], "little")
            if kind == _ROOT or (kind == _STREAM and size >= _SMALL):
                chain = list(self._chain(self._fat, first))
                title = entry[: max(0, int.from_bytes(entry[64:66], "little") - 2)]
                if title.decode("utf-16-le", "replace") in ("Workbook", "Book"):
                    _check_cells(b"".join(map(self._sector, chain)), name)
            elif kind == _STREAM and size:
                for _number in self._chain(self._small, first):
                    pass


def _check_cells(stream: bytes, name: str) -> None:
    """Refuse a workbook with something in a cell far away."""
    at = 0
    while at + 8 <= len(stream):
        kind = int.from_bytes(stream[at : at + 2], "little")
        length = int.from_bytes(stream[at + 2 : at + 4], "little")
        if kind in _CELLS:
            row = int.from_bytes(stream[at + 4 : at + 6], "little")
            column = int.from_bytes(stream[at + 6 : at + 8], "little")
            if row > MOST_ROWS + SPARE:
                raise FileRefused("too_many_rows", file=name, sheet="", limit=MOST_ROWS)
            if column > MOST_COLUMNS:
                raise FileRefused("too_many_columns", file=name, sheet="", limit=MOST_COLUMNS)
        at += 4 + length
