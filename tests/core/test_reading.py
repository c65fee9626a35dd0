"""Dates and deadline words as they arrive (docs/domain.md 8)."""

from datetime import date, datetime
from typing import Any

import pytest

from core.calendar.working_days import Deadline, Kind
from core.words.dates import Period, read_date
from core.words.deadlines import deadline_of, read_due

PERIOD = Period(date(2026, 3, 31))
MARCH_5 = date(2026, 3, 5)


@pytest.mark.parametrize(
    "raw",
    [
        "2026.3.5",
        "2026-3-5",
        "2026/3/5",
        "20260305",
        "2026年3月5日",
        "3月5日",
        "3月5号",
        "3.5",
        "２０２６．３．５",
        46086,
        46086.0,
        46086.5,
        MARCH_5,
        datetime(2026, 3, 5, 9, 30),
        "二〇二六年三月五日",
        "三月五日",
        " 3 月 5 日 ",
        "2026-03-05 09:30",
        "2026年3月5日 上午9:30",
        "2026-03-05T09:30:00",
        20260305,
        "3月5日前",
        "3-5",
        "3/5",
        "2026/3/5 8:00",
        "2026-3-5 9:30",
        "2026/03/05 14:05:09",
        "3月5日9时",
    ],
)
def test_every_form_of_a_day(raw: Any) -> None:
    assert read_date(raw, PERIOD).value == MARCH_5


@pytest.mark.parametrize(
    "raw",
    [
        "2026-02-30",
        "03/04/2026",
        "01.12.26",
        "2026-W48-1",
        "20206-01-01",
        "0001-01-01",
        "tomorow",
        "[/red]",
        "13月5日",
        "3月",
        12,
        1e30,
        "2026",
        "26.3.5",
        "1_000",
        "十十",
        "二十十日",
        date(1900, 1, 1),
    ],
)
def test_what_is_no_day_is_doubted(raw: Any) -> None:
    read = read_date(raw, PERIOD)
    assert read.value is None
    assert read.doubt is not None


@pytest.mark.parametrize("raw", [3.1, 3.2, 12.3])
def test_a_number_that_may_have_lost_a_zero_is_not_guessed(raw: float) -> None:
    read = read_date(raw, PERIOD)
    assert read.value is None
    assert read.doubt is not None
    assert read.doubt.code == "lost_zero"


@pytest.mark.parametrize("raw", [None, "", True])
def test_an_empty_cell_is_no_doubt(raw: Any) -> None:
    assert read_date(raw, PERIOD) == read_date(None, PERIOD)


def test_a_day_without_a_year_looks_back_in_january() -> None:
    assert read_date("12月28日", Period(date(2027, 1, 8))).value == date(2026, 12, 28)
    assert read_date("1月5日", Period(date(2027, 1, 8))).value == date(2027, 1, 5)
    assert read_date("3.5", Period(date(2026, 11, 1), year=2025)).value == date(2025, 3, 5)


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        ("立行立改", Deadline(Kind.SAME_DAY)),
        ("即改", Deadline(Kind.SAME_DAY)),
        ("当天", Deadline(Kind.SAME_DAY)),
        ("3天", Deadline(Kind.NATURAL_DAYS, 3)),
        ("3日内", Deadline(Kind.NATURAL_DAYS, 3)),
        ("3d", Deadline(Kind.NATURAL_DAYS, 3)),
        ("3个工作日", Deadline(Kind.WORK_DAYS, 3)),
        ("三个工作日内", Deadline(Kind.WORK_DAYS, 3)),
        ("3wd", Deadline(Kind.WORK_DAYS, 3)),
        ("十日内", Deadline(Kind.NATURAL_DAYS, 10)),
        ("24小时内", Deadline(Kind.HOURS, 24)),
        ("一周内", Deadline(Kind.NATURAL_DAYS, 7)),
        ("15个工作日", Deadline(Kind.WORK_DAYS, 15)),
        ("两个工作日", Deadline(Kind.WORK_DAYS, 2)),
    ],
)
def test_deadline_words(raw: str, rule: Deadline) -> None:
    assert deadline_of(raw, MARCH_5, PERIOD).value == rule


