"""A paper as a Word file, laid out by GB/T 9704-2012 (docs/domain.md 10).

A4, 22 lines of 28 characters a page. Fonts are named and never embedded: the computers that open it have them, the
server need not. The same paper is the same bytes, whenever it is made.
"""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from core.words.text import visible
from store.papers.paper import Block, Level, Paper, PaperTable
from store.papers.word_marks import indented, marked, on_its_side, ruled
from store.papers.word_parts import (
    _RED,
    BODY,
    HEI,
    LATIN,
    WIDTH_MM,
    add_page_number,
    add_run,
    same_always,
    set_east_asian,
    set_grid,
    table_of,
)

TITLE, KAI = "方正小标宋简体", "楷体_GB2312"
LINE_PITCH = 28.95
"""Points; 225 mm hold 22 of them, and of 29 only 21."""
_MARGINS_MM = {"top": 37, "bottom": 35, "left": 28, "right": 26}
_MARK_BELOW_MM = 35
_RULE_BELOW_PT = 11
"""The red line stands 4 mm below the number."""
_LARGEST_MARK, _MARK_CELLS = 36, 17
"""Points of the red head, and characters it has room for at that size."""


def as_docx(paper: Paper) -> bytes:
    """The bytes of a .docx."""
    return _Writer(paper).written()


def as_pages(title: str, tables: Sequence[PaperTable], lines: Sequence[str] = ()) -> bytes:
    """The bytes of a .docx without a head: lines of text, then a table a page."""
    return _Writer(Paper(mark="", number="", title=title, tables=tuple(tables))).pages(lines)


