"""Records as files: xlsx, docx, csv, json, jsonl, Markdown. A file appears whole or not at all."""

import csv
import io
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from core.ledger.record import KEYS, TYPES, FieldType, PortableRecord
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

Rows = Sequence[Row]
Lines = Sequence[Row | Sum]
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
    rows = [row for part in parts for row in part.rows]
    match form:
        case Format.XLSX:
            return workbook(parts, headers, title, progress)
        case Format.DOCX:
            return word_table(parts, headers, title, progress)
        case Format.CSV:
            return _csv(rows, headers, encoding or "utf-8-sig")
        case Format.JSON:
            whole = "[" + ",".join(_objects(rows, headers)) + "]"
            return msgspec.json.format(whole.encode(), indent=2) + b"\n"
        case Format.JSONL:
            return "".join(line + "\n" for line in _objects(rows, headers, 1)).encode()
        case Format.MD:
            return _markdown(rows, headers).encode()


def _objects(rows: Lines, headers: dict[str, str], together: int = 128) -> Iterator[str]:
    """Rows as objects of JSON, some `together`, with what was asked for in that order."""
    encode, keys = msgspec.json.Encoder().encode, list(headers)
    counted = [row for row in rows if not isinstance(row, Sum)]
    for at in range(0, len(counted), together):
        picked = [
            row if list(row) == keys else {key: row.get(key) for key in keys}
            for row in counted[at : at + together]
        ]
        yield escaped(encode(picked)[1:-1].decode())


def _csv(rows: Lines, headers: dict[str, str], encoding: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(headers.values())
    texts = {key for key in headers if TYPES.get(key) is FieldType.TEXT}
    for row in rows:
        if isinstance(row, Sum):
            writer.writerow(map(_cell, cells_of(row, headers)))
            continue
        line: list[str] = []
        for key in headers:
            value = row.get(key)
            if value is None:
                line.append("")
            elif type(value) is str and key in texts and _is_harmless(value):
                line.append(value)
            else:
                line.append(_cell(cell(key, value)))
        writer.writerow(line)
    try:
        return out.getvalue().encode(encoding)
    except UnicodeEncodeError as error:
        raise FileRefused(
            "not_in_encoding", file="", encoding=encoding, value=error.object[error.start]
        ) from error
    except (LookupError, UnicodeError) as error:
        raise FileRefused("unknown_encoding", file="", value=encoding) from error


_NUMBERS = (int, float)


def _is_harmless(text: str) -> bool:
    """Whether a text is at the first look as `_cell` would have it, as nearly all are."""
    return text[:1].isalnum() and text.isprintable()


def _cell(value: Any) -> str:
    """A number as it is; a text so that no spreadsheet runs it."""
    if value is None:
        return ""
    return shown(value) if type(value) in _NUMBERS else guarded(visible(shown(value)))


def _markdown(rows: Lines, headers: dict[str, str]) -> str:
    lines = [_line(headers.values()), _line("---" for _ in headers)]
    lines += [_line(map(shown, cells_of(row, headers))) for row in rows]
    return "\n".join(lines) + "\n"


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
