"""Stretches that the year's figures are asked of: whole months and longer, or from a day to a day."""

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from core.calendar.spans import Length, read_span
from core.calendar.working_days import ONE_DAY
from core.errors import RuleError
from core.patterns import later

_DAYS = later(r"(\d{4}-\d{1,2}-\d{1,2})\s*(?:\.\.|至|~)\s*(\d{4}-\d{1,2}-\d{1,2})")


class Stretch(Struct, frozen=True):
    """From a day to a day, both counted, as far as today."""

    first: date
    last: date
    """The last day looked at: never later than today."""
    code: str
    """As it is stored and asked for: 2026, 2026H1, 2026Q3, 2026-07, 2026-03-15..2026-04-14."""
    chinese: str = ""
    """As papers write it."""
    over: bool = True
    """Whether it lies behind."""
    today: date | None = None
    """The day it is asked on; its last where nobody says."""

    @property
    def known(self) -> date:
        """The day as of which things are known."""
        return self.today or self.last

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    @property
    def passed(self) -> date:
        """A day has passed where it lies before this one."""
        return self.last + ONE_DAY if self.over else self.last

    @property
    def year(self) -> int:
        """The year its last day is in."""
        return self.last.year

    @property
    def whole(self) -> bool:
        """Whether it begins with the year."""
        return (self.first.month, self.first.day) == (1, 1)

    @property
    def before(self) -> "Stretch":
        """The same a year before; the last of February is that of the other year."""
        first, last = _year_before(self.first), _year_before(self.last, end=True)
        return replace(days(first, last), today=self.known)

    @property
    def since_january(self) -> "Stretch":
        """From the first of January of its last day's year on (本年累计)."""
        return replace(days(date(self.year, 1, 1), self.last), today=self.known)


def days(first: date, last: date) -> Stretch:
    """From a day to a day."""
    return Stretch(first, last, f"{first}..{last}", f"{first}至{last}")


def read_period(text: str, today: date) -> Stretch:
    """The stretch meant by 2026, 2026H1, 2026-Q3, 2026-07, 上月 or 2026-03-15..2026-04-14, as far as today.

    Raises `RuleError("bad_period")` for what says none or begins later than today.
    """
    found = _DAYS.fullmatch(text.strip())
    if found is None:
        span = read_span(text, today)
        return _until(span.first, span.last, span.code, span.chinese, today)
    try:
        first, last = (date(*map(int, part.split("-"))) for part in found.groups())
    except ValueError:
        raise RuleError("bad_period", value=text) from None
    if last < first:
        raise RuleError("bad_period", value=text)
    asked = days(first, last)
    return _until(first, last, asked.code, asked.chinese, today)


def _until(first: date, last: date, code: str, chinese: str, today: date) -> Stretch:
    if first > today:
        raise RuleError("bad_period", value=code)
    return Stretch(first, min(last, today), code, chinese, last < today, today)


def _year_before(day: date, *, end: bool = False) -> date:
    month_end = (day + ONE_DAY).month != day.month
    if day.month == 2 and month_end and (end or day.day == 29):
        return date(day.year - 1, 3, 1) - ONE_DAY
    return day.replace(year=day.year - 1)


CYCLES: dict[str, Length] = {
    "month": Length.MONTH,
    "quarter": Length.QUARTER,
    "half": Length.HALF,
    "year": Length.YEAR,
}
"""How often figures are reported, by the word an indicator has for it."""
