"""What a measure finds: a number, the lines it is made of, the lines left out and why (docs/year.md 4)."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from core.calendar.periods import Stretch
from core.stats.shares import percent, printed, rounded
from core.town.town import Town
from core.words.amounts import written

T = TypeVar("T")
NONE = "—"
"""What stands for a number that is not known."""


class Joined(StrEnum):
    """How the lines of a measure make its number."""

    SUM = "sum"
    COUNT = "count"
    """The number of lines; a line's value is what is told beside."""
    SHARE = "share"
    """The lines are those above the line of a fraction, or one fraction each."""
    MEAN = "mean"
    LATEST = "latest"


class TraceLine(Struct, frozen=True):
    """One record that counts."""

    ref: str
    on: date | None = None
    unit: int | None = None
    zone: int | None = None
    value: str = "1"


class LeftOut(Struct, frozen=True):
    """One record that does not count, and why."""

    ref: str
    why: str


class Counted(Struct, frozen=True, kw_only=True):
    """A number with where it comes from; None of `value` is no number, which is not nought."""

    value: Decimal | None = None
    text: str = NONE
    lines: tuple[TraceLine, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    listed: tuple["Spoken", ...] = ()
    """Of a list of indicators or activities: each with its words."""
    share: bool = False
    """Whether it is a percentage, which always shows two places."""
    missing: tuple[str, ...] = ()
    """What stands behind it where somebody must look: 【核】, 【未报1区】."""

    @property
    def printed_value(self) -> str | None:
        """The number alone, as data."""
        if self.value is None:
            return None
        return printed(Fraction(self.value)) if self.share else written(self.value)


class Spoken(Struct, frozen=True):
    """One of a list: what it is of, and how it reads."""

    code: str
    text: str


class Question(Struct, frozen=True):
    """What a measure is asked of."""

    town: Town
    period: Stretch
    found: dict[tuple[object, ...], Any] = field(default_factory=dict)
    """What was found out already; a question is asked of a town that does not change meanwhile."""

    @property
    def day(self) -> date:
        """Its last day."""
        return self.period.last

    def over(self, period: Stretch) -> "Question":
        """The same town, another stretch."""
        return replace(self, period=period)

    def once(self, find: Callable[[], T], *name: object) -> T:
        """What `find` gives, found out once for a name and shared by every question made of this one."""
        if name not in self.found:
            self.found[name] = find()
        result: T = self.found[name]
        return result


def ordered(lines: Iterable[TraceLine]) -> tuple[TraceLine, ...]:
    """Lines by day and number."""
    return tuple(sorted(lines, key=lambda line: (line.on or date.min, line.ref)))


def by_ref(left: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
    """What is left out, by number."""
    return tuple(sorted(left, key=lambda each: each.ref))


def count(lines: Iterable[TraceLine], left: Iterable[LeftOut] = ()) -> Counted:
    """How many lines there are, in the order they come in."""
    found = tuple(lines)
    number = Decimal(len(found))
    return Counted(value=number, text=written(number), lines=found, left_out=tuple(left))


def share(
    part: Decimal | int,
    whole: Decimal | int,
    lines: Iterable[TraceLine] = (),
    left: Iterable[LeftOut] = (),
    notes: Iterable[str] = (),
    missing: Iterable[str] = (),
) -> Counted:
    """A percentage with its fraction; nothing where nothing stands below the line."""
    rate = percent_of(part, whole)
    behind = tuple(missing)
    if rate is None:
        return Counted(left_out=tuple(left))
    text = f"{printed(rate)}%（{written(Decimal(part))}/{written(Decimal(whole))}）"
    return Counted(
        value=Decimal(rounded(rate)) / 100,
        text=text + "".join(behind),
        lines=tuple(lines),
        left_out=tuple(left),
        notes=tuple(notes),
        share=True,
        missing=behind,
    )


def percent_of(part: Decimal | int, whole: Decimal | int) -> Fraction | None:
    """A share in percent, exact."""
    if isinstance(part, int) and isinstance(whole, int):
        return percent(part, whole)
    return Fraction(part) * 100 / Fraction(whole) if whole else None
