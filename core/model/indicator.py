"""指标: what the year is counted in, with its targets (docs/year.md 3)."""

from datetime import date
from decimal import Decimal

from core.model.base import Nested, Record

KINDS = ("sum", "last", "mean")
BETTER = ("more", "less")
EVERY = ("", "month", "quarter", "half", "year")
PERCENT = "%"


class Target(Nested, frozen=True, kw_only=True):
    """What a year is to reach, as it was set on a day."""

    year: int
    value: Decimal
    set_on: date
    reference: str = ""
    plan: tuple[Decimal, ...] = ()
    """What each of the twelve months is to have reached since January; empty where it goes evenly."""


class Indicator(Record, frozen=True, kw_only=True):
    """One indicator. It is counted by the program, or entered; never both."""

    code: str
    name: str
    unit: str = ""
    category: str = ""
    kind: str = "sum"
    """sum, last (a stock) or mean."""
    better: str = "more"
    every: str = ""
    """How often it is reported: empty, month, quarter, half or year."""
    owners: tuple[int, ...] = ()
    """归口单位: whose figures count; everybody's where it names none."""
    counts: str = ""
    """The measure that counts it; no figures are entered then."""
    check: str = ""
    """A measure that is told beside it."""
    scale: str = ""
    """万 where it is printed in ten thousands."""
    targets: tuple[Target, ...] = ()
    active: bool = True

    @property
    def share(self) -> bool:
        """Whether it is a percentage."""
        return self.unit == PERCENT

    @property
    def against(self) -> bool:
        """Whether its value itself stands against a target, and no pace is asked."""
        return self.share or self.kind != "sum"
