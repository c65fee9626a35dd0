"""From a grid to rows with names: which row is the header, which rows are no records."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Struct

from core.categories import CATEGORIES
from core.errors import Doubt
from core.intake import Incoming, Skipped
from core.text import clean, key_of, removed
from store.errors import FileRefused
from store.ledgers.formats import Content, content_of
from store.ledgers.grids import MOST_ROWS, Grid, Picture, grids, read_objects
from store.ledgers.headers import LEDGER

HEADER_WITHIN = 15
"""The header is looked for in this many first rows."""
_TOTAL = re.compile(r"(小计|合计|总计|共计|累计)[:：]?(\d+[个件条处项起]?)?")
_NOTE = re.compile(
    r"(注|说明|备注|填报人|填报单位|审核人|审核|制表人?|签字|负责人|联系人|分管领导)[:：]"
)
_BLANKS = re.compile(r"\s+")
_SECTION = re.compile(r"[（(]?[一二三四五六七八九十]+[)）、.．]")


class Ledger(Struct, frozen=True):
    """A file read: its rows in order, and the sheets that hold no ledger."""

    rows: tuple[Incoming | Skipped, ...]
    passed_over: tuple[str, ...] = ()


def read_ledger(
    data: bytes, name: str, *, sheet: str | None = None, encoding: str | None = None
) -> Ledger:
    """Every row behind the header of every sheet that has one. Raises `FileRefused`."""
    return _read(data, name, LEDGER, frozenset({"description"}), sheet, encoding)


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
    return _read(data, name, headers, needed, sheet, encoding)


def _read(
    data: bytes,
    name: str,
    headers: dict[str, str],
    needed: frozenset[str],
    sheet: str | None,
    encoding: str | None,
) -> Ledger:
    if content_of(data, name) == Content.JSON:
        return Ledger(tuple(_objects(data, name, headers)))
    found = grids(data, name, encoding)
    if sheet is not None:
        names = tuple(str(g.sheet) for g in found)
        found = [g for g in found if g.sheet == sheet]
        if not found:
            raise FileRefused("no_sheet", file=name, value=sheet, expected=names)
    rows: list[Incoming | Skipped] = []
    passed: list[str] = []
    nearest: set[str] = set()
    for grid in found:
        table = _Table.of(grid, headers, needed)
        if table is None:
            nearest |= _best_keys(grid, headers)
            if any(any(_full(c) for c in row) for row in grid.rows):
                passed.append(grid.sheet or "")
            continue
        rows.extend(table.rows())
    if not rows and not any(_Table.of(g, headers, needed) for g in found):
        raise FileRefused("no_header", file=name, missing=tuple(sorted(needed - nearest)))
    if sum(isinstance(row, Incoming) for row in rows) > MOST_ROWS:
        raise FileRefused("too_many_rows", file=name, sheet="", limit=MOST_ROWS)
    return Ledger(tuple(rows), tuple(passed))


_SENDER = re.compile(r"填报单位[:：]\s*([^\s:：]+)")


def _sender(rows: list[list[Any]]) -> str:
    """The unit that says above the header who filled the sheet in."""
    for row in rows:
        for at, cell in enumerate(row):
            if not isinstance(cell, str) or "填报单位" not in cell:
                continue
            found = _SENDER.search(cell)
            if found:
                return found.group(1)
            beside = next((c for c in row[at + 1 :] if _full(c)), "")
            if cell.strip(" :：") == "填报单位" and isinstance(beside, str):
                return beside.strip()
    return ""


def _full(cell: Any) -> bool:
    return cell is not None and cell != "" and not (isinstance(cell, str) and cell.isspace())


def _keys(row: list[Any], headers: dict[str, str]) -> dict[int, str]:
    """Fields by column, for the cells of a row that read as headers."""
    return {
        at: headers[key_of(str(cell))]
        for at, cell in enumerate(row)
        if isinstance(cell, str) and cell.strip() and key_of(cell) in headers
    }


def _best_keys(grid: Grid, headers: dict[str, str]) -> set[str]:
    rows = grid.filled()[:HEADER_WITHIN]
    return set(max((_keys(row, headers).values() for row in rows), key=len, default=()))


class _Table:
    """A grid whose header is known."""

    def __init__(
        self,
        grid: Grid,
        rows: list[list[Any]],
        first: int,
        columns: dict[int, str],
        names: dict[int, str],
        header: list[Any],
        headers: dict[str, str],
    ) -> None:
        self._grid = grid
        self._rows = rows
        self._first = first
        self._columns = columns
        self._names = names
        self._header = header
        self._headers = headers
        self._default_lead = _sender(grid.rows[:first])
        at_unit = [at for at, key in columns.items() if key in ("lead_unit", "co_units")]
        self._names_units = any(
            at < len(row) and _full(row[at]) for row in rows[first:] for at in at_unit
        )
        self._described = [at for at, key in columns.items() if key == "description"]

    @classmethod
    def of(cls, grid: Grid, headers: dict[str, str], needed: frozenset[str]) -> "_Table | None":
        """The table of a grid, or None where no row among the first reads as a header."""
        rows = grid.filled()
        best: tuple[int, int] | None = None
        for index, row in enumerate(rows[:HEADER_WITHIN]):
            score = len(set(_keys(row, headers).values()) - {""})
            if score >= 2 and (best is None or score > best[0]):
                best = (score, index)
        if best is None:
            return None
        index = best[1]
        columns = _keys(rows[index], headers)
        names = {at: str(cell).strip() for at, cell in enumerate(rows[index]) if _full(cell)}
        first = index + 1
        if first < len(rows) and _is_second(rows[index], rows[first], headers):
            for at, key in _keys(rows[first], headers).items():
                columns[at] = key
            first += 1
        if not needed <= set(columns.values()):
            return None
        return cls(grid, rows, first, columns, names, rows[index], headers)

    def rows(self) -> Iterator[Incoming | Skipped]:
        """Every row behind the header."""
        section = ""
        for index in range(self._first, len(self._rows)):
            cells = {at: cell for at, cell in enumerate(self._rows[index]) if _full(cell)}
            number = self._grid.number(index)
            why = self._no_record(cells)
            if why is None:
                yield self._incoming(cells, number, section, hidden=index in self._grid.hidden)
                continue
            if why == "section":
                section = _category_in(cells)
            yield Skipped(number, Doubt(why), self._grid.sheet)

    def _no_record(self, cells: dict[int, Any]) -> str | None:
        """Why a row is none: blank, header, total, note or section."""
        if not cells:
            return "blank"
        if self._repeats_header(cells):
            return "header"
        first = str(next(iter(cells.values()))).strip()
        if _TOTAL.fullmatch(_BLANKS.sub("", first)):
            return "total"
        if not any(at in cells for at in self._described) or all(
            str(cell).strip() == first for cell in cells.values()
        ):
            if _SECTION.match(first) and _category_in(cells):
                return "section"
            if _NOTE.match(first):
                return "note"
        return None

    def _repeats_header(self, cells: dict[int, Any]) -> bool:
        """Whether at least two cells, and no other, say what the header says there."""
        return len(cells) >= 2 and all(
            at in self._columns and cell == self._header[at] for at, cell in cells.items()
        )

    def _incoming(
        self, row: dict[int, Any], number: int, section: str, *, hidden: bool
    ) -> Incoming:
        cells: dict[str, Any] = {}
        doubts: list[Doubt] = [Doubt("hidden_row")] if hidden else []
        extra: list[str] = []
        pictures: dict[str, list[str]] = {}
        for at, cell in row.items():
            key = self._columns.get(at)
            if type(cell) is Picture:
                side = "photos_before" if key == "photos_before" else "photos_after"
                pictures.setdefault(side, []).append(str(cell))
                continue
            value = _tidied(cell, key or "", doubts)
            if key and key not in cells:
                cells[key] = value
            elif key != "":
                extra.append(f"{self._names.get(at) or f'第{at + 1}列'}：{value}")
        if extra:
            cells["note"] = "；".join([*([str(cells["note"])] if "note" in cells else []), *extra])
        for side, addresses in pictures.items():
            named = [str(cells[side])] if side in cells else []
            cells[side] = "、".join([*named, *addresses])
        mark = str(cells.pop("mark", "")).partition("|")[0].strip()
        if mark and "number" not in cells:
            cells["number"] = mark
        if self._default_lead and not self._names_units:
            cells["lead_unit"] = self._default_lead
        if section and "category" not in self._columns.values():
            cells["category"] = section
        return Incoming(number, cells, self._grid.sheet, tuple(doubts))


def _tidied(cell: Any, key: str, doubts: list[Doubt]) -> Any:
    """A cell without hostile characters; what was taken out is doubted aloud."""
    if not isinstance(cell, str) or (cell.isprintable() and cell[0] != " " != cell[-1]):
        return cell
    doubts.extend(Doubt("removed", char, key) for char in removed(cell))
    return clean(cell)


def _is_second(above: list[Any], row: list[Any], headers: dict[str, str]) -> bool:
    """Whether a row goes on with the header: its cells repeat the one above or are headers."""
    keys = _keys(row, headers)
    fresh = [at for at in keys if str(row[at]) != str(above[at])]
    others = [at for at, cell in enumerate(row) if _full(cell) and at not in keys]
    return bool(fresh) and all(str(row[at]) == str(above[at]) for at in others)


def _category_in(cells: dict[int, Any]) -> str:
    text = str(next(iter(cells.values())))
    return next((category for category in CATEGORIES if category in text), "")


def _objects(data: bytes, name: str, headers: dict[str, str]) -> Iterator[Incoming | Skipped]:
    for index, values in enumerate(read_objects(data, name), start=1):
        doubts: list[Doubt] = []
        cells: dict[str, Any] = {}
        extra: list[str] = []
        for header, value in values.items():
            if value is None or value == "" or value == []:
                continue
            key = headers.get(key_of(header))
            if isinstance(value, list):
                value = [_tidied(str(part), key or "", doubts) for part in value]
            elif isinstance(value, dict):
                value = _tidied(msgspec.json.encode(value).decode(), key or "", doubts)
            else:
                value = _tidied(value, key or "", doubts)
            if key and key not in cells:
                cells[key] = value
            elif key != "":
                extra.append(f"{header}：{value}")
        if extra:
            cells["note"] = "；".join([*([str(cells["note"])] if "note" in cells else []), *extra])
        yield (
            Incoming(index, cells, None, tuple(doubts)) if cells else Skipped(index, Doubt("blank"))
        )
