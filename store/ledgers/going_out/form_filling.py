"""Filling a form: rows below its header and figures in its cells; every other part stays, byte for byte.

The sheet's own XML is changed and nothing else, so that title, widths, styles, pictures and settings are
what their owner made. What stands below the rows moves down where they need more room.
"""

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from datetime import date
from typing import Any

from store.errors import FileRefused
from store.ledgers.going_out.form_cells import (
    MAIN,
    RANGE,
    REF,
    column_name,
    emptied,
    grow_dimension,
    holds,
    letters_of_ref,
    place_of,
    put_value,
    said_in,
    shifting,
    text_in,
)
from store.ledgers.going_out.form_layout import FormLayout
from store.ledgers.going_out.values import shown

Shift = Callable[[re.Match[str]], str]
"""Moves the references in what a pattern found."""
Figure = Callable[[str], int | float | str]
"""What stands in a cell for the words between {{ and }}."""
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_HOLE = re.compile(r"\{\{\s*(.*?)\s*\}\}")
_DAYS = {*range(14, 18), *range(27, 32), *range(50, 59)}
"""Number formats of Excel that show a day."""
_DECLARED: dict[str, Any] = {"xml_declaration": True, "encoding": "UTF-8", "standalone": True}
_EPOCH = date(1899, 12, 30)


def filled_form(
    data: bytes,
    name: str,
    layout: FormLayout | None,
    rows: Sequence[Mapping[str, Any]],
    figure: Figure,
) -> bytes:
    """A form with rows below its header and figures in its cells. Raises `FileRefused`."""
    book = _Book(data, name)
    if layout is not None:
        sheet = book.sheet(layout.sheet)
        moved = _Rows(sheet, layout, book.day_styles()).fill(rows)
        if moved is not None:
            book.names_moved(layout.sheet, moved)
    book.figures(figure)
    return book.written()


class _Book:
    """The parts of a workbook; those that were changed are written anew."""

    def __init__(self, data: bytes, name: str) -> None:
        self._data, self._name = data, name
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self._parts = {each: archive.read(each) for each in archive.namelist()}
        self._trees: dict[str, Any] = {}
        self._changed: set[str] = set()

    def _tree(self, part: str) -> Any:
        from lxml import etree

        if part not in self._trees:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            try:
                self._trees[part] = etree.fromstring(self._parts[part], parser)
            except (KeyError, etree.XMLSyntaxError) as error:
                raise FileRefused("cut_short", file=self._name) from error
        return self._trees[part]

    def _sheets(self) -> dict[str, str]:
        """Parts by the names of sheets."""
        targets = {
            each.get("Id"): each.get("Target", "")
            for each in self._tree("xl/_rels/workbook.xml.rels")
        }
        found = {}
        for each in self._tree("xl/workbook.xml").iter(f"{MAIN}sheet"):
            target = targets.get(each.get(f"{_REL}id"), "")
            found[each.get("name", "")] = (
                target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            )
        return found

    def sheet(self, name: str) -> Any:
        """The tree of a sheet, to be changed. Raises `FileRefused`."""
        part = self._sheets().get(name, "")
        self._changed.add(part)
        return self._tree(part)

    def names_moved(self, sheet: str, shift: Shift) -> None:
        """Names of areas of a sheet, such as what is printed, go along."""
        for each in self._tree("xl/workbook.xml").iter(f"{MAIN}definedName"):
            areas = [part.rpartition("!") for part in (each.text or "").split(",")]
            ours = [where.strip("'").replace("''", "'") == sheet for where, _mark, _area in areas]
            if any(ours):
                each.text = ",".join(
                    where + mark + (RANGE.sub(shift, area) if own else area)
                    for (where, mark, area), own in zip(areas, ours, strict=True)
                )
                self._changed.add("xl/workbook.xml")

    def day_styles(self) -> frozenset[str]:
        """Styles of cells that show a day."""
        if "xl/styles.xml" not in self._parts:
            return frozenset()
        tree = self._tree("xl/styles.xml")
        own = {
            each.get("numFmtId"): each.get("formatCode", "").lower()
            for each in tree.iter(f"{MAIN}numFmt")
        }
        found = set()
        for cells in tree.iter(f"{MAIN}cellXfs"):
            for at, each in enumerate(cells):
                code = each.get("numFmtId", "0")
                if int(code) in _DAYS or ("y" in own.get(code, "") and "d" in own[code]):
                    found.add(str(at))
        return frozenset(found)

    def figures(self, figure: Figure) -> None:
        """Cells that hold {{…}}, in every sheet. Raises what `figure` raises."""
        strings = (
            [text_in(each) for each in self._tree("xl/sharedStrings.xml").iter(f"{MAIN}si")]
            if "xl/sharedStrings.xml" in self._parts
            else []
        )
        for part in self._sheets().values():
            for cell in list(self._tree(part).iter(f"{MAIN}c")):
                said = said_in(cell, strings)
                if not _HOLE.search(said):
                    continue
                whole = _HOLE.fullmatch(said.strip())
                if whole is not None:
                    put_value(cell, figure(whole[1]))
                else:
                    put_value(cell, _HOLE.sub(lambda hole: str(figure(hole[1])), said))
                self._changed.add(part)

    def written(self) -> bytes:
        """The whole file; parts that were not changed are the same bytes."""
        from lxml import etree

        if self._changed:
            self._forget_order()
        out = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(self._data)) as before,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            for info in before.infolist():
                if info.filename not in self._parts:
                    continue
                data = self._parts[info.filename]
                if info.filename in self._changed:
                    data = etree.tostring(self._trees[info.filename], **_DECLARED)
                archive.writestr(info, data, zipfile.ZIP_DEFLATED)
        return out.getvalue()

    def _forget_order(self) -> None:
        """Formulas that moved are worked out in an order of their own: the list of the old one goes."""
        moved = any(
            cell.find(f"{MAIN}f") is not None
            for part in self._changed
            for cell in self._trees[part].iter(f"{MAIN}c")
        )
        if not moved or "xl/calcChain.xml" not in self._parts:
            return
        del self._parts["xl/calcChain.xml"]
        for part, mark in (
            ("[Content_Types].xml", "PartName"),
            ("xl/_rels/workbook.xml.rels", "Target"),
        ):
            tree = self._tree(part)
            for each in list(tree):
                if each.get(mark, "").endswith("calcChain.xml"):
                    tree.remove(each)
                    self._changed.add(part)


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
                    bare.set("r", f"{letters_of_ref(bare.get('r'))}{number}")
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
        cell = next((c for c in row if letters_of_ref(c.get("r", "")) == name), None)
        if cell is None:
            cell = row.makeelement(f"{MAIN}c", {"r": f"{name}{row.get('r')}"})
            behind = [c for c in row if place_of(letters_of_ref(c.get("r", ""))) > column]
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
                cell.set("r", f"{letters_of_ref(cell.get('r'))}{number + by}")
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
