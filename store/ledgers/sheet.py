"""Rows as an Excel workbook: frozen header, real dates, widths that fit Chinese, a filter."""

import io
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from core.text import visible
from store.ledgers.values import cell

NARROWEST, WIDEST = 6, 50
MEASURED = 500
"""Rows that decide how wide a column is."""
_OPTIONS = {
    "constant_memory": True,
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
SHEET = "台账"


def workbook(
    rows: Sequence[dict[str, Any]],
    headers: dict[str, str],
    title: str,
    progress: Callable[[int, int], None],
) -> bytes:
    """The bytes of an .xlsx with one sheet; text that begins with = stays text."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    book.set_properties({"title": title})
    sheet = book.add_worksheet(SHEET)
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "bg_color": "#DDE7F0"}
    )
    body = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    day = book.add_format({"num_format": "yyyy-m-d", "valign": "top", "border": 1})
    keys = list(headers)
    for column, key in enumerate(keys):
        sheet.set_column(column, column, _width(headers[key], rows[:MEASURED], key))
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C&P / &N")
    sheet.write_row(0, 0, list(headers.values()), head)
    for index, row in enumerate(rows, start=1):
        for column, key in enumerate(keys):
            put_cell(sheet, index, column, cell(key, row.get(key)), body, day)
        if index % 500 == 0:
            progress(index, len(rows))
    if rows:
        sheet.autofilter(0, 0, len(rows), len(keys) - 1)
    book.close()
    return out.getvalue()


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


def _width(header: str, rows: Sequence[dict[str, Any]], key: str) -> int:
    """Cells the widest of the first rows takes, within bounds."""
    from rich.cells import cell_len

    widest = cell_len(header) + 4
    for row in rows:
        value = cell(key, row.get(key))
        if value is not None:
            text = value.isoformat() if isinstance(value, date) else str(value)
            widest = max(widest, *(cell_len(line) + 2 for line in text.split("\n")))
    return max(NARROWEST, min(WIDEST, widest))
