"""The parts of a workbook: those that were changed are written anew, the others byte for byte as they were."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from core.measures import Counted
from store.errors import FileRefused
from store.ledgers.going_out.forms.cells import (
    MAIN,
    RANGE,
    put_value,
    text_of_cell,
    text_of_runs,
)
from store.ledgers.zipped import Archive

Shift = Callable[[re.Match[str]], str]
"""Moves the references in what a pattern found."""
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_HOLE = re.compile(r"\{\{\s*(.*?)\s*\}\}")
_DECLARED: dict[str, Any] = {"xml_declaration": True, "encoding": "UTF-8", "standalone": True}
_DAYS = {*range(14, 18), *range(27, 32), *range(50, 59)}
"""Number formats of Excel that show a day."""


def _value(counted: Counted) -> Decimal | str:
    """A number as one, where it is exact; else as it reads: 1012余, 94.66%（390/412）."""
    exact = counted.value is not None and counted.text == counted.printed_value
    return counted.value if exact and counted.value is not None else counted.text


class FormBook:
    """The parts of a workbook; those that were changed are written anew."""

    def __init__(self, data: bytes, name: str) -> None:
        self._data, self._name = data, name
        archive = Archive(data, name)
        self._parts = {each: archive.read(each) for each in archive.names()}
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

    def named(self) -> list[str]:
        """What stands between {{ and }} in any sheet, each once."""
        return list(dict.fromkeys(n for _p, _c, said in self._open() for n in _HOLE.findall(said)))

    def put_figures(self, figures: Mapping[str, Counted]) -> None:
        """The numbers of what is named, in their cells."""
        for part, cell, said in self._open():
            whole = _HOLE.fullmatch(said.strip())
            if whole is not None:
                put_value(cell, _value(figures[whole[1]]))
            else:
                put_value(cell, _HOLE.sub(lambda hole: figures[hole[1]].text, said))
            self._changed.add(part)

    def _open(self) -> list[tuple[str, Any, str]]:
        """Cells with {{…}}: the part they stand in, and what they say."""
        strings = (
            [text_of_runs(each) for each in self._tree("xl/sharedStrings.xml").iter(f"{MAIN}si")]
            if "xl/sharedStrings.xml" in self._parts
            else []
        )
        cells = (
            (part, cell, text_of_cell(cell, strings))
            for part in self._sheets().values()
            for cell in self._tree(part).iter(f"{MAIN}c")
        )
        return [each for each in cells if _HOLE.search(each[2])]

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
