"""Pairs in a Word file: four a page, each with its number, place, days and unit over the two pictures."""

import io
from collections.abc import Iterable
from typing import Any

from core.words.text import visible
from store.papers.pairs.before_after import NO_PHOTO, Shown

A_PAGE = 4
TITLE = "整改前后对比"
_PAGE_MM, _MARGIN_MM = (210, 297), 15
_CAPTION_MM, _PICTURE_MM = 13, 46
_WIDTH_MM = 84
"""Of a picture at the most: half the page, less the edges of its cell."""


def pair_sheet(shown: Iterable[Shown], title: str) -> bytes:
    """The bytes of a .docx."""
    import docx
    from docx.shared import Mm, Pt

    document = docx.Document()
    document.core_properties.title = visible(title)
    document.core_properties.author = ""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(_PAGE_MM[0]), Mm(_PAGE_MM[1])
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(page, side, Mm(_MARGIN_MM))
    document.styles["Normal"].font.size = Pt(10)
    document.styles["Normal"].paragraph_format.space_after = Pt(0)
    _fill(document, shown, title)
    return _bytes(document)


def with_annex(paper: bytes, shown: Iterable[Shown]) -> bytes:
    """A paper with the pairs behind it, on pages of their own."""
    import docx
    from docx.enum.section import WD_ORIENT, WD_SECTION
    from docx.shared import Mm

    document = docx.Document(io.BytesIO(paper))
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(_PAGE_MM[0]), Mm(_PAGE_MM[1])
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Mm(_MARGIN_MM))
    _fill(document, shown, f"附件：{TITLE}")
    return _bytes(document)


def _bytes(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _fill(document: Any, shown: Iterable[Shown], title: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK

    over = document.add_paragraph()
    over.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _written(over, title, 16, "宋体", bold=True)
    for count, each in enumerate(shown):
        if count and count % A_PAGE == 0:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        elif count:
            _written(document.add_paragraph(), "", 4)
        _one(document, each)


def _one(document: Any, each: Shown) -> None:
    from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    table = document.add_table(2, 2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _edged(table)
    head = table.cell(0, 0).merge(table.cell(0, 1)).paragraphs[0]
    pair = each.pair
    _written(head, f"{pair.number}　{pair.place}　{pair.unit}", 10, "黑体")
    head.add_run().add_break()
    _written(head, _short(pair.description, pair.days), 9)
    for row, height in zip(table.rows, (_CAPTION_MM, _PICTURE_MM), strict=True):
        row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.EXACTLY
    for at, (data, word) in enumerate(((each.before, "整改前"), (each.after, "整改后"))):
        paragraph = table.cell(1, at).paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if not data:
            _written(paragraph, f"{word}{NO_PHOTO}", 9)
            continue
        picture = paragraph.add_run().add_picture(io.BytesIO(data), height=Mm(_PICTURE_MM - 2))
        if picture.width > Mm(_WIDTH_MM):
            picture.height = round(picture.height * Mm(_WIDTH_MM) / picture.width)
            picture.width = Mm(_WIDTH_MM)


_MOST = 46
"""Characters of a problem over its pictures."""


def _short(description: str, days: str) -> str:
    said = " ".join(description.split())
    said = said if len(said) <= _MOST else said[: _MOST - 2] + "……"
    return f"{said}　{days}" if days else said


def _written(
    paragraph: Any, text: str, size: int, font: str = "仿宋", *, bold: bool = False
) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run = paragraph.add_run(visible(text))
    run.bold, run.font.size = bold, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _edged(table: Any) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    edges = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="808080"/>' for side in sides)
    table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{edges}</w:tblBorders>"))
