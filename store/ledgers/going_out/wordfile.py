"""Rows as a table in a Word file: landscape A4, the header on every page."""

import io
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from core.words.text import visible
from store.ledgers.going_out.grouping import Section, cells_of
from store.ledgers.going_out.sheet import MEASURED, width_of
from store.ledgers.going_out.values import shown

_MARGIN_MM, _PAGE_MM = 15, (297, 210)
_DXA_PER_MM = 56.7
"""Twentieths of a point in a millimetre."""
_BODY, _HEAD = "仿宋", "黑体"
_FEWEST_CELLS, _MOST_CELLS = 6, 30
"""A column gets a share of the page by the width of its text, within these bounds."""


def word_table(
    parts: Sequence[Section],
    headers: dict[str, str],
    title: str,
    progress: Callable[[int, int], None],
) -> bytes:
    """The bytes of a .docx; a named section has its name over its table."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn
    from docx.shared import Mm, Pt

    document = docx.Document()
    document.core_properties.title = visible(title)
    document.core_properties.author = ""
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(_PAGE_MM[0]), Mm(_PAGE_MM[1])
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(page, side, Mm(_MARGIN_MM))
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(9)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _BODY)
    normal.paragraph_format.space_after = Pt(0)
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = heading.add_run(visible(title))
    run.bold, run.font.size = True, Pt(16)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    _number_pages(page.footer.paragraphs[0])
    done, total = 0, sum(len(part.rows) for part in parts)
    for part in parts:
        if part.name:
            over = document.add_paragraph()
            over.paragraph_format.keep_with_next = True
            over.paragraph_format.space_before = Pt(6)
            name = over.add_run(visible(part.name))
            name._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _HEAD)
        table = parse_xml(_opening(nsdecls("w"), headers, part))
        for row in part.rows:
            values = [shown(value) for value in cells_of(row, headers)]
            table.append(parse_xml(row_xml(values, nsdecls("w"))))
            done += 1
            if done % 200 == 0:
                progress(done, total)
        document.element.body.insert_element_before(table, "w:sectPr")
        document.add_paragraph()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _opening(namespace: str, headers: dict[str, str], part: Section) -> str:
    """A table with its columns and its header."""
    shares = [
        max(_FEWEST_CELLS, min(_MOST_CELLS, width_of(header, part.rows[:MEASURED], key)))
        for key, header in headers.items()
    ]
    width = _PAGE_MM[0] - 2 * _MARGIN_MM
    return table_xml(list(headers.values()), shares, width, namespace, "<w:rPr><w:b/></w:rPr>")


def table_xml(
    header: Sequence[str],
    shares: Sequence[int],
    width: float,
    namespace: str,
    font: str,
    paragraph: str = "",
) -> str:
    """A table with edges, `width` mm wide, and the row that stands on each of its pages.

    `shares` are those of the columns in the width, `font` and `paragraph` the properties of the
    header's runs and paragraphs.
    """
    room = width * _DXA_PER_MM
    widths = [round(room * share / sum(shares)) for share in shares]
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    return (
        f'<w:tbl {namespace}><w:tblPr><w:tblW w:w="5000" w:type="pct"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{row_xml(header, '', font, paragraph, head=True)}</w:tbl>"
    )


def row_xml(
    values: Sequence[str],
    namespace: str,
    font: str = "",
    paragraph: str = "",
    *,
    head: bool = False,
) -> str:
    """A row that no page divides; `font` and `paragraph` are the properties of runs and paragraphs."""
    kept = "<w:cantSplit/>" + ("<w:tblHeader/>" if head else "")
    cells = "".join(
        f"<w:tc><w:p>{paragraph}<w:r>{font}{_lines(visible(value))}</w:r></w:p></w:tc>"
        for value in values
    )
    return f"<w:tr {namespace}><w:trPr>{kept}</w:trPr>{cells}</w:tr>"


def _lines(text: str) -> str:
    """Text of a run, its line ends as breaks."""
    return "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line, quote=False)}</w:t>' for line in text.split("\n")
    )


def _number_pages(paragraph: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"/>'))
