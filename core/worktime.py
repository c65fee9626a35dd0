"""Working days on China's calendar, and deadline rules turned into dates (docs/domain.md 7)."""

from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from msgspec import Struct

from core.holidays import TABLE

ONE_DAY = timedelta(days=1)


class Kind(StrEnum):
    """How a deadline counts."""

    SAME_DAY = "same_day"
    """立行立改: the day itself, never moved."""
    HOURS = "hours"
    """Continuous; ends on the day the hours run out, never moved."""
    WORK_DAYS = "work_days"
    NATURAL_DAYS = "natural_days"
    """Calendar days; a last day on a rest day rolls on to the next working day."""
    DATE = "date"
    """A day as written, never moved."""


class Deadline(Struct, frozen=True):
    """A rule for a day, counted from the day of issue, which itself is not counted."""

    kind: Kind
    value: int = 0
    on: date | None = None


@cache
def _year(year: int) -> tuple[frozenset[date], frozenset[date]] | None:
    table = TABLE.get(year)
    if table is None:
        return None

    def day(text: str) -> date:
        return date(year, int(text[:2]), int(text[2:]))

    rest = set()
    for span in table.rest:
        first, _, last = span.partition("-")
        on = day(first)
        while on <= day(last or first):
            rest.add(on)
            on += ONE_DAY
    return frozenset(rest), frozenset(day(d) for d in table.work)


def official(year: int) -> bool:
    """Whether the year's holiday table is known; without it days count by weekday."""
    return _year(year) is not None


def is_workday(day: date) -> bool:
    """Whether offices work on `day`; by weekday alone where the year has no table."""
    table = _year(day.year)
    if table is None:
        return day.weekday() < 5
    rest, work = table
    return day in work or (day.weekday() < 5 and day not in rest)


def next_workday(day: date) -> date:
    """`day` itself if worked, else the first working day after it."""
    while not is_workday(day):
        day += ONE_DAY
    return day


def add_workdays(start: date, count: int) -> date:
    """The `count`-th working day after `start`, which is not counted (民法典 201)."""
    day = start
    while count > 0:
        day += ONE_DAY
        count -= is_workday(day)
    return day


def workdays_between(start: date, end: date) -> int:
    """How many working days lie after `start` up to and including `end`; 0 if `end` is not later."""
    day, count = start, 0
    while day < end:
        day += ONE_DAY
        count += is_workday(day)
    return count


def due_on(deadline: Deadline, start: date) -> date:
    """The last day of a deadline issued on `start` (民法典 201-203)."""
    match deadline.kind:
        case Kind.SAME_DAY:
            return start
        case Kind.HOURS:
            return start + timedelta(days=deadline.value // 24)
        case Kind.WORK_DAYS:
            return add_workdays(start, deadline.value)
        case Kind.NATURAL_DAYS:
            return next_workday(start + timedelta(days=deadline.value))
        case Kind.DATE:
            assert deadline.on is not None
            return deadline.on
