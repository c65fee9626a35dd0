"""What calamine does not tell of a workbook: hidden rows, formulas, faults, pictures in cells.

Read from the XML of xlsx and ods by its tags alone, so that no entity is ever expanded; nothing is
known of xls and et. A sheet for which calamine would reserve room up to cells far away is refused.
"""

import re
from html import unescape

from msgspec import Struct
from msgspec.structs import replace

from store.errors import FileRefused
from store.ledgers.coming_in.besides import (
    ACROSS,
    DOWN,
    HIDDEN,
    ODS_ROW,
    Range,
    Strikes,
    comments_of,
    hidden_columns,
    merged_in,
)
from store.ledgers.coming_in.pictures import anchored, attribute, drawn, id_of, relations
from store.ledgers.zipped import LONGEST_CELL, Archive

BOOK = "xl/workbook.xml"
PICTURE = b"DISPIMG"
"""The formula of WPS for a picture in a cell."""
MOST_ROWS = 25_000
"""Rows of a ledger (docs/domain.md 8)."""
MOST_COLUMNS = 200
MOST_PARTS = 200
"""Sheets of a workbook, of whatever kind."""
SPARE = 50
"""Title and total rows allowed on top of the limit before a sheet is refused."""

SHARED = "xl/sharedStrings.xml"
ROOM = 128 * 1024 * 1024
"""Bytes of text a workbook may come to, written out in every cell."""
SHORTEST_USE = len('<c t="s"><v>0</v></c>')
"""Bytes of a cell that uses a shared text."""
_USES = re.compile(rb"<c\b[^>]*\bt=[\"']s[\"'][^>]*>\s*(?:<f\b[^>]*/>)?\s*<v>(\d{1,9})<")
_BLANKS = re.compile(rb'\btext:c="(\d{1,12})"')
_SHEET = re.compile(rb"<sheet\b[^>]*>")
_ROW = re.compile(rb"<row\b([^>]*)>")
_CELL = rb'<c\b[^>]*\br="([A-Z]{1,3})(\d{1,7})"'
_FORMULA = re.compile(_CELL + rb"[^>]*>\s*<f\b[^>]*(?:/>|>([^<]*)</f>)")
_FAULT = re.compile(_CELL + rb'[^>]*\bt="e"')
_FAR = re.compile(
    rb"r\s*=\s*[\"']\s*(?i:[A-Z]{3}|G[S-Z]|[H-Z][A-Z]|[A-Z]{0,2}\s*(?:\d{6}|[3-9]\d{4}|2[6-9]\d{3}))"
)
"""A reference beyond column GR, the 200th, or row 26,000."""
_PERHAPS_FAR = re.compile(rb'r\s*=\s*(?!"[A-F]?[A-Z]?(?:1?\d{1,4}|2[0-5]\d{3})")')
"""A reference that is not near at the first look, as nearly all are: only these are looked at closely."""
_WIDE = re.compile(rb"[A-Za-z]{2}")
_HOLDS = re.compile(rb"<(?:v|f|is|t)\b")
_1904 = re.compile(rb'<workbookPr\b[^>]*\bdate1904="(?:1|true)"')
_TABLE = re.compile(
    rb'<table:table\b[^>]*\btable:name="([^"]*)"[^>]*>(.*?)</table:table>', re.DOTALL
)
_TABLE_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*?)(/?)>")
_COLLAPSED = re.compile(rb'\btable:visibility="(?:collapse|filter)"')
_NUMBER = re.compile(rb'\br="(\d{1,7})"')


