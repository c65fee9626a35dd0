"""Files as grids of cells: workbooks through calamine."""

import io
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from itertools import islice
from math import isfinite
from pathlib import Path
from typing import Any, overload

from msgspec import Struct
from msgspec.structs import replace

from store.disk.files import Confined, check_confined
from store.errors import FileRefused
from store.ledgers.coming_in.compound import check_compound
from store.ledgers.coming_in.innards import (
    MOST_COLUMNS,
    MOST_PARTS,
    MOST_ROWS,
    NOTHING,
    SPARE,
    Innards,
    Inside,
    check_inside,
    innards,
)
from store.ledgers.formats import LARGEST_FILE
from store.ledgers.zipped import Archive

MOST_FILLED = 2_000_000
"""Cells that merged ranges fill at most; no honest sheet has as many."""

MOST_SHEETS = MOST_PARTS
"""Sheets or tables of one file."""
MOST_CELLS = 6_000_000
"""Cells of one file, empty ones too: a sheet of the most rows and columns has fewer."""


class Looked(Sequence[list[Any]]):
    """The rows of a sheet as calamine has them; the cells of one are looked at when it is first asked for."""

    def __init__(self, raw: list[list[Any]]) -> None:
        self._raw = raw
        self._ready = bytearray(len(raw))

    def __len__(self) -> int:
        return len(self._raw)

    def __iter__(self) -> Iterator[list[Any]]:
        return map(self.__getitem__, range(len(self._raw)))

    @property
    def cells(self) -> int:
        """How many cells they have, empty ones too."""
        return sum(map(len, self._raw))

    @overload
    def __getitem__(self, at: int) -> list[Any]: ...
    @overload
    def __getitem__(self, at: slice) -> list[list[Any]]: ...
    def __getitem__(self, at: int | slice) -> list[Any] | list[list[Any]]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self._raw)))]
        row = self._raw[at]
        if not self._ready[at]:
            self._ready[at] = 1
            row = self._raw[at] = [c if type(c) in _AS_THEY_ARE else _cell(c) for c in row]
        return row


def column(rows: Sequence[list[Any]], at: int, first: int) -> Iterator[Any]:
    """What stands in one column from a row on; of rows not looked at yet, only these cells are."""
    for row in islice(rows._raw if isinstance(rows, Looked) else rows, first, None):
        if at < len(row) and (cell := row[at]) != "" and cell is not None:
            yield _cell(cell)


class Grid(Struct, frozen=True):
    """One sheet: rows of cells, and which cells are merged."""

    sheet: str | None
    rows: Sequence[list[Any]]
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    """First and last cell of each range, from 0."""
    numbers: tuple[int, ...] = ()
    """Row numbers, from 1, where they are not simply counted."""
    above: tuple[str, ...] = ()
    """Lines of text that stand above it."""
    inside: Innards = NOTHING
    """What else is known of its rows and cells."""
    since_1904: bool = False
    """Whether serial numbers count days from 1904."""
    shown: bool = True
    """Whether people see the sheet."""

    def number(self, index: int) -> int:
        """The number people know a row by."""
        return self.numbers[index] if self.numbers else index + 1

    @property
    def cells(self) -> int:
        """How many cells it has, empty ones too."""
        return self.rows.cells if isinstance(self.rows, Looked) else sum(map(len, self.rows))

    def filled(self) -> Sequence[list[Any]]:
        """The rows with every merged range filled from its first cell, and nothing else."""
        if not self.merged:
            return self.rows
        rows = [list(row) for row in self.rows]
        left = MOST_FILLED
        for (top, first), (bottom, last) in self.merged:
            if top >= len(rows) or first >= len(rows[top]):
                continue
            value = rows[top][first]
            for row in range(top, min(bottom, len(rows) - 1) + 1):
                to = min(last, len(rows[row]) - 1) + 1
                left -= to - first
                if left < 0:
                    return rows
                for column in range(first, to):
                    rows[row][column] = value
        return rows


