"""What cells of nasty ledgers are written as, and what they must come to, side by side."""

import io
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import openpyxl

D = date
FOUND = D(2026, 3, 5)  # a Thursday

DATES: list[tuple[Any, date | None, str]] = [
    # written, read, doubt
    ("2026.3.5", FOUND, ""),
    ("2026-3-5", FOUND, ""),
    ("2026/03/05", FOUND, ""),
    ("20260305", FOUND, ""),
    ("2026年3月5日", FOUND, ""),
    ("3月5日", FOUND, ""),
    ("3月5号", FOUND, ""),
    ("3.5", FOUND, ""),
    ("２０２６．３．５", FOUND, ""),
    ("2026年3月5日上午9:30", FOUND, ""),
    ("2026-03-05 08:30:00", FOUND, ""),
    ("二〇二六年三月五日", FOUND, ""),
    ("三月五日", FOUND, ""),
    ("12月28日", D(2025, 12, 28), ""),
    ("11.3", D(2025, 11, 3), ""),
    ("2026-02-30", None, "bad_date"),
    ("2026年3月", None, "bad_date"),
    ("3月初", None, "bad_date"),
    ("4月5日", None, "future"),
    ("2026.13.1", None, "bad_date"),
    ("", None, "no_found_on"),
]

NUMBERS: list[tuple[Any, date | None, str]] = [
    (46086, FOUND, ""),
    (20260305, FOUND, ""),
    (3.25, D(2026, 3, 25), ""),
    (3.1, None, "lost_zero"),
    (2.3, None, "lost_zero"),
    (FOUND, FOUND, ""),
]
"""As numbers and real dates, where a file has them."""

DEADLINES: list[tuple[Any, date | None, str]] = [
    # written, due where found on 2026-03-05, doubt
    ("立行立改", FOUND, ""),
    ("当天", FOUND, ""),
    ("立即整改", FOUND, ""),
    ("3天", D(2026, 3, 9), ""),  # the 8th is a Sunday
    ("3日内", D(2026, 3, 9), ""),
    ("三个工作日", D(2026, 3, 10), ""),
    ("3个工作日内", D(2026, 3, 10), ""),
    ("限5个工作日", D(2026, 3, 12), ""),
    ("十日内", D(2026, 3, 16), ""),
    ("一周内", D(2026, 3, 12), ""),
    ("24小时内", D(2026, 3, 6), ""),
    ("本周五前", D(2026, 3, 6), ""),
    ("下周一", D(2026, 3, 9), ""),
    ("月底前", D(2026, 3, 31), ""),
    ("4月底", D(2026, 4, 30), ""),
    ("3月中旬", D(2026, 3, 20), ""),
    ("2026年4月10日前", D(2026, 4, 10), ""),
    ("4月10日", D(2026, 4, 10), ""),
    ("3.10", D(2026, 3, 10), "short_date"),
    ("长期坚持", None, "long_term"),
    ("持续推进", None, "long_term"),
    ("待定", None, "no_deadline"),
    ("尽快", None, "no_deadline"),
    ("限期整改", None, "no_deadline"),
    ("汛期前", None, "no_deadline"),
    ("4月上旬", None, "no_deadline"),
    ("4月", None, "no_deadline"),
    ("30日", None, "no_deadline"),
    ("3-5个工作日", None, "no_deadline"),
    ("2026-02-31", None, "no_deadline"),
    ("2026-2-1", None, "due_before_found"),
    ("", None, ""),
]

UNITS: list[tuple[str, str | None, list[str], str]] = [
    ("环卫所", "环卫所", [], ""),
    ("保洁公司", "环卫所", [], ""),
    ("城管办", "城管中队", [], ""),
    ("城 管 中队", "城管中队", [], ""),
    ("环卫所、城管队", "环卫所", ["城管中队"], ""),
    ("市监所/市场办", "市场监管所", ["农贸市场管理办"], ""),
    ("石塘村\n水管站", "石塘村委会", ["水利站"], ""),
    ("环卫所（配合）、城管中队（牵头）", "城管中队", ["环卫所"], ""),
    ("牵头：建设办 配合：供电公司营业所", "村镇建设办", ["供电所"], ""),
    ("城管中对", None, [], "unknown"),
    ("环卫所；河长办", "环卫所", [], "unknown"),
    ("", None, [], ""),
]

DONE: list[tuple[str, str | None]] = [
    ("已整改", "done"),
    ("√", "done"),
    ("是", "done"),
    ("整改到位", "done"),
    ("已完成", "done"),
    ("已销号", "done"),
    ("正在整改", "in_progress"),
    ("部分整改", "in_progress"),
    ("基本完成", "in_progress"),
    ("未整改", "not_done"),
    ("否", "not_done"),
    ("×", "not_done"),
    ("", None),
]

PLACES = ("桂花街东段钟楼路口", "老场街榨油坊巷尾", "滨河路水厂围墙外", "青杠路小学校门口")
FAULTS = (
    "垃圾桶满溢，垃圾散落。",
    "建筑垃圾堆积约3㎡",
    "流动摊贩8个占道，油污未清",
    "“牛皮癣”小广告11处…",
    "=占道经营",
    "-5℃管道冻裂漏水",
)
CATEGORY = "市容环境"


class Answer(NamedTuple):
    """What one row must come to."""

    place: str
    fault: str
    found: date | None
    due: date | None
    lead: str | None
    co: list[str]
    claim: str | None
    doubts: frozenset[str]
    """Codes of doubts a row must raise, and no other but those every such row raises."""
    category: str | None = CATEGORY


class Written(NamedTuple):
    """The cells of one row."""

    place: str
    fault: str
    found: Any
    due: Any
    unit: str
    done: str


class File(NamedTuple):
    """A ledger and its answers, by sheet and row."""

    name: str
    data: bytes
    rows: dict[tuple[str | None, int], Answer]
    skipped: dict[tuple[str | None, int], str]


ALWAYS = frozenset({"no_source", "claim_without", "nobody_named", "stays_reported"})
"""Doubts that have nothing to do with reading."""


def rows(
    begin: int, count: int, dates: list[tuple[Any, date | None, str]]
) -> Iterator[tuple[Written, Answer]]:
    """Rows that go round the tables from a place on; where a date is doubtful the deadline is a day."""
    for at in range(begin, begin + count):
        found_as, found, odd = dates[at % len(dates)]
        due_as, due, late = DEADLINES[at % len(DEADLINES)]
        if found != FOUND:
            due_as, due, late = "2026-04-15", D(2026, 4, 15), ""
        unit, lead, co, strange = UNITS[at % len(UNITS)]
        done, claim = DONE[at % len(DONE)]
        place = f"{PLACES[at % len(PLACES)]}{at}号"
        fault = FAULTS[at % len(FAULTS)]
        doubts = frozenset({odd, late, strange} - {""})
        yield (
            Written(place, fault, found_as, due_as, unit, done),
            Answer(place, fault, found, due, lead, co, claim, doubts),
        )


HEAD = ["序号", "检查时间", "点位", "存在问题", "问题类别", "责任单位", "整改时限", "整改情况"]


def line(number: Any, w: Written) -> list[Any]:
    return [number, w.found, w.place, w.fault, CATEGORY, w.unit, w.due, w.done]


def saved(book: openpyxl.Workbook) -> bytes:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
