"""What of a ledger is in doubt, as a ledger that can be mended and brought in again.

Beside each column with a doubt stands another that says why; importing passes those over.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from core.ledger.record import KEYS
from store.ledgers.going_out.sheet import put_cell
from store.ledgers.headers import HEADERS, MARK, ORIGIN, REASON

_WIDTHS = {"description": 36, "location": 20}
_WIDTH, _REASON_WIDTH = 13, 28


class DoubtfulRow(Struct, frozen=True):
    """A row in doubt: where it stands, its cells as they were written, and why, by field."""

    where: str
    cells: Mapping[str, Any]
    reasons: Mapping[str, str]
    """Under an empty key what is about the whole row."""
    mark: str = ""
    """`number|revision` of a row that was handed out."""


def doubtful_ledger(rows: Sequence[DoubtfulRow]) -> bytes:
    """The bytes of an .xlsx."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("存疑")
    cell = {"text_wrap": True, "valign": "top", "border": 1}
    body = book.add_format(cell)
    day = book.add_format(cell | {"num_format": "yyyy-m-d"})
    doubted = book.add_format(cell | {"bg_color": "#FDE9D9"})
    doubted_day = book.add_format(cell | {"bg_color": "#FDE9D9", "num_format": "yyyy-m-d"})
    why = book.add_format(cell | {"font_color": "#B00020"})
    head = book.add_format(cell | {"bold": True, "bg_color": "#DDE7F0"})
    given = {key for row in rows for key in row.cells} | {
        key for row in rows for key in row.reasons
    }
    in_doubt = {key for row in rows for key in row.reasons}
    columns: list[tuple[str, bool]] = [("", True)]
    for key in KEYS:
        if key in given:
            columns.append((key, False))
            if key in in_doubt:
                columns.append((key, True))
    sheet.write_string(0, 0, ORIGIN, head)
    sheet.set_column(0, 0, _REASON_WIDTH)
    for at, (key, reason) in enumerate(columns, 1):
        header = HEADERS.get(key, "") + REASON if reason else HEADERS[key]
        sheet.write_string(0, at, header, head)
        sheet.set_column(at, at, _REASON_WIDTH if reason else _WIDTHS.get(key, _WIDTH))
    for number, row in enumerate(rows, 1):
        put_cell(sheet, number, 0, row.where, body, day)
        for at, (key, reason) in enumerate(columns, 1):
            if reason:
                put_cell(sheet, number, at, row.reasons.get(key), why, why)
                continue
            value = row.cells.get(key)
            if not isinstance(value, date | int | float | None):
                value = "、".join(map(str, value)) if isinstance(value, list) else str(value)
            plain, dated = (doubted, doubted_day) if key in row.reasons else (body, day)
            put_cell(sheet, number, at, value, plain, dated)
    last = len(columns) + 1
    if any(row.mark for row in rows):
        sheet.write_string(0, last, MARK, head)
        sheet.set_column(last, last, 1)
        for number, row in enumerate(rows, 1):
            put_cell(sheet, number, last, row.mark or None, body, day)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return out.getvalue()
