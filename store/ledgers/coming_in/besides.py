"""What people put beside the values of a workbook: comments, crossed-out texts, hidden columns; and what of an
ods is merged. Read by its tags alone, like the rest of a workbook's insides."""

import re
from collections.abc import Iterator
from html import unescape

from store.ledgers.coming_in.pictures import relations
from store.ledgers.zipped import Archive

STYLES = "xl/styles.xml"
SHARED = "xl/sharedStrings.xml"
_COMMENT = re.compile(
    rb'<(?:\w+:)?comment\b[^>]*\bref="([A-Z]{1,3})(\d{1,7})"[^>]*>(.*?)</(?:\w+:)?comment>',
    re.DOTALL,
)
_TEXT = re.compile(rb"<(?:\w+:)?t\b[^>]*>([^<]*)</(?:\w+:)?t>")
_FONTS = re.compile(rb"<(?:\w+:)?fonts\b.*?</(?:\w+:)?fonts>", re.DOTALL)
_FONT = re.compile(rb"<(?:\w+:)?font\b(?:[^>]*/>|.*?</(?:\w+:)?font>)", re.DOTALL)
_STRIKE = re.compile(rb'<(?:\w+:)?strike(?:\s+val="(?:1|true)")?\s*/>')
_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_FORMAT = re.compile(rb"<(?:\w+:)?xf\b[^>]*>")
_FONT_OF = re.compile(rb'\bfontId="(\d{1,6})"')
_CELL = re.compile(
    rb'<(?:\w+:)?c\b(?=[^>]*\br="([A-Z]{1,3})(\d{1,7})")(?=[^>]*\bs="(\d{1,6})")[^>]*[^/]>'
)
_SHARED_CELL = re.compile(
    rb'<(?:\w+:)?c\b(?=[^>]*\br="([A-Z]{1,3})(\d{1,7})")(?=[^>]*\bt="s")[^>]*>\s*<(?:\w+:)?v>(\d{1,9})<'
)
_COLUMN = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_MIN, _MAX = re.compile(rb'\bmin="(\d{1,5})"'), re.compile(rb'\bmax="(\d{1,5})"')
ODS_ROW = re.compile(rb"<table:table-row\b([^>]*)>")
_ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*?)/?>")
DOWN = re.compile(rb'\btable:number-rows-repeated="(\d{1,7})"')
ACROSS = re.compile(rb'\btable:number-columns-repeated="(\d{1,7})"')
_ROWS_SPANNED = re.compile(rb'\btable:number-rows-spanned="(\d{1,7})"')
_COLUMNS_SPANNED = re.compile(rb'\btable:number-columns-spanned="(\d{1,7})"')
MOST_COMMENTS = 5_000
LONGEST_COMMENT = 2_000
"""Characters kept of a comment."""
FARTHEST = 20_000
"""Columns up to which a hidden one is told."""

Cell = tuple[int, int]
Range = tuple[Cell, Cell]


def comments_of(archive: Archive, sheet: str) -> dict[Cell, str]:
    """What people wrote beside the cells of a sheet."""
    found: dict[Cell, str] = {}
    for part in relations(archive, sheet).values():
        if "comment" not in part.rpartition("/")[2].lower() or not part.endswith(".xml"):
            continue
        for comment in _COMMENT.finditer(archive.read(part)):
            text = "".join(
                unescape(t.decode("utf-8", "replace")) for t in _TEXT.findall(comment[3])
            )
            if text.strip() and len(found) < MOST_COMMENTS:
                found[_at(comment[1], comment[2])] = text.strip()[:LONGEST_COMMENT]
    return found


class Strikes:
    """Which styles and which texts of a workbook are crossed out."""

    def __init__(self, archive: Archive) -> None:
        styles = archive.read(STYLES)
        self._formats: frozenset[int] = frozenset()
        self._texts: frozenset[int] = frozenset()
        if b"strike" in styles:
            fonts = _FONTS.search(styles)
            struck = {
                at
                for at, font in enumerate(_FONT.findall(fonts[0][7:] if fonts else b""))
                if _STRIKE.search(font)
            }
            formats = _FORMATS.search(styles)
            self._formats = frozenset(
                at
                for at, form in enumerate(_FORMAT.findall(formats[0] if formats else b""))
                if (font := _FONT_OF.search(form)) and int(font[1]) in struck
            )
        shared = archive.read(SHARED)
        if b"strike" in shared:
            self._texts = frozenset(
                at for at, text in enumerate(shared.split(b"<si")[1:]) if _STRIKE.search(text)
            )

    def of(self, xml: bytes) -> Iterator[Cell]:
        """The cells of a sheet that are crossed out, wholly or in part, and hold something."""
        if self._formats:
            for cell in _CELL.finditer(xml):
                if int(cell[3]) in self._formats:
                    yield _at(cell[1], cell[2])
        if self._texts:
            for cell in _SHARED_CELL.finditer(xml):
                if int(cell[3]) in self._texts:
                    yield _at(cell[1], cell[2])


def hidden_columns(xml: bytes) -> Iterator[int]:
    """The columns of a sheet that nobody sees."""
    for column in _COLUMN.findall(xml[: xml.find(b"<sheetData")]):  # they stand before the cells
        first, last = _MIN.search(column), _MAX.search(column)
        if HIDDEN.search(column) and first and last:
            yield from range(int(first[1]) - 1, min(int(last[1]), FARTHEST))


def merged_in(table: bytes, most: int) -> tuple[Range, ...]:
    """The merged ranges of an ods table, up to row `most`."""
    found: list[Range] = []
    rows = list(ODS_ROW.finditer(table))
    ends = [row.start() for row in rows[1:]] + [len(table)]
    at = 0
    for row, end in zip(rows, ends, strict=True):
        if at > most:
            break
        column = 0
        for cell in _ODS_CELL.finditer(table, row.end(), end):
            down, across = _ROWS_SPANNED.search(cell[1]), _COLUMNS_SPANNED.search(cell[1])
            height, width = (int(each[1]) if each else 1 for each in (down, across))
            if height > 1 or width > 1:
                found.append(((at, column), (min(at + height, most) - 1, column + width - 1)))
            repeated = ACROSS.search(cell[1])
            column += int(repeated[1]) if repeated else 1
        repeated = DOWN.search(row[1])
        at += int(repeated[1]) if repeated else 1
    return tuple(found)


def _at(letters: bytes, row: bytes) -> Cell:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return int(row) - 1, column - 1
