"""Texts as grids of cells: CSV and the like through their own reader, in the encoding they are found to have."""

import csv
import io

from store.errors import FileRefused
from store.ledgers.coming_in.grids import Grid, check_size
from store.ledgers.coming_in.innards import MOST_COLUMNS
from store.ledgers.formulas import unquoted

LONGEST_FIELD = 1 << 20
"""Characters up to which a cell is read, so that it can be said which is too long."""
MOST_SEPARATORS = 20_000
"""Separators in one line of a text: an honest cell holds fewer, and a row far fewer."""
_ENCODINGS = (("utf-8-sig", "UTF-8"), ("gb18030", "GB18030"))


def decoded(data: bytes, name: str, encoding: str | None = None) -> str:
    """Text of a file: the encoding asked for, else BOM, strict UTF-8, strict GB18030."""
    if encoding:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            raise _undecodable(data, name, encoding, error.start) from error
        except (LookupError, UnicodeError) as error:
            raise FileRefused("unknown_encoding", file=name, value=encoding) from error
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


def _check_separators(text: str, delimiter: str, name: str) -> None:
    """Refuse a line of very many cells, before any of them is made."""
    end_of_line = "\n" if "\n" in text else "\r"
    begin, number = 0, 1
    while begin < len(text):
        end = text.find(end_of_line, begin)
        end = len(text) if end < 0 else end
        if text.count(delimiter, begin, end) > MOST_SEPARATORS:
            raise FileRefused(
                "too_many_columns", file=name, sheet=f"({number})", limit=MOST_COLUMNS
            )
        begin, number = end + 1, number + 1


def text_grids(data: bytes, name: str, encoding: str | None) -> list[Grid]:
    """A file of separated cells. Raises `FileRefused`."""
    text = decoded(data, name, encoding)
    csv.field_size_limit(LONGEST_FIELD)
    sample = text[:4096].splitlines()[:15]
    delimiter = max(",\t;", key=lambda mark: max((line.count(mark) for line in sample), default=0))
    _check_separators(text, delimiter, name)
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            rows.append([unquoted(cell) for cell in row])
            check_size(len(rows), len(row), name, "")
    except csv.Error as error:
        if "field larger" in str(error):
            raise FileRefused("huge_cell", file=name, limit=LONGEST_FIELD) from error
        raise FileRefused("bad_csv", file=name, line=reader.line_num) from error
    width = max((len(row) for row in rows), default=0)
    return [Grid(None, [row + [""] * (width - len(row)) for row in rows])]
