"""Rows as an Excel workbook: frozen header, real dates, widths that fit Chinese, a filter."""

import io
import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from core.words.text import visible
from store.ledgers.going_out.grouping import Row, Section, Sum, cells_of
from store.ledgers.going_out.values import shown

NARROWEST, WIDEST = 6, 50
MEASURED = 500
"""Rows that decide how wide a column is."""
OPTIONS = {
    "constant_memory": True,
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""Nothing in a text is run, followed or counted with."""
SHEET = "台账"
LONGEST_NAME = 31
"""Characters of the name of a sheet."""


def workbook(
    parts: Sequence[Section],
    headers: dict[str, str],
    title: str,
    progress: Callable[[int, int], None],
) -> bytes:
    """The bytes of an .xlsx, a sheet a section; text that begins with = stays text."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"title": visible(title)})
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "bg_color": "#DDE7F0"}
    )
    body = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    day = book.add_format({"num_format": "yyyy-m-d", "valign": "top", "border": 1})
    total = sum(len(part.rows) for part in parts)
    done = 0
    taken: set[str] = set()
    for part in parts:
        sheet = book.add_worksheet(sheet_name(part.name or SHEET, taken))
        for column, (key, header) in enumerate(headers.items()):
            sheet.set_column(column, column, width_of(header, part.rows[:MEASURED], key))
        _printed(sheet)
        sheet.write_row(0, 0, list(headers.values()), head)
        for index, row in enumerate(part.rows, start=1):
            for column, value in enumerate(cells_of(row, headers)):
                put_cell(sheet, index, column, value, body, day)
            done += 1
            if done % 500 == 0:
                progress(done, total)
        if part.rows:
            sheet.autofilter(0, 0, len(part.rows), len(headers) - 1)
    book.close()
    return out.getvalue()


def sheet_name(name: str, taken: set[str]) -> str:
    """A name a sheet may bear, and no other of its workbook does; it is `taken` then."""
    plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", "_", name).strip("' ")[:LONGEST_NAME] or SHEET
    found, number = plain, 1
    while found.casefold() in taken:
        number += 1
        found = f"{plain[: LONGEST_NAME - len(str(number)) - 1]}~{number}"
    taken.add(found.casefold())
    return found


def put_cell(sheet: Any, row: int, column: int, value: Any, body: Any, day: Any) -> None:
    """A value as what it is: a real date, a number, or text that no spreadsheet runs."""
    if value is None:
        sheet.write_blank(row, column, None, body)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, day)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, body)
    else:
        sheet.write_string(row, column, visible(str(value)), body)


def width_of(header: str, rows: Sequence[Row | Sum], key: str) -> int:
    """Cells the widest of some rows takes, within bounds."""
    from rich.cells import cell_len

    widest = cell_len(header) + 4
    for row in rows:
        (value,) = cells_of(row, (key,))
        if value is not None:
            widest = max(widest, *(cell_len(line) + 2 for line in shown(value).split("\n")))
    return max(NARROWEST, min(WIDEST, widest))


def _printed(sheet: Any) -> None:
    """A sheet as it is read and printed: its header stands, and it is as wide as a page."""
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C&P / &N")
