"""The standard 整改台账: what a unit is given to fill in (docs/domain.md 8).

Landscape A4 with a title, the header repeated on every page; the unit's own columns are tinted and open, the
others locked; a narrow last column bears `number|revision`, so that a sheet that comes back is known again.
"""

import io
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from core.ledger.record import OWN_COLUMNS, PortableRecord
from core.words.text import visible
from store.ledgers.going_out.sheet import put_cell
from store.ledgers.going_out.values import text
from store.ledgers.headers import MARK

COLUMNS: tuple[tuple[str, str, int], ...] = (
    ("", "序号", 5),
    ("number", "问题编号", 14),
    ("found_on", "检查时间", 11),
    ("source", "检查类型", 9),
    ("zone", "责任区", 8),
    ("location", "点位", 18),
    ("description", "问题描述", 30),
    ("category", "问题类别", 9),
    ("lead_unit", "责任单位", 12),
    ("co_units", "配合单位", 12),
    ("responsible", "责任人", 9),
    ("measure", "整改措施", 24),
    ("due_on", "整改时限", 11),
    ("progress", "整改情况", 10),
    ("feedback_on", "完成日期", 11),
    ("photos_before", "整改前照片", 10),
    ("photos_after", "整改后照片", 10),
    ("inspection", "复查情况", 12),
    ("inspector", "复查人", 8),
    ("inspected_on", "复查日期", 11),
    ("closed", "是否销号", 6),
    ("note", "备注", 12),
    ("mark", MARK, 1),
)
"""Key, header and width of each column, in the order of the sheet."""
CLAIMS = ("已整改", "整改中", "未整改")
_TITLE, _HEAD, _FIRST = 0, 1, 2
_ALLOWED = {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True}


def standard_ledger(records: Sequence[PortableRecord], title: str) -> bytes:
    """The bytes of an .xlsx."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": visible(title)})
    sheet = book.add_worksheet("整改台账")
    cell = {"text_wrap": True, "valign": "top", "border": 1}
    dated = {"num_format": "yyyy-m-d"}
    own = {"bg_color": "#FFF7DB", "locked": False}
    formats = {
        (mine, day): book.add_format(cell | (own if mine else {}) | (dated if day else {}))
        for mine in (False, True)
        for day in (False, True)
    }
    head = book.add_format(cell | {"bold": True, "align": "center", "bg_color": "#DDE7F0"})
    last = len(COLUMNS) - 1
    big = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    sheet.merge_range(_TITLE, 0, _TITLE, last, visible(title), big)
    sheet.set_row(_TITLE, 28)
    for at, (_key, header, width) in enumerate(COLUMNS):
        sheet.set_column(at, at, width)
        sheet.write_string(_HEAD, at, header, head)
    for number, record in enumerate(records, 1):
        for at, (key, _header, _width) in enumerate(COLUMNS):
            value = _value(key, number, record)
            style = formats[key in OWN_COLUMNS, isinstance(value, date) or key == "feedback_on"]
            put_cell(sheet, _FIRST + number - 1, at, value, style, style)
    if records:
        _help(sheet, len(records), last)
    _page(sheet)
    book.close()
    return out.getvalue()


def _value(key: str, number: int, record: PortableRecord) -> Any:
    match key:
        case "":
            return number
        case "zone":
            return record["zone_name"]
        case "closed":
            return "是" if record["closed_on"] else "否"
        case "mark":
            return f"{record['number']}|{record['revision']}"
        case _:
            value = record[key]
            return value if isinstance(value, date) else text(key, value) or None


def _help(sheet: Any, count: int, last: int) -> None:
    """What the unit may choose from, and a filter."""
    end = _FIRST + count - 1
    at = {key: column for column, (key, _header, _width) in enumerate(COLUMNS)}
    sheet.data_validation(
        _FIRST,
        at["progress"],
        end,
        at["progress"],
        {"validate": "list", "source": list(CLAIMS), "error_type": "warning"},
    )
    sheet.data_validation(
        _FIRST,
        at["feedback_on"],
        end,
        at["feedback_on"],
        {
            "validate": "date",
            "criteria": ">=",
            "value": date(2000, 1, 1),
            "error_title": "完成日期",
            "error_message": "请填日期，如 2026-3-31",
            "error_type": "warning",
        },
    )
    sheet.autofilter(_HEAD, 0, end, last)


def _page(sheet: Any) -> None:
    sheet.freeze_panes(_FIRST, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_TITLE, _HEAD)
    sheet.set_footer("&C第&P页 共&N页")
    sheet.protect("", _ALLOWED)


def safe_name(text: str) -> str:
    """A name as a file may bear it anywhere: no separators, no hidden file, no odd ending."""
    return re.sub(r'[\x00-\x1f\\/:*?"<>|]+', "_", text).strip(" .") or "_"
