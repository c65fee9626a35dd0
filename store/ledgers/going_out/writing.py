"""Records as files: xlsx, docx, csv, json, jsonl, Markdown. A file appears whole or not at all."""

import csv
import io
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Raw

from core.ledger.record import BATCH, KEYS, TYPES, FieldType, FieldValues, PortableRecord
from core.words.text import escaped, visible
from store.disk.files import check_target, replace_file
from store.errors import FileRefused
from store.ledgers.formats import Format
from store.ledgers.formulas import guarded
from store.ledgers.going_out.grouping import Row, Section, Sum, cells_of
from store.ledgers.going_out.sheet import workbook
from store.ledgers.going_out.values import cell, shown
from store.ledgers.going_out.wordfile import word_table
from store.ledgers.headers import HEADERS

T = TypeVar("T")
Rows = Sequence[Row]
Lines = Sequence[Row | Sum]
_encoder = msgspec.json.Encoder()
Progress = Callable[[int, int], None]


def write_records(
    records: Sequence[PortableRecord],
    form: Format,
    *,
    title: str = "",
    columns: Sequence[str] = KEYS,
    encoding: str = "",
    progress: Progress = lambda done, total: None,
) -> bytes:
    """Portable records in a format."""
    return write_rows(
        records,
        form,
        {key: HEADERS[key] for key in columns},
        title=title,
        encoding=encoding,
        progress=progress,
    )


def write_rows(
    rows: Rows,
    form: Format,
    headers: dict[str, str],
    *,
    title: str = "",
    encoding: str = "",
    progress: Progress = lambda done, total: None,
) -> bytes:
    """Any rows under Chinese headers by key. Raises `FileRefused("unknown_encoding")`."""
    return write_sections(
        [Section("", rows)], form, headers, title=title, encoding=encoding, progress=progress
    )


def write_sections(
    parts: Sequence[Section],
    form: Format,
    headers: dict[str, str],
    *,
    title: str = "",
    encoding: str = "",
    progress: Progress = lambda done, total: None,
) -> bytes:
    """Sections of rows: a sheet or a table each where the format has them, else one behind the other.

    JSON has no rows that count others.
    """
    match form:
        case Format.XLSX:
            return workbook(parts, headers, title, progress)
        case Format.DOCX:
            return word_table(parts, headers, title, progress)
        case _:
            rows = [row for part in parts for row in part.rows]
            return _text(rows, form, headers, encoding)


def _text(rows: Lines, form: Format, headers: dict[str, str], encoding: str) -> bytes:
    counted = [row for row in rows if not isinstance(row, Sum)]
    if len(counted) == len(rows) or form in (Format.JSON, Format.JSONL):
        columns = (
            {key: [row.get(key) for row in some] for key in headers} for some in _some(counted)
        )
        return write_columns(columns, form, headers, encoding)
    cells = (cells_of(row, headers) for row in rows)
    if form == Format.MD:
        return _markdown(map(_shown, cells), headers)
    return _csv((map(_cell, line) for line in cells), headers, encoding)


