"""Pairs in a workbook: a row an item, its pictures in their cells."""

import io
from collections.abc import Iterable
from typing import Any

from core.words.text import visible
from store.papers.pairs.before_after import NO_PHOTO, Shown

_COLUMNS = (
    ("序号", 6),
    ("问题编号", 15),
    ("责任区及点位", 22),
    ("问题描述", 30),
    ("责任单位", 16),
    ("时间", 20),
    ("整改前", 36),
    ("整改后", 36),
)
_FIRST_PICTURE = 6
_HEIGHT = 150
"""Points of a row."""
_CELL = (36 * 7 + 5, _HEIGHT * 96 / 72)
"""Pixels of a cell that holds a picture, wide and high."""
_EDGE = 3
"""Pixels between a picture and its cell."""


def pair_book(shown: Iterable[Shown], title: str) -> bytes:
    """The bytes of a .xlsx."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("整改前后对比")
    wrapped = book.add_format({"text_wrap": True, "valign": "vcenter", "border": 1})
    head = book.add_format({"bold": True, "align": "center", "border": 1})
    sheet.merge_range(
        0,
        0,
        0,
        len(_COLUMNS) - 1,
        visible(title),
        book.add_format({"bold": True, "font_size": 16, "align": "center"}),
    )
    for at, (name, width) in enumerate(_COLUMNS):
        sheet.set_column(at, at, width)
        sheet.write_string(1, at, name, head)
    sheet.freeze_panes(2, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 1)
    for row, each in enumerate(shown, 2):
        _row(sheet, row, each, wrapped)
    book.close()
    return out.getvalue()


def _row(sheet: Any, row: int, each: Shown, wrapped: Any) -> None:
    pair = each.pair
    sheet.set_row(row, _HEIGHT)
    sheet.write_number(row, 0, row - 1, wrapped)
    days = pair.days.replace("　", "\n")
    for at, text in enumerate((pair.number, pair.place, pair.description, pair.unit, days), 1):
        sheet.write_string(row, at, visible(text), wrapped)
    for at, data in enumerate((each.before, each.after), _FIRST_PICTURE):
        sheet.write_string(row, at, "" if data else NO_PHOTO, wrapped)
        if data:
            scale = _scale(data)
            options = {
                "image_data": io.BytesIO(data),
                "x_scale": scale,
                "y_scale": scale,
                "x_offset": _EDGE,
                "y_offset": _EDGE,
                "object_position": 1,
            }
            sheet.insert_image(row, at, f"{pair.number}-{at}.jpg", options)


def _scale(data: bytes) -> float:
    """By how much a picture fits its cell."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as picture:
        wide, high = picture.size
    return min((_CELL[0] - 2 * _EDGE) / wide, (_CELL[1] - 2 * _EDGE) / high)
