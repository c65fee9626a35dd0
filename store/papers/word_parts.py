"""Parts of Word files: tables as they stand on a paper, and files that are the same whenever they are made."""

import io
import zipfile
from typing import Any

from core.words.text import visible
from store.papers.paper import PaperTable
from store.papers.word_marks import indented

LATIN = "Times New Roman"
BODY, HEI, SONG = "仿宋_GB2312", "黑体", "宋体"
WIDTH_MM = 156
_CELL_LINES = '<w:pPr><w:snapToGrid w:val="0"/><w:spacing w:line="340" w:lineRule="exact"/></w:pPr>'
"""Lines of a table stand closer than those of the page."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def table_of(table: PaperTable) -> Any:
    """A table as an element of a document."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    from store.ledgers.going_out.wordfile import row_xml, table_xml

    whole = parse_xml(
        table_xml(
            table.header,
            table.widths,
            WIDTH_MM,
            nsdecls("w"),
            _cell_font(HEI, table.size),
            _CELL_LINES,
        )
    )
    for row in table.rows:
        whole.append(
            parse_xml(row_xml(row, nsdecls("w"), _cell_font(BODY, table.size), _CELL_LINES))
        )
    return whole


def _cell_font(name: str, size: float) -> str:
    """Properties of a run in a table: a font, and points."""
    return (
        f'<w:rPr><w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{name}"/>'
        f'<w:sz w:val="{round(size * 2)}"/></w:rPr>'
    )


def same_always(data: bytes) -> bytes:
    """The same members with the same content and no time of their own."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(out, "w") as kept:
        for name in sorted(made.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(member, made.read(name))
    return out.getvalue()


_GRID_PITCH = 579
"""Of the document grid, in twentieths of a point."""


_CLOSER = -5
"""Twentieths of a point that characters of 16 points stand closer: 28 of them in 156 mm. The grid of the
document could say so too, but not every program reads it alike."""


_RED = "C00000"


def add_run(paragraph: Any, text: str, font: str, size: float, *, red: bool = False) -> None:
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(visible(text))
    run.font.name, run.font.size = LATIN, Pt(size)
    set_east_asian(run._element.get_or_add_rPr(), font)
    if size == 16:
        _closer(run._element.get_or_add_rPr())
    if red:
        run.font.color.rgb = RGBColor.from_string(_RED)


def _closer(properties: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(_CLOSER))
    properties.insert_element_before(
        spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:lang"
    )


def set_east_asian(properties: Any, font: str) -> None:
    """The font of Chinese text, which `font.name` does not reach."""
    from docx.oxml.ns import qn

    properties.get_or_add_rFonts().set(qn("w:eastAsia"), font)


def set_grid(section: Any) -> None:
    """22 lines of 28 characters."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(_GRID_PITCH))
    section._sectPr.append(grid)


def add_page_number(paragraph: Any, *, left: bool) -> None:
    """— 1 —, odd ones on the right and even ones on the left, a character from the edge."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if left else WD_ALIGN_PARAGRAPH.RIGHT
    indented(paragraph, "left" if left else "right", 1)
    add_run(paragraph, "— ", SONG, 14)
    run = paragraph.add_run()
    run.font.name = LATIN
    set_east_asian(run._element.get_or_add_rPr(), SONG)
    for kind in ("begin", "", "end"):
        if kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.text = "PAGE"
        run._element.append(part)
    add_run(paragraph, " —", SONG, 14)
