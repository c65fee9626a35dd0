"""What calamine does not tell of a workbook: hidden rows, and pictures that stand in cells.

Read from the XML of xlsx and ods by its tags alone, so that no entity is ever expanded; nothing is
known of xls and et.
"""

import io
import re
import zipfile
from html import unescape

from msgspec import Struct

PICTURE = b"DISPIMG"
"""The formula of WPS for a picture in a cell."""

_ATTRIBUTE = r'\b{}="([^"]*)"'
_SHEET = re.compile(rb"<sheet\b[^>]*>")
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_ROW = re.compile(rb"<row\b([^>]*)>")
_FORMULA = re.compile(rb'<c\b[^>]*\br="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<f\b[^>]*>([^<]*)</f>')
_TABLE = re.compile(
    rb'<table:table\b[^>]*\btable:name="([^"]*)"[^>]*>(.*?)</table:table>', re.DOTALL
)
_TABLE_ROW = re.compile(rb"<table:table-row\b([^>]*)>")
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_COLLAPSED = re.compile(rb'\btable:visibility="(?:collapse|filter)"')
_REPEATED = re.compile(rb'\btable:number-rows-repeated="(\d{1,7})"')
_NUMBER = re.compile(rb'\br="(\d{1,7})"')


class Innards(Struct, frozen=True):
    """Of one sheet; rows and columns from 0."""

    hidden: frozenset[int] = frozenset()
    pictures: frozenset[tuple[int, int]] = frozenset()


NOTHING = Innards()


def innards(data: bytes) -> dict[str, Innards]:
    """What is known of each sheet by its name; empty for files that are no zip."""
    if not data.startswith(b"PK"):
        return {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" in names:
            return {
                sheet: _of_sheet(archive.read(path))
                for sheet, path in _sheets(archive).items()
                if path in names
            }
        if "content.xml" in names:
            return _of_tables(archive.read("content.xml"))
    return {}


def _attribute(tag: bytes, name: str) -> str:
    found = re.search(_ATTRIBUTE.format(re.escape(name)).encode(), tag)
    return unescape(found.group(1).decode("utf-8", "replace")) if found else ""


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet names and where their XML is."""
    try:
        relations = archive.read("xl/_rels/workbook.xml.rels")
    except KeyError:
        return {}
    targets = {
        _attribute(tag, "Id"): _attribute(tag, "Target") for tag in _RELATION.findall(relations)
    }
    found = {}
    for tag in _SHEET.findall(archive.read("xl/workbook.xml")):
        target = targets.get(_attribute(tag, "r:id"), "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        found[_attribute(tag, "name")] = path
    return found


def _of_sheet(xml: bytes) -> Innards:
    hidden = set()
    if b"hidden=" in xml:
        for at, row in enumerate(_ROW.finditer(xml)):
            if _HIDDEN.search(row.group(1)):
                number = _NUMBER.search(row.group(1))
                hidden.add(int(number.group(1)) - 1 if number else at)
    pictures = set()
    if PICTURE in xml:
        for cell in _FORMULA.finditer(xml):
            if PICTURE in cell.group(3):
                pictures.add((int(cell.group(2)) - 1, _column(cell.group(1))))
    return Innards(frozenset(hidden), frozenset(pictures))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def address(row: int, column: int) -> str:
    """A cell as people name it, such as K5."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def _of_tables(xml: bytes) -> dict[str, Innards]:
    found = {}
    for table in _TABLE.finditer(xml):
        hidden: set[int] = set()
        at = 0
        for row in _TABLE_ROW.finditer(table.group(2)):
            repeated = _REPEATED.search(row.group(1))
            count = int(repeated.group(1)) if repeated else 1
            if _COLLAPSED.search(row.group(1)) and count < 100_000:
                hidden.update(range(at, at + count))
            at += count
        name = unescape(table.group(1).decode("utf-8", "replace"))
        found[name] = Innards(frozenset(hidden))
    return found
