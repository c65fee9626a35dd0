"""Months, quarters, halves and years: the stretches that figures are asked of."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from enum import IntEnum

from msgspec import Struct

from core.errors import RuleError
from core.patterns import later

_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4}


class Length(IntEnum):
    """How many months a stretch has."""

    MONTH = 1
    QUARTER = 3
    HALF = 6
    YEAR = 12


class Span(Struct, frozen=True, order=True):
    """Whole months, from the `at`-th (0 is January of year 0) on."""

    at: int
    length: Length = Length.MONTH

    @classmethod
    def of(cls, year: int, length: Length, nth: int = 1) -> "Span":
        """The `nth` stretch of a length in a year."""
        return cls(year * 12 + (nth - 1) * length, length)

    @classmethod
    def month_of(cls, day: date) -> "Span":
        """The month a day is in."""
        return cls.of(day.year, Length.MONTH, day.month)

    @classmethod
    def around(cls, day: date, length: Length) -> "Span":
        """The stretch of a length that a day is in."""
        return cls.of(day.year, length, (day.month - 1) // length + 1)

    @property
    def year(self) -> int:
        """The year it is in."""
        return self.at // 12

    @property
    def nth(self) -> int:
        """Which of its length it is in the year, from 1."""
        return self.at % 12 // self.length + 1

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.at % 12 + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.after.first - timedelta(days=1)

    @property
    def after(self) -> "Span":
        """The stretch of the same length behind it."""
        return Span(self.at + self.length, self.length)

    @property
    def before(self) -> "Span":
        """The stretch of the same length before it."""
        return Span(self.at - self.length, self.length)

    @property
    def months(self) -> tuple["Span", ...]:
        """Its months."""
        return tuple(Span(at) for at in range(self.at, self.at + self.length))

    @property
    def code(self) -> str:
        """2026-03, 2026Q1, 2026H1 or 2026."""
        match self.length:
            case Length.MONTH:
                return f"{self.year}-{self.nth:02d}"
            case Length.QUARTER:
                return f"{self.year}Q{self.nth}"
            case Length.HALF:
                return f"{self.year}H{self.nth}"
            case Length.YEAR:
                return str(self.year)

    @property
    def chinese(self) -> str:
        """As papers write it: 2026年3月, 2026年第一季度, 2026年上半年, 2026年."""
        match self.length:
            case Length.MONTH:
                return f"{self.year}年{self.nth}月"
            case Length.QUARTER:
                return f"{self.year}年第{'一二三四'[self.nth - 1]}季度"
            case Length.HALF:
                return f"{self.year}年{'上下'[self.nth - 1]}半年"
            case Length.YEAR:
                return f"{self.year}年"

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def over(self, today: date) -> bool:
        """Whether it lies behind."""
        return self.last < today


_YEAR = r"((?:19|20)\d\d)"
_FORMS: tuple[tuple[re.Pattern[str], Length], ...] = tuple(
    (later(pattern), length)
    for pattern, length in (
        (rf"{_YEAR}[-./年]?(\d{{1,2}})月?份?", Length.MONTH),
        (rf"{_YEAR}[-年]?[Qq]([1-4])", Length.QUARTER),
        (rf"{_YEAR}年?第?([1-4一二三四])季度?", Length.QUARTER),
        (rf"{_YEAR}[-年]?[Hh]([12])", Length.HALF),
        (rf"{_YEAR}年?([上下])半年", Length.HALF),
        (rf"{_YEAR}年?度?()", Length.YEAR),
    )
)
_RELATIVE: dict[str, Callable[[date], Span]] = {
    "本月": lambda day: Span.around(day, Length.MONTH),
    "上月": lambda day: Span.around(day, Length.MONTH).before,
    "本季度": lambda day: Span.around(day, Length.QUARTER),
    "本季": lambda day: Span.around(day, Length.QUARTER),
    "上季度": lambda day: Span.around(day, Length.QUARTER).before,
    "上季": lambda day: Span.around(day, Length.QUARTER).before,
    "上半年": lambda day: Span.of(day.year, Length.HALF, 1),
    "下半年": lambda day: Span.of(day.year, Length.HALF, 2),
    "今年": lambda day: Span.around(day, Length.YEAR),
    "本年": lambda day: Span.around(day, Length.YEAR),
    "去年": lambda day: Span.around(day, Length.YEAR).before,
    "this-month": lambda day: Span.around(day, Length.MONTH),
    "last-month": lambda day: Span.around(day, Length.MONTH).before,
    "this-year": lambda day: Span.around(day, Length.YEAR),
    "last-year": lambda day: Span.around(day, Length.YEAR).before,
}
RELATIVE = tuple(_RELATIVE)
"""Words for a stretch as seen from today."""


def read_year(text: str, today: date) -> int:
    """The year meant by 2027 or 今年. Raises `RuleError("bad_period")`."""
    span = read_span(text, today)
    if span.length != Length.YEAR:
        raise RuleError("bad_period", value=text)
    return span.year


def read_span(text: str, today: date) -> Span:
    """The stretch meant by 2026-03, 2026-Q1, 2026年上半年, 2026, 上月. Raises `RuleError("bad_period")`."""
    said = text.strip()
    if said in _RELATIVE:
        return _RELATIVE[said](today)
    for pattern, length in _FORMS:
        found = pattern.fullmatch(said)
        if found is None:
            continue
        year, nth = int(found[1]), found[2]
        number = _DIGITS.get(nth) or {"上": 1, "下": 2, "": 1}.get(nth) or int(nth)
        if 1 <= number <= 12 // length:
            return Span.of(year, length, number)
    raise RuleError("bad_period", value=text)