@pytest.mark.parametrize(
    ("raw", "due"),
    [
        ("2026年3月10日前", date(2026, 3, 10)),
        ("3月10日前", date(2026, 3, 10)),
        ("本周五前", date(2026, 3, 6)),
        ("下周一", date(2026, 3, 9)),
        ("月底前", date(2026, 3, 31)),
        ("4月底", date(2026, 4, 30)),
        ("3月中旬", date(2026, 3, 20)),
        ("2月底", None),
        (date(2026, 3, 8), date(2026, 3, 8)),
        (46091, date(2026, 3, 10)),
        ("3个工作日", date(2026, 3, 10)),
        ("周五前", date(2026, 3, 6)),
        ("今年年底", date(2026, 12, 31)),
        ("2027年底前", date(2027, 12, 31)),
        ("3月10日前启动，2027年3月底前完成", date(2027, 3, 31)),
        ("3月10日进场施工，12月31日完工", date(2026, 12, 31)),
        ("立即清运，3月8日前", date(2026, 3, 8)),
        ("2天内，逾期通报", date(2026, 3, 9)),
        ("3月10日前完成，长期保持", date(2026, 3, 10)),
        ("3月10日，17时", date(2026, 3, 10)),
    ],
)
def test_deadlines_as_days(raw: Any, due: date | None) -> None:
    assert read_due(raw, MARCH_5, PERIOD).value == due


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("长期", "long_term"),
        ("长期坚持", "long_term"),
        ("持续整改", "long_term"),
        ("常态化", "long_term"),
        ("待定", "no_deadline"),
        ("尽快", "no_deadline"),
        ("限期", "no_deadline"),
        ("汛期前", "no_deadline"),
        ("4月上旬", "no_deadline"),
        ("4月", "no_deadline"),
        ("3-5个工作日", "no_deadline"),
        ("30日", "no_deadline"),
        (3.1, "lost_zero"),
        ("2026-02-30", "no_deadline"),
        ("3月1日", "due_before_found"),
        ("tomorow", "no_deadline"),
        ("0天", "no_deadline"),
        ("13月底", "no_deadline"),
        ("0月底前", "no_deadline"),
        ("13月中旬", "no_deadline"),
        ("3月10日\n3月12日", "no_deadline"),
        ("年", "no_deadline"),
        ("内", "no_deadline"),
    ],
)
def test_deadlines_nobody_can_know(raw: Any, code: str) -> None:
    read = read_due(raw, MARCH_5, PERIOD)
    assert read.value is None
    assert read.doubt is not None
    assert read.doubt.code == code


@pytest.mark.parametrize("raw", ["当天", "2天", "3个工作日", "本周五前", "月底前"])
def test_words_that_count_from_an_unknown_day(raw: str) -> None:
    read = read_due(raw, None, PERIOD)
    assert read.value is None
    assert read.doubt is not None
    assert read.doubt.code == "no_start"


def test_a_short_date_is_taken_and_doubted() -> None:
    read = read_due("3.10", MARCH_5, PERIOD)
    assert read.value == date(2026, 3, 10)
    assert read.doubt is not None
    assert read.doubt.code == "short_date"


def test_a_deadline_over_new_year() -> None:
    assert read_due("1月5日前", date(2026, 12, 28), Period(date(2026, 12, 28))).value == date(
        2027, 1, 5
    )


@pytest.mark.parametrize(("raw", "day"), [("2026/3/15 8:00", 15), ("2026/3/25 9:30", 25)])
def test_a_time_takes_no_digit_of_the_day(raw: str, day: int) -> None:
    assert read_date(raw, PERIOD).value == date(2026, 3, day)