class Innards(Struct, frozen=True):
    """Of one sheet; rows and columns from 0."""

    hidden: frozenset[int] = frozenset()
    pictures: dict[tuple[int, int], list[str]] = {}
    """Where in the file they are; an empty name where that is not known."""
    in_cells: frozenset[tuple[int, int]] = frozenset()
    """Cells that are nothing but a picture."""
    formulas: frozenset[tuple[int, int]] = frozenset()
    faults: frozenset[tuple[int, int]] = frozenset()
    """Cells that show an error such as #REF!."""
    comments: dict[tuple[int, int], str] = {}
    """What people wrote beside cells."""
    struck: frozenset[tuple[int, int]] = frozenset()
    """Cells whose text is crossed out."""
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Range, ...] = ()
    """Merged ranges where calamine does not tell them."""


NOTHING = Innards()


class Inside(Struct, frozen=True):
    """Of a workbook."""

    sheets: dict[str, Innards] = {}
    since_1904: bool = False
    """Whether its serial numbers count days from 1904."""


def check_inside(archive: Archive, name: str) -> None:
    """Refuse a workbook that would fill the memory of whoever reads its cells. Raises `FileRefused`."""
    if "content.xml" in archive:
        _check_spaces(archive.read("content.xml"), name)
        _of_tables(archive.read("content.xml"), name)
        return
    if len(_SHEET.findall(archive.read(BOOK))) > MOST_PARTS:
        raise FileRefused("too_many_sheets", file=name, limit=MOST_PARTS)
    _check_shared(archive, name)
    for sheet, path in _sheets(archive).items():
        _check_rows(archive.read(path), name, sheet)


def innards(archive: Archive, name: str) -> Inside:
    """What is known of each sheet by its name, of a workbook that was checked."""
    if "content.xml" in archive:
        return Inside(_of_tables(archive.read("content.xml"), name))
    shown = drawn(archive)
    strikes = Strikes(archive)
    found = {
        sheet: replace(
            _of_sheet(archive.read(path), anchored(archive, path), shown),
            comments=comments_of(archive, path),
            struck=frozenset(strikes.of(archive.read(path))),
            hidden_columns=frozenset(hidden_columns(archive.read(path))),
        )
        for sheet, path in _sheets(archive).items()
    }
    return Inside(found, bool(_1904.search(archive.read(BOOK))))


def _check_spaces(xml: bytes, name: str) -> None:
    """Refuse blanks that are only counted and would fill the memory written out."""
    counts = [int(found) for found in _BLANKS.findall(xml)]
    if sum(counts) > ROOM or max(counts, default=0) > LONGEST_CELL:
        raise FileRefused("huge_cell", file=name, limit=LONGEST_CELL)


def _check_shared(archive: Archive, name: str) -> None:
    """Refuse texts that stand once and are used so often that they would fill the memory."""
    lengths = list(map(len, archive.read(SHARED).split(b"<si")))[1:]
    sheets = [part for part in archive.names() if part.startswith("xl/worksheets/")]
    cells = sum(len(archive.read(part)) for part in sheets) // SHORTEST_USE
    if max(lengths, default=0) * cells <= 2 * ROOM:  # so is every ledger of people's own
        return
    used = 0
    for part in sheets:
        for cell in _USES.finditer(archive.read(part)):
            at = int(cell[1])
            used += lengths[at] if at < len(lengths) else 0
            if used > ROOM:
                raise FileRefused("too_much", file=name)


def _sheets(archive: Archive) -> dict[str, str]:
    """Sheet names and where their XML is."""
    targets = relations(archive, BOOK)
    return {
        attribute(tag, "name"): targets.get(attribute(tag, "r:id"), "")
        for tag in _SHEET.findall(archive.read(BOOK))
    }


def _check_rows(xml: bytes, name: str, sheet: str) -> None:
    for reference in _PERHAPS_FAR.finditer(xml):
        if far := _FAR.match(xml, reference.start()):
            _check_far(xml, far, name, sheet)
    if xml.count(b"<row>") > MOST_ROWS + SPARE:  # rows that only count themselves
        raise FileRefused("too_many_rows", file=name, sheet=sheet, limit=MOST_ROWS)