def read_bytes(path: Path) -> bytes:
    """A regular file of bearable size. Raises `FileRefused`."""
    name = path.name
    check_confined(path)
    try:
        if Confined.to is not None and path.is_symlink():
            raise FileRefused("is_symlink", file=name)
        if not path.is_file():
            code = "not_regular" if path.exists() else "no_file"
            raise FileRefused(code, file=str(path))
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            if before.st_size > LARGEST_FILE:
                raise FileRefused("too_big", file=name, limit=LARGEST_FILE // (1 << 20))
            data = file.read(LARGEST_FILE + 1)
            after = os.fstat(file.fileno())
        if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns) or len(
            data
        ) != before.st_size:
            raise FileRefused("changing", file=name)
        return data
    except OSError as error:
        raise FileRefused("unreadable", file=str(path), why=error.strerror or "") from error


def check_size(rows: int, columns: int, name: str, sheet: str) -> None:
    """Refuse a sheet that is too long or too wide."""
    if rows > MOST_ROWS + SPARE:
        raise FileRefused("too_many_rows", file=name, sheet=sheet, limit=MOST_ROWS)
    if columns > MOST_COLUMNS:
        raise FileRefused("too_many_columns", file=name, sheet=sheet, limit=MOST_COLUMNS)


def check_sheets(grids: Sequence[Grid], name: str) -> None:
    """Refuse a file that holds more than any ledger does, sheet by sheet as it is."""
    if len(grids) > MOST_SHEETS:
        raise FileRefused("too_many_sheets", file=name, limit=MOST_SHEETS)
    if sum(grid.cells for grid in grids) > MOST_CELLS:
        raise FileRefused("too_many_cells", file=name, limit=MOST_CELLS)


def workbook_grids(data: bytes, name: str) -> list[Grid]:
    """Every sheet of a workbook. Raises `FileRefused`."""
    import python_calamine

    archive = None
    if data.startswith(b"PK"):
        archive = Archive(data, name)
        archive.check_parts()
        check_inside(archive, name)
    else:
        check_compound(data, name)
    try:
        with ThreadPoolExecutor(1) as beside:  # calamine lets go of the interpreter while it reads
            inside = beside.submit(innards, archive, name) if archive else None
            read = _cells_of(data, name)
            return _as_grids(read, inside.result() if inside else Inside())
    except python_calamine.CalamineError as error:
        code = "encrypted" if "assword" in str(error) else "cut_short"
        raise FileRefused(code, file=name) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # of the Rust library, at damaged files
            raise FileRefused("cut_short", file=name) from None
        raise


class _Read(Struct, frozen=True):
    """The cells of one sheet, and what calamine tells of it."""

    name: str
    rows: Looked
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...]
    shown: bool


def _cells_of(data: bytes, name: str) -> list[_Read]:
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = [
        meta for meta in book.sheets_metadata if meta.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]
    if len(sheets) > MOST_SHEETS:
        raise FileRefused("too_many_sheets", file=name, limit=MOST_SHEETS)
    found: list[_Read] = []
    left = MOST_CELLS
    for meta in sheets:
        sheet = book.get_sheet_by_name(meta.name)
        check_size(sheet.total_height, sheet.total_width, name, meta.name)
        left -= sheet.total_height * sheet.total_width
        if left < 0:
            raise FileRefused("too_many_cells", file=name, limit=MOST_CELLS)
        rows = Looked(sheet.to_python(skip_empty_area=False))
        merged = tuple(sheet.merged_cell_ranges or ())
        visible = meta.visible == python_calamine.SheetVisibleEnum.Visible
        found.append(_Read(meta.name, rows, merged, visible))
    return found


def _as_grids(read: Sequence[_Read], inside: Inside) -> list[Grid]:
    """Cells with what else is known of them."""
    found = []
    for sheet in read:
        known = inside.sheets.get(sheet.name, NOTHING)
        for row, column in known.in_cells:
            if row < len(sheet.rows) and column < len(sheet.rows[row]):
                sheet.rows[row][column] = None
        grid = Grid(sheet.name, sheet.rows, sheet.merged or known.merged, inside=known)
        found.append(replace(grid, since_1904=inside.since_1904, shown=sheet.shown))
    return found


_AS_THEY_ARE = frozenset({str, int, date, bool})
"""Kinds of cells that need no look."""


def _cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if isinstance(value, timedelta | time):
        return str(value)
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    return value