class _Writer:
    """Writes one paper."""

    def __init__(self, paper: Paper) -> None:
        import docx
        from docx.shared import Mm, Pt

        self._paper = paper
        self._marks = 0
        self._document = document = docx.Document()
        style = document.styles["Normal"]
        style.font.name, style.font.size = LATIN, Pt(16)
        set_east_asian(style.element.get_or_add_rPr(), BODY)
        style.paragraph_format.space_after = Pt(0)
        page = document.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        for side, size in _MARGINS_MM.items():
            setattr(page, f"{side}_margin", Mm(size))
        page.footer_distance = Mm(_MARGINS_MM["bottom"] - 10)
        set_grid(page)
        document.settings.odd_and_even_pages_header_footer = True
        add_page_number(page.footer.paragraphs[0], left=False)
        add_page_number(page.even_page_footer.paragraphs[0], left=True)
        properties = document.core_properties
        properties.title, properties.author = visible(paper.title), visible(paper.office)
        properties.created = properties.modified = datetime(2000, 1, 1)
        properties.last_modified_by = ""

    def written(self) -> bytes:
        """The whole paper."""
        self._head()
        for block in self._paper.blocks:
            if isinstance(block, PaperTable):
                self._inline(block)
            else:
                self._block(block)
        if self._document.paragraphs:  # who signs stands on no page without text
            self._document.paragraphs[-1].paragraph_format.keep_with_next = True
        self._foot()
        for number, table in enumerate(self._paper.tables, 1):
            self._attached(number, table)
        self._copies()
        return self._saved()

    def pages(self, lines: Sequence[str]) -> bytes:
        """Lines, and the tables of the paper without what numbers attachments."""
        for line in lines:
            self._line(line, align="left")
        for number, table in enumerate(self._paper.tables):
            self._line(table.title, TITLE, 22, align="centre", page=number > 0, keep=True)
            self._tabled(table)
        return self._saved()

    def _saved(self) -> bytes:
        out = io.BytesIO()
        self._document.save(out)
        return same_always(out.getvalue())

    def _tabled(self, table: PaperTable) -> None:
        self._document.element.body.insert_element_before(table_of(table), "w:sectPr")
        for line in table.below or ("",):  # a table does not end a document
            self._line(line, BODY, 14, align="left")

    def _inline(self, table: PaperTable) -> None:
        """A table in the body; its title stays with it, its header stands on each page of it."""
        if table.title:
            self._line(table.title, HEI, 14, align="centre", keep=True)
        self._document.element.body.insert_element_before(table_of(table), "w:sectPr")
        for line in table.below or ("",):
            self._line(line, BODY, 12, align="left")

    def _line(self, text: str = "", font: str = BODY, size: float = 16, **how: Any) -> Any:
        """A paragraph of one font on the grid of lines."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
        from docx.shared import Pt

        paragraph = self._document.add_paragraph()
        form = paragraph.paragraph_format
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE_PITCH)
        form.widow_control = True
        form.keep_with_next = how.get("keep", False)
        form.page_break_before = how.get("page", False)
        align = how.get("align", "both")
        paragraph.alignment = {
            "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
            "left": WD_ALIGN_PARAGRAPH.LEFT,
            "centre": WD_ALIGN_PARAGRAPH.CENTER,
            "right": WD_ALIGN_PARAGRAPH.RIGHT,
        }[align]
        for name, chars in how.get("indent", {}).items():
            indented(paragraph, name, chars)
        if text:
            add_run(paragraph, text, font, size, red=how.get("red", False))
        return paragraph

    def _head(self) -> None:
        from docx.enum.text import WD_LINE_SPACING
        from docx.shared import Mm, Pt

        paper = self._paper
        size = min(_LARGEST_MARK, _LARGEST_MARK * _MARK_CELLS / 1.3 / max(1, len(paper.mark)))
        mark = self._line(paper.mark, TITLE, round(size), align="centre", red=True, keep=True)
        mark.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        mark.paragraph_format.space_before = Mm(_MARK_BELOW_MM)
        self._line(keep=True)
        number = self._line(paper.number, align="centre", keep=True)
        ruled(number, "bottom", _RED, _RULE_BELOW_PT)
        self._line(keep=True)
        self._line(keep=True)
        title = self._line(paper.title, TITLE, 22, align="centre", keep=True)
        title.paragraph_format.line_spacing = Pt(LINE_PITCH * 1.2)
        self._line(keep=True)
        if paper.to:
            self._line(f"{paper.to}：", align="left", keep=True)

    def _block(self, block: Block) -> None:
        indent = {"firstLine": 2}
        if block.level == Level.FIRST:
            self._line(block.text, HEI, indent=indent, keep=True)
        elif block.level == Level.SECOND:
            heading, stop, rest = block.text.partition("。")
            paragraph = self._line(indent=indent)
            add_run(paragraph, heading + stop, KAI, 16)
            add_run(paragraph, rest, BODY, 16)
        elif block.key:
            self._named(block, indent)
        else:
            self._line(block.text, indent=indent)

    def _named(self, block: Block, indent: dict[str, int]) -> None:
        """A paragraph that is found again by its bookmarks."""
        paragraph = self._line(indent=indent)
        self._marks = marked(
            paragraph, block, self._marks, lambda text: add_run(paragraph, text, BODY, 16)
        )

    def _foot(self) -> None:
        """附件, who signs and when, the note."""
        paper = self._paper
        if paper.attachments:
            self._line(keep=True)
            only = len(paper.attachments) == 1
            for at, name in enumerate(paper.attachments, 1):
                said = name if only else f"{at}.{name}"
                self._line(
                    f"附件：{said}" if at == 1 else f"　　　{said}",
                    align="left",
                    indent={"firstLine": 2},
                    keep=True,
                )
        self._line(keep=True)
        self._line(keep=True)
        # The name stands centred over the day, the day four characters from the edge.
        day, office = _cells(paper.day), _cells(paper.office)
        outer = 4 + max(0.0, (office - day) / 2 - 4)
        self._line(
            paper.office, align="right", indent={"right": outer + (day - office) / 2}, keep=True
        )
        self._line(paper.day, align="right", indent={"right": outer}, keep=bool(paper.note))
        if paper.note:
            self._line(paper.note, align="left", indent={"firstLine": 2})

    def _copies(self) -> None:
        """版记, on the last page: who is told as well, who issued it and when."""
        from docx.enum.text import WD_TAB_ALIGNMENT
        from docx.shared import Mm

        paper = self._paper
        if not paper.copies:
            return
        edge = {"left": 1, "right": 1}
        self._line(keep=True)
        told = paper.copies.rstrip("。") + "。"
        copies = self._line(f"抄送：{told}", BODY, 14, align="left", indent=edge, keep=True)
        ruled(copies, "top", "000000", 1)
        issued = self._line(f"{paper.office}\t{paper.day}印发", BODY, 14, align="left", indent=edge)
        issued.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH_MM - 5), WD_TAB_ALIGNMENT.RIGHT)
        ruled(issued, "top", "000000", 1)
        ruled(issued, "bottom", "000000", 1)

    def _attached(self, number: int, table: PaperTable) -> None:
        """附件 on a page of its own: its header stands on each page of it."""
        only = len(self._paper.tables) == 1
        if table.landscape:
            on_its_side(self._document)
        name = "附件" if only else f"附件{number}"
        self._line(name, HEI, align="left", page=not table.landscape, keep=True)
        self._line(table.title, TITLE, 22, align="centre", keep=True)
        self._line(keep=True)
        self._tabled(table)


def _cells(text: str) -> float:
    """How many Chinese characters wide a text is."""
    from rich.cells import cell_len

    return cell_len(text) / 2
