"""Parts of Word files: tables as they stand on a paper, and files that are the same whenever they are made."""

import io
import zipfile
from typing import Any

from store.papers.paper import Table

LATIN = "Times New Roman"
BODY, HEI = "仿宋_GB2312", "黑体"
WIDTH_MM = 156
_CELL_LINES = '<w:pPr><w:snapToGrid w:val="0"/><w:spacing w:line="340" w:lineRule="exact"/></w:pPr>'
"""Lines of a table stand closer than those of the page."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def table_of(table: Table) -> Any:
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
