"""Tables of Word files and of web pages that call themselves .xls, as grids of cells."""

import io
from collections.abc import Iterator
from typing import Any

from store.errors import FileRefused
from store.ledgers.coming_in.besides import Range
from store.ledgers.coming_in.grids import Grid, check_size
from store.ledgers.coming_in.innards import MOST_COLUMNS, Innards
from store.ledgers.coming_in.pictures import relations
from store.ledgers.coming_in.separated import decoded
from store.ledgers.zipped import Archive

_PART = "word/document.xml"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n"}
_AROUND = frozenset(_W + tag for tag in ("sdt", "sdtContent", "ins", "customXml", "smartTag"))
"""What may stand around rows and cells."""
_WIDEST_SPAN = 1000
MOST_TABLES = 500
"""Tables of a web page, those around and within others too."""
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
    """A table by its XML: rows and cells also where a change is tracked or a field holds them."""
    rows: list[list[Any]] = []
    pictures: dict[tuple[int, int], list[str]] = {}
    merged_over: list[Range] = []
    for at, line in enumerate(_within(table._tbl, "tr")):
        cells: list[Any] = [""] * _number(line, "trPr", "gridBefore")
        for cell in _within(line, "tc"):
            shown = [media.get(b.get(_EMBED, ""), "") for b in cell.iter("{*}blip")]
            if shown:
                pictures[at, len(cells)] = shown
            text = _word_text(cell)
            merged = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merged is not None and merged.get(f"{_W}val", "continue") == "continue" and rows:
                text = rows[-1][len(cells)] if len(cells) < len(rows[-1]) else ""
            span = max(1, min(_number(cell, "tcPr", "gridSpan"), _WIDEST_SPAN))
            if span > 1:
                merged_over.append(((at, len(cells)), (at, len(cells) + span - 1)))
            cells += [text] * span
            check_size(len(rows), len(cells), name, sheet)
        rows.append(cells)
        check_size(len(rows), len(cells), name, sheet)
    return Grid(
        sheet,
        _even(rows),
        tuple(merged_over),
        above=above,
        inside=Innards(pictures=pictures),
    )


def _within(element: Any, tag: str) -> Iterator[Any]:
    """Parts of a table or a row, whatever stands around them; not those of a table within."""
    for child in element:
        if child.tag == f"{_W}{tag}":
            yield child
        elif child.tag in _AROUND:
            yield from _within(child, tag)


def _number(element: Any, properties: str, name: str) -> int:
    found = element.find(f"{_W}{properties}/{_W}{name}")
    text = found.get(f"{_W}val", "") if found is not None else ""
    return min(int(text), _WIDEST_SPAN) if text.isascii() and text.isdigit() else 0


def _word_text(cell: Any) -> str:
    """The text of a cell as it reads with every tracked change taken."""
    parts = tuple(_W + tag for tag in ("t", *_BREAKS))
    return "\n".join(
        "".join(_BREAKS.get(part.tag.removeprefix(_W), part.text or "") for part in p.iter(*parts))
        for p in cell.iter(f"{_W}p")
    ).strip()


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
    if sum(1 for _table in root.iter("table")) > MOST_TABLES:
        raise FileRefused("too_many_sheets", file=name, limit=MOST_TABLES)
    found: list[Grid] = []
    above: list[str] = []
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "table" and _is_ledger(element):
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
    for line in _own_rows(table):
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
            check_size(len(rows), len(cells), name, sheet)
        _fill_from_above(cells, down)
        rows.append(cells)
        check_size(len(rows), len(cells), name, sheet)
    return Grid(sheet, _even(rows), above=(*above, *captions))


def _own_rows(table: Any) -> Iterator[Any]:
    """The rows of a table, not those of a table in one of its cells."""
    for line in table.iter("tr"):
        if next(line.iterancestors("table")) is table:
            yield line


def _is_ledger(table: Any) -> bool:
    """Whether a table is read: it holds no other, or several rows of several cells of its own."""
    if table.find(".//table") is None:
        return not any(_is_ledger(outer) for outer in table.iterancestors("table"))
    wide = sum(sum(cell.tag in ("td", "th") for cell in line) > 2 for line in _own_rows(table))
    return wide > 1


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
