"""A file of any kind as rows with names; what of it was not read is said."""

from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Struct

from core.errors import Doubt
from core.intake import Incoming, Skipped
from core.text import key_of
from store.errors import FileRefused
from store.fence import fenced
from store.ledgers.documents import html_grids, word_grids
from store.ledgers.formats import Content, content_of
from store.ledgers.grids import Grid, check_sheets, decoded, text_grids, workbook_grids
from store.ledgers.headers import LEDGER
from store.ledgers.heading import HEADER_WITHIN, full, keys_in
from store.ledgers.innards import MOST_ROWS
from store.ledgers.objects import read_objects
from store.ledgers.pasted import read_list, reads_as_list
from store.ledgers.table import NOTHING_KNOWN, Column, Known, Table, aside, tidied

TEXT = "正文"
"""What the text of a Word file is called that stands outside its tables."""


class Passed(Struct, frozen=True):
    """A sheet that was not read: it holds no ledger, or it is hidden and does."""

    sheet: str
    hidden: bool = False


class Ledger(Struct, frozen=True):
    """A file read: its rows in order, and the sheets and columns that were not read as such."""

    rows: tuple[Incoming | Skipped, ...]
    passed_over: tuple[Passed, ...] = ()
    unread: tuple[Column, ...] = ()

    @property
    def senders(self) -> list[str]:
        """Who filled its sheets in; nobody is empty."""
        return list(dict.fromkeys(r.sender for r in self.rows if isinstance(r, Incoming))) or [""]


def read_ledger(
    data: bytes,
    name: str,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    known: Known = NOTHING_KNOWN,
) -> Ledger:
    """Every row behind the header of every sheet that has one. Raises `FileRefused`.

    `known` has the headers of each sender, by `key_of` of its name; "" is everybody.
    """
    needed = frozenset({"description"})
    return fenced(lambda: _read(data, name, LEDGER, needed, sheet, encoding, known), name)


def read_table(
    data: bytes,
    name: str,
    headers: dict[str, str],
    needed: frozenset[str],
    *,
    sheet: str | None = None,
    encoding: str | None = None,
) -> Ledger:
    """A master file by its own headers. Raises `FileRefused`."""
    return fenced(lambda: _read(data, name, headers, needed, sheet, encoding), name)


def _read(
    data: bytes,
    name: str,
    headers: dict[str, str],
    needed: frozenset[str],
    sheet: str | None,
    encoding: str | None,
    known: Known = NOTHING_KNOWN,
) -> Ledger:
    headers = {**headers, **known.get("", {})}
    content = content_of(data, name)
    if content == Content.JSON:
        return Ledger(tuple(_objects(data, name, headers, needed, encoding)))
    found = _grids(content, data, name, encoding)
    check_sheets(found, name)
    if sheet is not None:
        names = tuple(str(g.sheet) for g in found)
        found = [g for g in found if g.sheet == sheet]
        if not found:
            raise FileRefused("no_sheet", file=name, value=sheet, expected=names)
    rows: list[Incoming | Skipped] = []
    passed: list[Passed] = []
    unread: list[Column] = []
    nearest: set[str] = set()
    tables = 0
    for grid in found:
        table = Table.of(grid, headers, needed, known)
        if table is not None and (grid.shown or sheet is not None):
            tables += 1
            rows.extend(table.rows())
            unread.extend(table.unread(headers))
            continue
        nearest |= _best_keys(grid, headers)
        if grid.sheet is not None and any(any(map(full, row)) for row in grid.rows):
            passed.append(Passed(grid.sheet, hidden=table is not None))
    if not tables and content in (Content.TEXT, Content.WORD) and "location" in headers.values():
        lines = ["\t".join(map(str, row)) for row in found[-1].rows]
        if content == Content.TEXT:
            lines = decoded(data, name, encoding).splitlines()
        if reads_as_list(lines):
            rows, passed, tables = read_list(lines), [], 1
    elif content == Content.WORD and reads_as_list([str(row[0]) for row in found[-1].rows if row]):
        passed.append(Passed(TEXT))
    if not tables:
        raise FileRefused("no_header", file=name, missing=tuple(sorted(needed - nearest)))
    if sum(isinstance(row, Incoming) for row in rows) > MOST_ROWS:
        raise FileRefused("too_many_rows", file=name, sheet="", limit=MOST_ROWS)
    return Ledger(tuple(rows), tuple(passed), tuple(unread))


def _grids(content: Content, data: bytes, name: str, encoding: str | None) -> list[Grid]:
    match content:
        case Content.WORKBOOK:
            return workbook_grids(data, name)
        case Content.WORD:
            return word_grids(data, name)
        case Content.HTML:
            return html_grids(data, name, encoding)
        case _:
            return text_grids(data, name, encoding)


def _best_keys(grid: Grid, headers: dict[str, str]) -> set[str]:
    rows = grid.filled()[:HEADER_WITHIN]
    return set(max((keys_in(row, headers).values() for row in rows), key=len, default=()))


def _objects(
    data: bytes,
    name: str,
    headers: dict[str, str],
    needed: frozenset[str],
    encoding: str | None,
) -> Iterator[Incoming | Skipped]:
    def is_record(found: dict[str, Any]) -> bool:
        return needed <= {headers.get(key_of(key)) for key in found}

    for index, values in enumerate(read_objects(data, name, is_record, encoding), start=1):
        doubts: list[Doubt] = []
        cells: dict[str, Any] = {}
        extra: list[str] = []
        for header, value in values.items():
            if value is None or value == "" or value == []:
                continue
            key = headers.get(key_of(header))
            if isinstance(value, list):
                value = [tidied(str(part), key or "", doubts) for part in value]
            elif isinstance(value, dict):
                value = tidied(msgspec.json.encode(value).decode(), key or "", doubts)
            else:
                value = tidied(value, key or "", doubts)
            if key and key not in cells:
                cells[key] = value
            elif key != "":
                extra.append(aside(header, value))
        if extra:
            cells["note"] = "；".join([*([str(cells["note"])] if "note" in cells else []), *extra])
        yield (
            Incoming(index, cells, None, tuple(doubts)) if cells else Skipped(index, Doubt("blank"))
        )
