"""Files as grids of cells: workbooks through calamine, CSV through its own reader."""

import csv
import io
import zipfile
import zlib
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from store.errors import FileRefused
from store.ledgers.formats import LARGEST_FILE, Content, content_of
from store.ledgers.innards import NOTHING, address, innards

MOST_ROWS = 25_000
MOST_COLUMNS = 200
_MORE_ROWS_READ = 50
"""Title and total rows allowed on top of the limit before a sheet is refused."""
_LEADING = "=+-@\t\r"
_ENCODINGS = (("utf-8-sig", "UTF-8"), ("gb18030", "GB18030"))


class Picture(str):
    """The address of a cell that holds a picture."""


class Grid(Struct, frozen=True):
    """One sheet: rows of cells, and which cells are merged."""

    sheet: str | None
    rows: list[list[Any]]
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    """First and last cell of each range, from 0."""
    numbers: tuple[int, ...] = ()
    """Row numbers, from 1, where they are not simply counted."""
    hidden: frozenset[int] = frozenset()
    """Rows, from 0, that are hidden in the file."""

    def number(self, index: int) -> int:
        """The number people know a row by."""
        return self.numbers[index] if self.numbers else index + 1

    def filled(self) -> list[list[Any]]:
        """The rows with every merged range filled from its first cell, and nothing else."""
        rows = [list(row) for row in self.rows]
        for (top, left), (bottom, right) in self.merged:
            if top >= len(rows) or left >= len(rows[top]):
                continue
            value = rows[top][left]
            for row in range(top, min(bottom, len(rows) - 1) + 1):
                for column in range(left, min(right, len(rows[row]) - 1) + 1):
                    rows[row][column] = value
        return rows


def read_bytes(path: Path) -> bytes:
    """A regular file of bearable size. Raises `FileRefused`."""
    name = path.name
    try:
        if not path.is_file():
            code = "not_regular" if path.exists() else "no_file"
            raise FileRefused(code, file=str(path))
        if path.stat().st_size > LARGEST_FILE:
            raise FileRefused("too_big", file=name, limit=LARGEST_FILE // (1 << 20))
        return path.read_bytes()
    except OSError as error:
        raise FileRefused("unreadable", file=str(path), why=error.strerror or "") from error


def grids(data: bytes, name: str, encoding: str | None = None) -> list[Grid]:
    """Every sheet of a workbook or a CSV file. Raises `FileRefused`."""
    if content_of(data, name) == Content.WORKBOOK:
        return _workbook(data, name)
    return [_delimited(data, name, encoding)]


def _workbook(data: bytes, name: str) -> list[Grid]:
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        inside = innards(data)
        found = []
        for meta in book.sheets_metadata:
            if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            if meta.visible != python_calamine.SheetVisibleEnum.Visible:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            if sheet.total_height > MOST_ROWS + _MORE_ROWS_READ:
                raise FileRefused("too_many_rows", file=name, sheet=meta.name, limit=MOST_ROWS)
            if sheet.total_width > MOST_COLUMNS:
                raise FileRefused(
                    "too_many_columns", file=name, sheet=meta.name, limit=MOST_COLUMNS
                )
            rows = [
                [c if type(c) is str else _cell(c) for c in row]
                for row in sheet.to_python(skip_empty_area=False)
            ]
            known = inside.get(meta.name, NOTHING)
            for row, column in known.pictures:
                if row < len(rows) and column < len(rows[row]):
                    rows[row][column] = Picture(address(row, column))
            merged = tuple(sheet.merged_cell_ranges or ())
            found.append(Grid(meta.name, rows, merged, hidden=known.hidden))
        return found
    except python_calamine.CalamineError as error:
        code = "encrypted" if "assword" in str(error) else "cut_short"
        raise FileRefused(code, file=name) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise FileRefused("cut_short", file=name) from error


def _cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if isinstance(value, timedelta | time):
        return str(value)
    return value


def decoded(data: bytes, name: str, encoding: str | None = None) -> str:
    """Text of a file: the encoding asked for, else BOM, strict UTF-8, strict GB18030."""
    if encoding:
        try:
            return data.decode(encoding)
        except LookupError as error:
            raise FileRefused("unknown_encoding", file=name, value=encoding) from error
        except UnicodeDecodeError as error:
            raise _undecodable(data, name, encoding, error.start) from error
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise _undecodable(data, name, "UTF-16", error.start) from error
    first: UnicodeDecodeError | None = None
    for codec, _ in _ENCODINGS:
        try:
            return data.decode(codec)
        except UnicodeDecodeError as error:
            first = first or error
    assert first is not None
    raise _undecodable(data, name, "UTF-8", first.start)


def _undecodable(data: bytes, name: str, encoding: str, at: int) -> FileRefused:
    line = data.count(b"\n", 0, at) + 1
    return FileRefused(
        "not_text", file=name, encoding=encoding, line=line, byte=f"0x{data[at]:02X}"
    )


def unquoted(cell: str) -> str:
    """A CSV cell without the quote that keeps spreadsheets from running it."""
    guarded = cell[:1] == "'" and (cell[1:2] in tuple(_LEADING) or cell[1:2] == "'")
    return cell[1:] if guarded and len(cell) > 1 else cell


def guarded(text: str) -> str:
    """A CSV cell that no spreadsheet takes for a formula; `unquoted` takes the quote off again."""
    if text[:1] in tuple(_LEADING) and text:
        return "'" + text
    if text[:1] == "'" and (text[1:2] in tuple(_LEADING) or text[1:2] == "'") and len(text) > 1:
        return "'" + text
    return text


def _delimited(data: bytes, name: str, encoding: str | None) -> Grid:
    text = decoded(data, name, encoding)
    csv.field_size_limit(LARGEST_FILE)
    sample = text[:4096].splitlines()[:15]
    delimiter = max(",\t;", key=lambda mark: max((line.count(mark) for line in sample), default=0))
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if len(rows) > MOST_ROWS + _MORE_ROWS_READ:
                raise FileRefused("too_many_rows", file=name, sheet="", limit=MOST_ROWS)
            rows.append([unquoted(cell) for cell in row])
    except csv.Error as error:
        raise FileRefused("bad_csv", file=name, line=reader.line_num) from error
    if max((len(row) for row in rows), default=0) > MOST_COLUMNS:
        raise FileRefused("too_many_columns", file=name, sheet="", limit=MOST_COLUMNS)
    width = max((len(row) for row in rows), default=0)
    return Grid(None, [row + [""] * (width - len(row)) for row in rows])


def read_objects(data: bytes, name: str) -> list[dict[str, Any]]:
    """The objects of a JSON array or of JSON lines. Raises `FileRefused`."""
    text = decoded(data, name).strip()
    try:
        if text.startswith("["):
            found = msgspec.json.decode(text, type=list[dict[str, Any]])
        else:
            found = msgspec.json.Decoder(dict[str, Any]).decode_lines(text)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise FileRefused("bad_json", file=name, why=str(error)[:60]) from error
    if len(found) > MOST_ROWS:
        raise FileRefused("too_many_rows", file=name, sheet="", limit=MOST_ROWS)
    return found
