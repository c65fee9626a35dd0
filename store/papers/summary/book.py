"""工作总结 as a workbook: 附表, and a sheet of every number's lines."""

import io
from typing import Any

from core.words.text import visible
from store.ledgers.going_out.sheet import OPTIONS
from store.papers.circular.book import Book
from store.papers.summary.body import PROGRESS_HEADER, Evidence, progress_row, title_of

TRACE_HEADER = ("口径", "数值", "计入", "编号", "日期", "单位", "责任区", "值", "未计入原因")


def summary_book(evidence: Evidence) -> bytes:
    """The bytes of an .xlsx: 附表 and 溯源."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {**OPTIONS, "constant_memory": False})
    book.set_properties({"title": visible(title_of(evidence))})
    writer = Book(book)
    writer.sheet("附表", PROGRESS_HEADER, map(progress_row, evidence["targets"]))
    writer.sheet("溯源", TRACE_HEADER, trace_rows(evidence["numbers"]), numbers=7)
    book.close()
    return out.getvalue()


def trace_rows(numbers: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    """A row a line of every number, those left out behind them."""
    rows = []
    for each in numbers:
        head = each["name"], each["text"]
        for line in each["lines"]:
            told = (line["ref"], line["on"], line["unit"], line["zone"], line["value"])
            rows.append((*head, "计入", *(str(cell or "") for cell in told), ""))
        rows += [
            (*head, "未计入", left["ref"], "", "", "", "", left["why"]) for left in each["left_out"]
        ]
        if not each["lines"] and not each["left_out"]:
            rows.append((*head, "", "", "", "", "", "", ""))
    return rows
