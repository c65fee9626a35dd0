"""Records as files: xlsx, csv, json, jsonl, Markdown. A file appears whole or not at all."""

import csv
import io
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from core.record import KEYS, PortableRecord
from core.text import escaped, visible
from store.errors import FileRefused
from store.files import check_target, replace_file
from store.ledgers.formats import Format
from store.ledgers.grids import guarded
from store.ledgers.headers import HEADERS
from store.ledgers.sheet import workbook
from store.ledgers.values import text

Rows = Sequence[dict[str, Any]]
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
    match form:
        case Format.XLSX:
            return workbook(rows, headers, title, progress)
        case Format.CSV:
            return _csv(rows, headers, encoding or "utf-8-sig")
        case Format.JSON:
            whole = msgspec.json.format(msgspec.json.encode(_picked(rows, headers)), indent=2)
            return escaped(whole.decode()).encode() + b"\n"
        case Format.JSONL:
            lines = (msgspec.json.encode(row).decode() for row in _picked(rows, headers))
            return "".join(escaped(line) + "\n" for line in lines).encode()
        case Format.MD:
            return _markdown(rows, headers).encode()


def _picked(rows: Rows, headers: dict[str, str]) -> list[dict[str, Any]]:
    return [{key: row.get(key) for key in headers} for row in rows]


def _csv(rows: Rows, headers: dict[str, str], encoding: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(headers.values())
    for row in rows:
        writer.writerow([guarded(visible(text(key, row.get(key)))) for key in headers])
    try:
        return out.getvalue().encode(encoding)
    except LookupError as error:
        raise FileRefused("unknown_encoding", file="", value=encoding) from error
    except UnicodeEncodeError as error:
        raise FileRefused(
            "not_in_encoding", file="", encoding=encoding, value=error.object[error.start]
        ) from error


def _markdown(rows: Rows, headers: dict[str, str]) -> str:
    lines = [_line(headers.values()), _line("---" for _ in headers)]
    lines += [_line(text(key, row.get(key)) for key in headers) for row in rows]
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
