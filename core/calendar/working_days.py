"""Working days on China's calendar, and deadline rules turned into dates (docs/domain.md 7)."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from itertools import accumulate

from msgspec import Struct

from core.calendar.holidays import TABLE, Year

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


COUNTED = frozenset({Kind.WORK_DAYS, Kind.NATURAL_DAYS})
"""Kinds whose day depends on which days are worked."""


class Deadline(Struct, frozen=True):
    """A rule for a day, counted from the day of issue, which itself is not counted."""

    kind: Kind
    value: int = 0
    on: date | None = None


class Calendar:
    """Working days by the published tables; a year without one counts by weekday."""

    def __init__(self, tables: Mapping[int, Year] = TABLE) -> None:
        self._tables = tables
        self._read: dict[int, tuple[frozenset[date], frozenset[date]] | None] = {}
        self._sums: dict[int, tuple[int, list[int]]] = {}

    def official(self, year: int) -> bool:
        """Whether the year's table is known."""
        return year in self._tables

    def _year(self, year: int) -> tuple[frozenset[date], frozenset[date]] | None:
        if year not in self._read:
            table = self._tables.get(year)
            self._read[year] = None if table is None else days_of(year, table)
        return self._read[year]

    def is_workday(self, day: date) -> bool:
        """Whether offices work on `day`."""
        table = self._year(day.year)
        if table is None:
            return day.weekday() < 5
        rest, work = table
        return day in work or (day.weekday() < 5 and day not in rest)

    def next_workday(self, day: date) -> date:
        """`day` itself if worked, else the first working day after it."""
        while not self.is_workday(day):
            day += ONE_DAY
        return day

    def add_workdays(self, start: date, count: int) -> date:
        """The `count`-th working day after `start`, which is not counted (民法典 201)."""
        day = start
        while count > 0:
            day += ONE_DAY
            count -= self.is_workday(day)
        return day

    def workdays_between(self, start: date, end: date) -> int:
        """How many working days lie after `start` up to `end`; 0 if `end` is not later."""
        if end <= start:
            return 0
        years = sum(self._worked(year)[1][-1] for year in range(start.year, end.year))
        return years + self._worked_until(end) - self._worked_until(start)

    def _worked_until(self, day: date) -> int:
        """How many working days its year has had up to a day, that day with them."""
        begin, worked = self._worked(day.year)
        return worked[day.toordinal() - begin]

    def _worked(self, year: int) -> tuple[int, list[int]]:
        """The ordinal of the last day before a year, and the working days up to each of its days."""
        if year not in self._sums:
            begin = date(year, 1, 1).toordinal() - 1
            days = range(begin + 1, date(year, 12, 31).toordinal() + 1)
            worked = map(self.is_workday, map(date.fromordinal, days))
            self._sums[year] = begin, list(accumulate(worked, initial=0))
        return self._sums[year]

    def due_on(self, deadline: Deadline, start: date) -> date:
        """The last day of a deadline issued on `start` (民法典 201-203)."""
        match deadline.kind:
            case Kind.SAME_DAY:
                return start
            case Kind.HOURS:
                return start + timedelta(days=deadline.value // 24)
            case Kind.WORK_DAYS:
                return self.add_workdays(start, deadline.value)
            case Kind.NATURAL_DAYS:
                return self.next_workday(start + timedelta(days=deadline.value))
            case Kind.DATE:
                assert deadline.on is not None
                return deadline.on

    def provisional(self, deadline: Deadline, start: date) -> bool:
        """Whether the day rests on a year whose holidays are not published yet (暂定)."""
        return deadline.kind in COUNTED and not self.official(self.due_on(deadline, start).year)


def days_of(year: int, table: Year) -> tuple[frozenset[date], frozenset[date]]:
    """The rest days and made-up working days of a table. Raises `ValueError` on no such day."""

    def day(text: str) -> date:
        return date(year, int(text[:2]), int(text[2:]))

    rest = set()
    for span in table.rest:
        first, _, last = span.partition("-")
        on, end = day(first), day(last or first)
        if end < on:
            raise ValueError(span)
        while on <= end:
            rest.add(on)
            on += ONE_DAY
    return frozenset(rest), frozenset(day(d) for d in table.work)


OFFICIAL = Calendar()
"""By the tables of the program alone; a store may know later years (`Town.calendar`)."""

add_workdays = OFFICIAL.add_workdays
due_on = OFFICIAL.due_on
