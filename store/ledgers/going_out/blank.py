"""A blank ledger to fill in, with drop-downs of this town's zones, units and kinds (docs/domain.md 8)."""

import io
from collections.abc import Sequence
from datetime import date

from core.finding.completion import SOURCES
from core.model import Severity
from core.words.categories import CATEGORIES
from core.words.text import visible
from store.ledgers.headers import HEADERS

ROWS = 300
"""Lines to fill in."""
SHEET, CHOICES = "问题台账", "选项"
WIDTHS: dict[str, int] = {
    "found_on": 12,
    "source": 11,
    "zone": 14,
    "location": 24,
    "description": 40,
    "category": 12,
    "severity": 9,
    "lead_unit": 15,
    "co_units": 15,
    "responsible": 11,
    "requirement": 20,
    "due_on": 14,
    "photos_before": 12,
    "note": 14,
}
"""Columns and their widths, in cells."""
DEADLINES = ("当天", "1个工作日", "3个工作日", "5个工作日", "10个工作日")


def blank_ledger(title: str, zones: Sequence[str], units: Sequence[str]) -> bytes:
    """The bytes of an .xlsx; what is chosen from stands in a sheet of its own, which import passes over."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": visible(title)})
    sheet = book.add_worksheet(SHEET)
    choices = book.add_worksheet(CHOICES)
    cell = {"text_wrap": True, "valign": "top", "border": 1}
    body = book.add_format(cell)
    day = book.add_format(cell | {"num_format": "yyyy-m-d"})
    head = book.add_format(cell | {"bold": True, "align": "center", "bg_color": "#DDE7F0"})
    big = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    keys = list(WIDTHS)
    sheet.merge_range(0, 0, 0, len(keys) - 1, visible(title), big)
    sheet.write_string(1, 0, "填报单位：")
    offered = {
        "source": SOURCES,
        "zone": zones,
        "category": tuple(CATEGORIES),
        "severity": tuple(Severity),
        "lead_unit": units,
        "due_on": DEADLINES,
    }
    for at, key in enumerate(keys):
        sheet.set_column(at, at, WIDTHS[key], day if key == "found_on" else body)
        sheet.write_string(2, at, HEADERS[key], head)
    for row in range(3, 3 + ROWS):
        for at, key in enumerate(keys):
            sheet.write_blank(row, at, None, day if key == "found_on" else body)
    sheet.data_validation(
        3,
        0,
        2 + ROWS,
        0,
        {
            "validate": "date",
            "criteria": ">=",
            "value": date(2000, 1, 1),
            "error_title": HEADERS["found_on"],
            "error_message": "请填日期，如 2026-3-31",
            "error_type": "warning",
        },
    )
    for column, (key, words) in enumerate(offered.items()):
        choices.write_string(0, column, HEADERS[key], head)
        choices.set_column(column, column, 18)
        for row, word in enumerate(words, 1):
            choices.write_string(row, column, visible(word))
        letter = xlsxwriter.utility.xl_col_to_name(column)
        if words:
            at = keys.index(key)
            source = f"={CHOICES}!${letter}$2:${letter}${len(words) + 1}"
            allowed = {"validate": "list", "source": source, "error_type": "warning"}
            sheet.data_validation(3, at, 2 + ROWS, at, allowed)
    sheet.freeze_panes(3, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 2)
    sheet.set_footer("&C第&P页 共&N页")
    book.close()
    return out.getvalue()