def _of_sheet(
    xml: bytes, pictures: dict[tuple[int, int], list[str]], shown: dict[str, str]
) -> Innards:
    hidden = set()
    if b"hidden=" in xml:
        for at, row in enumerate(_ROW.finditer(xml)):
            if HIDDEN.search(row.group(1)):
                number = _NUMBER.search(row.group(1))
                hidden.add(int(number.group(1)) - 1 if number else at)
    formulas: set[tuple[int, int]] = set()
    in_cells: set[tuple[int, int]] = set()
    if b"<f" in xml:
        for cell in _FORMULA.finditer(xml):
            formula = cell.group(3) or b""
            if PICTURE in formula:
                pictures.setdefault(_at(cell), []).append(shown.get(id_of(formula), ""))
                in_cells.add(_at(cell))
            else:
                formulas.add(_at(cell))
    faults = {_at(cell) for cell in _FAULT.finditer(xml)} if b't="e"' in xml else set()
    return Innards(
        frozenset(hidden),
        pictures,
        frozenset(in_cells),
        frozenset(formulas),
        frozenset(faults - in_cells),
    )


def _check_far(xml: bytes, far: re.Match[bytes], name: str, sheet: str) -> None:
    """Refuse a sheet with something in a cell far away; cells that are only painted hold nothing."""
    begin = xml.rfind(b"<", 0, far.start())
    closed = xml.find(b">", begin)
    if xml[closed - 1 : closed] == b"/":
        return
    if xml.startswith(b"<row", begin):
        end = xml.find(b"</row>", closed)
    elif xml.startswith(b"<c", begin):
        end = xml.find(b"</c>", closed)
    else:
        return
    if _HOLDS.search(xml, closed, end if end >= 0 else len(xml)):
        wide = _WIDE.search(far.group()) is not None
        code, limit = ("too_many_columns", MOST_COLUMNS) if wide else ("too_many_rows", MOST_ROWS)
        raise FileRefused(code, file=name, sheet=sheet, limit=limit)


def _at(cell: re.Match[bytes]) -> tuple[int, int]:
    return int(cell.group(2)) - 1, _column(cell.group(1))


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


def _of_tables(xml: bytes, name: str) -> dict[str, Innards]:
    return {
        (sheet := unescape(table.group(1).decode("utf-8", "replace"))): Innards(
            frozenset(_hidden_in(table.group(2), name, sheet)),
            merged=merged_in(table.group(2), MOST_ROWS + SPARE)
            if b"-spanned=" in table.group(2)
            else (),
        )
        for table in _TABLE.finditer(xml)
    }


def _hidden_in(table: bytes, name: str, sheet: str) -> set[int]:
    """The rows of an ods table that are hidden."""
    hidden: set[int] = set()
    rows = list(ODS_ROW.finditer(table))
    ends = [row.start() for row in rows[1:]] + [len(table)]
    at = 0
    for row, end in zip(rows, ends, strict=True):
        repeated = DOWN.search(row.group(1))
        count = int(repeated.group(1)) if repeated else 1
        written = table[row.end() : end]
        if b"<text:p" in written or b"office:value" in written:
            if at + count > MOST_ROWS + SPARE:
                raise FileRefused("too_many_rows", file=name, sheet=sheet, limit=MOST_ROWS)
            if _width(written) > MOST_COLUMNS:
                raise FileRefused("too_many_columns", file=name, sheet=sheet, limit=MOST_COLUMNS)
        if _COLLAPSED.search(row.group(1)) and count <= MOST_ROWS:
            hidden.update(range(at, at + count))
        at += count
    return hidden


def _width(row: bytes) -> int:
    """Cells up to the last of an ods row that holds something."""
    width = last = 0
    for cell in _TABLE_CELL.finditer(row):
        across = ACROSS.search(cell.group(1))
        width += int(across.group(1)) if across else 1
        if not cell.group(2) or b"office:value" in cell.group(1):
            last = width
    return last
