"""Stretches of days as queries name them: today, <3d, 上周, 2026-10, 2026-Q1, a day, a day..another."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from core.calendar.spans import read_span
from core.errors import RuleError
from core.words.dates import Period, read_date

Days = tuple[date, date]


def _week(day: date) -> Days:
    """Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def _yesterday(day: date) -> Days:
    return day - timedelta(days=1), day - timedelta(days=1)


_NAMED: dict[str, Callable[[date], Days]] = {
    **dict.fromkeys(("today", "今日", "今天"), lambda day: (day, day)),
    "本周": _week,
    "上周": lambda day: _week(day - timedelta(days=7)),
    "昨天": _yesterday,
    "昨日": _yesterday,
}


def days_named(value: str, today: date, key: str) -> Days:
    """The first and last day meant; `key` is the term. Raises `RuleError("bad_date")`."""
    if value in _NAMED:
        return _NAMED[value](today)
    try:
        span = read_span(value, today)
        return span.first, span.last
    except RuleError:
        pass
    match = re.fullmatch(r"([<>])(\d{1,4})[d天日]", value)
    if match:
        days = timedelta(days=int(match.group(2)))
        near = match.group(1) == "<"
        if key != "due":
            return (today - days, today) if near else (date.min, today - days)
        return (today, today + days) if near else (today + days, date.max)
    period = Period(today)
    first, dots, last = value.partition("..")
    begin = read_date(first, period).value if first else date.min
    end = (read_date(last, period).value if last else date.max) if dots else begin
    if begin is None or end is None:
        raise RuleError("bad_date", field=key, value=value)
    return begin, end