def _some(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """Rows some at a time."""
    return (rows[at : at + BATCH] for at in range(0, len(rows), BATCH))


def write_columns(
    batches: Iterable[FieldValues], form: Format, headers: dict[str, str], encoding: str = ""
) -> bytes:
    """Fields in a format that is text, each batch looked at once. Raises `FileRefused("unknown_encoding")`."""
    match form:
        case Format.JSON:
            arrays = map(_encoder.encode, _objects(batches, headers))
            parts = [msgspec.json.format(array, indent=2)[1:-2] for array in arrays]
            if not parts:
                return b"[]\n"
            parts[0] = b"[" + parts[0]
            parts[-1] += b"\n]\n"
            return b",".join(parts)
        case Format.JSONL:
            return b"".join(map(_encoder.encode_lines, _objects(batches, headers)))
        case Format.MD:
            return _markdown(_lines(batches, headers, _read), headers)
        case _:
            return _csv(_lines(batches, headers, _column), headers, encoding)


def _lines(
    batches: Iterable[FieldValues],
    headers: Iterable[str],
    as_text: Callable[[str, list[Any]], list[str]],
) -> Iterator[Sequence[str]]:
    """Columns as lines of texts."""
    for columns in batches:
        yield from zip(*(as_text(key, columns[key]) for key in headers), strict=True)


def _objects(batches: Iterable[FieldValues], headers: dict[str, str]) -> Iterator[list[Any]]:
    """Columns as objects of JSON, some at a time, with what was asked for in that order."""
    names = {f"f{at}": key for at, key in enumerate(headers)}
    row = msgspec.defstruct("row", list(names), rename=names, gc=False)
    for columns in batches:
        asked = [columns[key] for key in headers]
        rows = [row(*line) for line in zip(*asked, strict=True)]
        harmless = all(map(_is_harmless, headers, asked))
        yield rows if harmless else [Raw(escaped(_encoder.encode(r).decode())) for r in rows]


def _is_harmless(key: str, values: list[Any]) -> bool:
    """Whether no text of a field holds what has to be spelled out."""
    kind = TYPES.get(key)
    if kind is None:
        return False
    if kind is FieldType.LIST:
        return all(map(_all_printable, filter(None, values)))
    if kind is FieldType.TEXT:
        return _all_printable(values)
    return not any(type(value) is str for value in values)


def _csv(lines: Iterable[Iterable[str]], headers: dict[str, str], encoding: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(headers.values())
    writer.writerows(lines)
    try:
        return out.getvalue().encode(encoding or "utf-8-sig")
    except UnicodeEncodeError as error:
        raise FileRefused(
            "not_in_encoding", file="", encoding=encoding, value=error.object[error.start]
        ) from error
    except (LookupError, UnicodeError) as error:
        raise FileRefused("unknown_encoding", file="", value=encoding) from error


def _read(key: str, values: list[Any]) -> list[str]:
    """Values of one field as people read them."""
    return [shown(cell(key, value)) for value in values]


def _shown(line: Iterable[Any]) -> Iterable[str]:
    return map(shown, line)


def _column(key: str, values: list[Any]) -> list[str]:
    """What `_cell` makes of the values of one field, with one look at texts where all are as nearly all are."""
    if TYPES.get(key) is FieldType.TEXT and _all_printable(values):
        return [
            "" if v is None else v if v and v[0].isalnum() else _cell(cell(key, v)) for v in values
        ]
    return [
        "" if v is None or v == [] else v.isoformat() if type(v) is date else _cell(cell(key, v))
        for v in values
    ]


def _all_printable(values: list[Any]) -> bool:
    try:
        return "".join(filter(None, values)).isprintable()
    except TypeError:  # something that is no text
        return False


_NUMBERS = (int, float)


def _cell(value: Any) -> str:
    """A number as it is; a text so that no spreadsheet runs it."""
    if value is None:
        return ""
    return shown(value) if type(value) in _NUMBERS else guarded(visible(shown(value)))


def _markdown(lines: Iterable[Iterable[str]], headers: dict[str, str]) -> bytes:
    whole = [_line(headers.values()), _line("---" for _ in headers), *map(_line, lines)]
    return ("\n".join(whole) + "\n").encode()


def _line(cells: Iterable[str]) -> str:
    escaped = (
        visible(c).replace("\\", "\\\\").replace("|", "\\|").replace("\n", "<br>") for c in cells
    )
    return "| " + " | ".join(escaped) + " |"


def save(data: bytes, path: Path, *, force: bool) -> None:
    """Put an export in place: never through a symlink, never over a file unless told to."""
    try:
        check_target(path, force=force)
        replace_file(path, [data])
    except OSError as error:
        raise FileRefused(
            "cannot_write", file=str(path), why=os.strerror(error.errno or 0)
        ) from error
