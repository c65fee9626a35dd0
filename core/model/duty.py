"""经常性工作: what is to be done again and again (docs/year.md 2)."""

from datetime import date
from enum import StrEnum

from core.model.base import Nested, Record


class Cycle(StrEnum):
    """How often a duty falls due."""

    WORKDAY = "workday"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    DATES = "dates"


class Terms(Nested, frozen=True, kw_only=True):
    """When it falls due from a day on."""

    since: date
    until: date | None = None
    """The last day the terms hold."""
    cycle: Cycle
    day: str = ""
    """1 to 7 of a week; 1 to 31 or `last` of a month; MM-DD of a year; days such as 2026-03-05 or 03-05 for `dates`,
    divided by commas. The others fall due on their last day."""
    roll: bool = False
    """Whether a nominal day on a rest day is due on the next working day."""


class Duty(Record, frozen=True, kw_only=True):
    """One duty; it is called W01 after its id."""

    name: str
    kind: str = ""
    """The kind of log line that does it."""
    terms: tuple[Terms, ...] = ()
    unit: int | None = None
    zones: tuple[int, ...] = ()
    evidence: str = ""
    """照片, 签到 or 记录."""
    chapter: int | None = None
    until: date | None = None
    """The day it was retired."""
    active: bool = True

    @property
    def label(self) -> str:
        """What people call it."""
        return f"W{self.id:02d}"
