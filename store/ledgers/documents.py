"""Tables of Word files and of web pages that call themselves .xls, as grids of cells."""

import io
from collections.abc import Iterator
from typing import Any

from store.errors import FileRefused
from store.ledgers.archive import Archive
from store.ledgers.grids import Grid, check_size, decoded
from store.ledgers.innards import MOST_COLUMNS, Innards
from store.ledgers.pictures import relations

_PART = "word/document.xml"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_WIDEST_SPAN = 1000
_APART = frozenset({"p", "div", "h1", "h2", "h3", "h4", "caption", "br", "li", "tr"})


def _named(number: int) -> str:
    """What a table of a document is called."""
    return f"表{number}"


def word_grids(data: bytes, name: str) -> list[Grid]:
    """The tables of a Word file, and what stands above each; then its text. Raises `FileRefused`."""
    import docx
    from docx.table import Table

    archive = Archive(data, name)
    archive.check_parts()
    media = relations(archive, _PART)
    try:
        document = docx.Document(io.BytesIO(data))
        found: list[Grid] = []
        above: list[str] = []
        text: list[str] = []
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                found.append(_word_table(block, _named(len(found) + 1), tuple(above), media, name))
                above = []
            else:
                above.append(block.text)
                text.append(block.text)
    except FileRefused:
        raise
    except Exception as error:  # whatever a damaged document makes of python-docx and lxml
        raise FileRefused("cut_short", file=name) from error
    return [*found, Grid(None, [[line] for line in text])]


def _word_table(
    table: Any, sheet: str, above: tuple[str, ...], media: dict[str, str], name: str
) -> Grid:
    rows: list[list[Any]] = []
    pictures: dict[tuple[int, int], list[str]] = {}
    for at, row in enumerate(table.rows):
        cells: list[Any] = [""] * row.grid_cols_before
        for cell in row.cells:
            shown = [media.get(b.get(_EMBED, ""), "") for b in cell._tc.iter("{*}blip")]
            if shown:
                pictures[at, len(cells)] = shown
            cells.append(cell.text.strip())
        rows.append(cells)
        check_size(len(rows), len(cells), name, sheet)
    return Grid(sheet, _even(rows), above=above, inside=Innards(pictures=pictures))


def html_grids(data: bytes, name: str, encoding: str | None) -> list[Grid]:
    """The innermost tables of a web page. Raises `FileRefused`."""
    import lxml.html
    from lxml.etree import LxmlError

    text = decoded(data, name, encoding).replace("\0", "")
    head, closing, rest = text.partition("?>")
    if closing and head.lstrip("\ufeff \r\n\t").startswith("<?xml"):
        text = rest
    try:
        root = lxml.html.document_fromstring(text)
    except (LxmlError, ValueError) as error:
        raise FileRefused("not_a_ledger", file=name) from error
    found: list[Grid] = []
    above: list[str] = []
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "table" and element.find(".//table") is None:
            sheet = _named(len(found) + 1)
            found.append(_html_table(element, sheet, tuple(above), name))
            above = []
        elif element.tag in _APART and not any(a.tag == "table" for a in element.iterancestors()):
            above.append((element.text or "").strip())
    if not found:
        raise FileRefused("not_a_ledger", file=name)
    return found


def _html_table(table: Any, sheet: str, above: tuple[str, ...], name: str) -> Grid:
    """A table with every spanned cell filled."""
    rows: list[list[Any]] = []
    down: dict[int, tuple[int, str]] = {}
    """Columns that a cell above still fills: for how many rows, and with what."""
    captions = tuple(_text_of(c) for c in table.iter("caption"))
    for line in table.iter("tr"):
        cells: list[Any] = []
        for cell in line:
            if cell.tag not in ("td", "th"):
                continue
            _fill_from_above(cells, down)
            text = _text_of(cell)
            for _ in range(_span(cell, "colspan")):
                if (tall := _span(cell, "rowspan")) > 1:
                    down[len(cells)] = (tall - 1, text)
                cells.append(text)
        _fill_from_above(cells, down)
        rows.append(cells)
        check_size(len(rows), len(cells), name, sheet)
    return Grid(sheet, _even(rows), above=(*above, *captions))


def _fill_from_above(cells: list[Any], down: dict[int, tuple[int, str]]) -> None:
    while (held := down.get(len(cells))) is not None:
        left, text = held
        if left > 1:
            down[len(cells)] = (left - 1, text)
        else:
            del down[len(cells)]
        cells.append(text)


def _span(cell: Any, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    return max(1, min(int(text), _WIDEST_SPAN)) if text.isascii() and text.isdigit() else 1


def _text_of(cell: Any) -> str:
    return "".join(_pieces(cell)).replace("\xa0", " ").strip()


def _pieces(element: Any) -> Iterator[str]:
    if element.tag in ("script", "style") or not isinstance(element.tag, str):
        return
    yield _squeezed(element.text)
    for child in element:
        if child.tag in _APART:
            yield "\n"
        yield from _pieces(child)
        yield _squeezed(child.tail)


def _squeezed(text: str | None) -> str:
    """Text as a browser shows it: its line ends are blanks."""
    return " ".join(text.split()) if text and text.strip() else ""


def _even(rows: list[list[Any]]) -> list[list[Any]]:
    width = min(max((len(row) for row in rows), default=0), MOST_COLUMNS)
    return [row + [""] * (width - len(row)) for row in rows]
