"""Bookmarks by which paragraphs and numbers of a Word file are found again, lines, indents, pages on their side."""

from collections.abc import Callable
from typing import Any

from store.papers.paper import Block

PARAGRAPH, NUMBER = "zgp", "zgn"
"""What names of bookmarks begin with: of a paragraph, of a number, which has one of its own more."""


def bookmark(head: str, name: str) -> str:
    """The name of a bookmark: letters, digits and _ alone, 40 at the most."""
    return f"{head}_{name.replace('.', '__')}"[:40]


def marked(paragraph: Any, block: Block, count: int, write: Callable[[str], None]) -> int:
    """Write a block between bookmarks of its key, each number between those of its measure; how many there are
    in the file then. LibreOffice and Word keep them where the words around are rewritten.
    """
    count = _begin(paragraph, bookmark(PARAGRAPH, block.key), count)
    whole, at = count, 0
    for number in block.numbers:
        if number.start > at:
            write(block.text[at : number.start])
        count = _begin(paragraph, bookmark(f"{NUMBER}{count}", number.name), count)
        write(block.text[number.start : number.end])
        _end(paragraph, count)
        at = number.end
    if block.text[at:]:
        write(block.text[at:])
    _end(paragraph, whole)
    return count


def _begin(paragraph: Any, name: str, count: int) -> int:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    start = OxmlElement("w:bookmarkStart")
    start.set(qn("w:id"), str(count + 1))
    start.set(qn("w:name"), name)
    paragraph._p.append(start)
    return count + 1


def _end(paragraph: Any, key: int) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    end = OxmlElement("w:bookmarkEnd")
    end.set(qn("w:id"), str(key))
    paragraph._p.append(end)


def on_its_side(document: Any) -> None:
    """Another section, whose pages lie on their side."""
    from docx.enum.section import WD_ORIENT, WD_SECTION
    from docx.shared import Mm

    page = document.add_section(WD_SECTION.NEW_PAGE)
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(297), Mm(210)


def indented(paragraph: Any, name: str, chars: float) -> None:
    """An indent in characters, which follows the size of the text."""
    from docx.oxml.ns import qn

    ind = paragraph._p.get_or_add_pPr().get_or_add_ind()
    ind.set(qn(f"w:{name}Chars"), str(round(chars * 100)))
    ind.set(qn(f"w:{name}"), str(round(chars * 320)))


def ruled(paragraph: Any, side: str, colour: str, space: int) -> None:
    """A line at a side of a paragraph."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = paragraph._p.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(
            borders,
            "w:shd",
            "w:tabs",
            "w:suppressAutoHyphens",
            "w:spacing",
            "w:ind",
            "w:jc",
            "w:rPr",
        )
    line = OxmlElement(f"w:{side}")
    for key, value in (("val", "single"), ("sz", "12"), ("space", str(space)), ("color", colour)):
        line.set(qn(f"w:{key}"), value)
    borders.append(line)
