"""考核通报 as a workbook: seven sheets, with charts of trend, ranking and categories (docs/circular.md 3)."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from core.words.text import visible
from store.ledgers.going_out.sheet import OPTIONS, put_cell
from store.papers.circular.body import adjusted, appraisal_paper, title_of
from store.papers.circular.tables import (
    DETAIL_HEADER,
    OFF_HEADER,
    UNIT_HEADER,
    ZONE_HEADER,
    Evidence,
    detail_rows,
    extra_said,
    off_rows,
    unit_rows,
    zone_rows,
)
from store.papers.paper import Block

_NUMBER_FROM = 2
"""Column of a table of units from which cells are numbers."""


def appraisal_book(evidence: Evidence) -> bytes:
    """The bytes of an .xlsx: 总表 单位 责任区 扣分明细 交办明细 加减分 口径."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {**OPTIONS, "constant_memory": False})
    book.set_properties({"title": visible(title_of(evidence))})
    writer = Book(book)
    _summary(writer, evidence)
    units = writer.sheet("单位", UNIT_HEADER, unit_rows(evidence), numbers=_NUMBER_FROM)
    writer.bars(
        units, "单位", "按期率", 1, UNIT_HEADER.index("按期率"), len(unit_rows(evidence)) - 1
    )
    writer.sheet("责任区", ZONE_HEADER, zone_rows(evidence), numbers=3)
    writer.sheet("扣分明细", OFF_HEADER, off_rows(evidence))
    writer.sheet("交办明细", DETAIL_HEADER, detail_rows(evidence))
    extras = [
        (unit["unit"], extra_said(each))
        for unit in evidence["units"]
        for each in unit.get("extras", ())
    ]
    writer.sheet("加减分", ("责任单位", "加减分"), extras)
    said = [
        (block.text,) for block in appraisal_paper(evidence).blocks[-1:] if isinstance(block, Block)
    ]
    said += [(adjusted(each),) for each in evidence["adjustments"]]
    writer.sheet("口径", ("口径和调整说明",), said)
    book.close()
    return out.getvalue()


def _summary(writer: "Book", evidence: Evidence) -> None:
    """总表: the months up to this one, the categories, and a chart of each."""
    header = ("月份", "交办", "应销号", "已销号", "按期", "按期率")
    codes = ("issued", "need", "closed", "ontime", "ontime_rate")
    rows = [(month["period"], *(month[code] for code in codes)) for month in evidence["trend"]]
    sheet = writer.sheet("总表", header, rows, numbers=1)
    below = len(rows) + 2
    kinds = [
        (each["category"] or "未分类", *(each[code] for code in codes))
        for each in evidence["categories"]
    ]
    writer.table(sheet, below, ("类别", *header[1:]), kinds, numbers=1)
    writer.lines(sheet, "总表", len(rows))
    writer.columns(sheet, "总表", below, len(kinds))


class Book:
    """Writes sheets one like the other."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._head = book.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "valign": "vcenter",
                "border": 1,
                "bg_color": "#DDE7F0",
            }
        )
        self._body = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        self._day = book.add_format({"num_format": "yyyy-m-d", "valign": "top", "border": 1})

    def sheet(
        self, name: str, header: Sequence[str], rows: Iterable[Sequence[str]], numbers: int = 99
    ) -> Any:
        """A sheet of its own with one table."""
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        self.table(sheet, 0, header, list(rows), numbers)
        return sheet

    def table(
        self,
        sheet: Any,
        top: int,
        header: Sequence[str],
        rows: Sequence[Sequence[str]],
        numbers: int,
    ) -> None:
        """A table from a row on; from the column `numbers` what is a number is one."""
        from rich.cells import cell_len

        sheet.write_row(top, 0, list(header), self._head)
        for at, row in enumerate(rows, top + 1):
            for column, cell in enumerate(row):
                value: Any = _number(cell) if column >= numbers or column == 0 else cell
                put_cell(sheet, at, column, value, self._body, self._day)
        if top == 0:
            for column, name in enumerate(header):
                widest = max([cell_len(name) + 4, *(cell_len(row[column]) + 2 for row in rows)])
                sheet.set_column(column, column, min(50, widest))

    def lines(self, sheet: Any, name: str, count: int) -> None:
        """走势: 按期率 of the months."""
        chart = self._book.add_chart({"type": "line"})
        self._series(chart, name, 5, 1, count)
        chart.set_title({"name": "按期率走势"})
        sheet.insert_chart(0, 7, chart)

    def columns(self, sheet: Any, name: str, top: int, count: int) -> None:
        """分类: what was issued of each category."""
        chart = self._book.add_chart({"type": "column"})
        self._series(chart, name, 1, top + 1, count)
        chart.set_title({"name": "各类别交办数"})
        sheet.insert_chart(16, 7, chart)

    def bars(self, sheet: Any, name: str, title: str, names: int, values: int, count: int) -> None:
        """排名: a bar a unit."""
        if count <= 0:
            return
        chart = self._book.add_chart({"type": "bar"})
        self._series(chart, name, values, 1, count, names)
        chart.set_title({"name": title})
        chart.set_y_axis({"reverse": True})
        sheet.insert_chart(0, len(UNIT_HEADER) + 1, chart)

    @staticmethod
    def _series(chart: Any, name: str, values: int, first: int, count: int, names: int = 0) -> None:
        last = first + max(count, 1) - 1
        chart.add_series(
            {
                "categories": [name, first, names, last, names],
                "values": [name, first, values, last, values],
            }
        )
        chart.set_legend({"none": True})


def _number(text: str) -> Any:
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text
