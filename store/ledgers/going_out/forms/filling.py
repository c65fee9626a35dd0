"""Filling a form: rows below its header and figures in its cells; every other part stays, byte for byte.

The sheet's own XML is changed and nothing else, so that title, widths, styles, pictures and settings are
what their owner made. What stands below the rows moves down where they need more room.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date
from typing import Any

from core.measures import Counted
from store.disk.fence import fenced
from store.ledgers.going_out.forms.book import FormBook, Shift
from store.ledgers.going_out.forms.cells import (
    MAIN,
    RANGE,
    REF,
    column_index,
    column_name,
    column_of,
    emptied,
    grow_dimension,
    holds,
    put_value,
    shifting,
)
from store.ledgers.going_out.forms.layout import FormLayout
from store.ledgers.going_out.values import shown

_EPOCH = date(1899, 12, 30)


def names_in(data: bytes, name: str) -> list[str]:
    """The numbers a form asks for in its cells: 问题.发现@本月. Raises `FileRefused`."""
    return fenced(lambda: FormBook(data, name).named(), name)


def filled_form(
    data: bytes,
    name: str,
    layout: FormLayout | None,
    rows: Sequence[Mapping[str, Any]],
    figures: Mapping[str, Counted],
) -> bytes:
    """A form with rows below its header and figures in its cells. Raises `FileRefused`."""
    return fenced(lambda: _filled(FormBook(data, name), layout, rows, figures), name)


def _filled(
    book: FormBook,
    layout: FormLayout | None,
    rows: Sequence[Mapping[str, Any]],
    figures: Mapping[str, Counted],
) -> bytes:
    """In the child."""
    if layout is not None:
        moved = _Rows(book.sheet(layout.sheet), layout, book.day_styles()).fill(rows)
        if moved is not None:
            book.names_moved(layout.sheet, moved)
    book.put_figures(figures)
    return book.written()


class _Rows:
    """The rows of a sheet below its header."""

    def __init__(self, sheet: Any, layout: FormLayout, days: frozenset[str]) -> None:
        self._sheet, self._layout, self._days = sheet, layout, days
        self._data = sheet.find(f"{MAIN}sheetData")
        self._by_number = {int(row.get("r")): row for row in self._data if row.get("r")}
        self._first = layout.first
        numbers = {column_name(at) for at, key in layout.columns.items() if key == ""}
        behind = [
            n for n, row in self._by_number.items() if n >= self._first and holds(row, numbers)
        ]
        self._foot = min(behind, default=0)
        """The first row below that holds something; 0 where none does."""

    def fill(self, rows: Sequence[Mapping[str, Any]]) -> Shift | None:
        """Write them, those below moved down where they need more room; how references move, where they do."""
        room = self._foot - self._first if self._foot else len(rows)
        shift = None
        if len(rows) > room:
            shift = shifting(self._first, self._foot, len(rows) - room)
            self._move(len(rows) - room, shift)
        pattern = self._by_number.get(self._first)
        for at, record in enumerate(rows):
            row = self._row(self._first + at, pattern)
            for column, key in self._layout.columns.items():
                value = at + 1 if key == "" else record.get(key)
                self._write(row, column, value)
        merged = self._sheet.find(f"{MAIN}mergeCells")
        if merged is not None:
            self._merge(merged, len(rows))
        grow_dimension(self._sheet.find(f"{MAIN}dimension"), self._first + len(rows) - 1)
        for cell in self._data.iter(f"{MAIN}c"):  # what was worked out before is not so any more
            if cell.find(f"{MAIN}f") is not None and cell.find(f"{MAIN}v") is not None:
                cell.remove(cell.find(f"{MAIN}v"))
        return shift

    def _row(self, number: int, pattern: Any) -> Any:
        """The row of a number, made like the first where there is none."""
        row = self._by_number.get(number)
        if row is None:
            row = self._data.makeelement(f"{MAIN}row", {})
            if pattern is not None:
                row.attrib.update(pattern.attrib)
                for cell in pattern:
                    bare = deepcopy(cell)
                    emptied(bare)
                    bare.set("r", f"{column_of(bare.get('r'))}{number}")
                    row.append(bare)
            row.set("r", str(number))
            above = self._by_number.get(number - 1)
            if above is None:
                before = [n for n in self._by_number if n < number]
                above = self._by_number[max(before)] if before else None
            if above is None:
                self._data.insert(0, row)
            else:
                above.addnext(row)
            self._by_number[number] = row
        return row

    def _write(self, row: Any, column: int, value: Any) -> None:
        """A value in its cell, which keeps its style."""
        name = column_name(column)
        cell = next((c for c in row if column_of(c.get("r", "")) == name), None)
        if cell is None:
            cell = row.makeelement(f"{MAIN}c", {"r": f"{name}{row.get('r')}"})
            behind = [c for c in row if column_index(column_of(c.get("r", ""))) > column]
            row.insert(row.index(behind[0]) if behind else len(row), cell)
        if isinstance(value, date) and cell.get("s") in self._days:
            value = (value - _EPOCH).days
        elif not isinstance(value, int | float) or isinstance(value, bool):
            value = shown(value)
        put_value(cell, value)

    def _move(self, by: int, shift: Shift) -> None:
        """What stands below goes down; ranges over the rows grow with them."""
        for number in sorted((n for n in self._by_number if n >= self._foot), reverse=True):
            row = self._by_number.pop(number)
            row.set("r", str(number + by))
            for cell in row:
                cell.set("r", f"{column_of(cell.get('r'))}{number + by}")
            self._by_number[number + by] = row
        for formula in self._data.iter(f"{MAIN}f"):
            if formula.text:
                formula.text = RANGE.sub(shift, formula.text)
            if formula.get("ref"):
                formula.set("ref", RANGE.sub(shift, formula.get("ref")))
        for element in self._sheet.iter():
            for attribute in ("sqref", "ref"):
                if element.get(attribute) and element.tag not in (f"{MAIN}f", f"{MAIN}row"):
                    element.set(attribute, RANGE.sub(shift, element.get(attribute)))
        self._foot += by

    def _merge(self, merged: Any, count: int) -> None:
        """Cells of the first row that are merged are so in every other."""
        refs = {each.get("ref") for each in merged}
        for ref in sorted(refs):
            ends = REF.findall(ref)
            if {int(end[3]) for end in ends} != {self._first}:
                continue
            for number in range(self._first + 1, self._first + count):
                other = ":".join(f"{end[1]}{number}" for end in ends)
                if other not in refs:
                    merged.append(merged.makeelement(f"{MAIN}mergeCell", {"ref": other}))
        merged.set("count", str(len(merged)))
