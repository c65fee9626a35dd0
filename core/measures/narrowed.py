"""A number of one unit or one zone: the lines of the whole number that are theirs, joined by its own rule (docs/year.md 3)."""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from core.calendar.periods import Stretch
from core.measures.counted import Counted, Joined, TraceLine
from core.measures.entered import above
from core.measures.subjects.office_work import pledges_of
from core.model import Indicator, Target
from core.stats.tabulated import unit_line
from core.town.town import Town
from core.words.amounts import written


class Narrowed(Struct, frozen=True):
    """A unit or a zone, or what both have in common; everything where neither is named."""

    town: Town
    unit: int | None = None
    zone: int | None = None

    @property
    def whole(self) -> bool:
        """Whether it is the whole town."""
        return self.unit is None and self.zone is None

    def holds(self, line: TraceLine) -> bool:
        """Whether a line is its own; one of a zone below its zone is."""
        own = self.unit is None or line.unit == self.unit
        return own and (self.zone is None or self.zone in above(self.town, line.zone))

    def of(self, counted: Counted, by: Joined) -> Counted:
        """Its share of a number; none where the number cannot be taken apart."""
        if self.whole:
            return counted
        lines = tuple(line for line in counted.lines if self.holds(line))
        if not lines:
            return Counted()
        if by == Joined.COUNT:
            return Counted(value=Decimal(len(lines)), text=str(len(lines)), lines=lines)
        if by != Joined.SUM:
            return Counted()
        value = sum((Decimal(line.value) for line in lines), Decimal(0))
        return Counted(value=value, text=written(value), lines=lines)

    def targets(self, held: Indicator, period: Stretch, day: date) -> tuple[Target, ...]:
        """What its pledge promises of an indicator for the year; a zone has none."""
        if self.unit is None:
            return ()
        found = [
            Target(
                year=pledge.year,
                value=pledge.lines[held.code],
                set_on=pledge.signed_on,
                reference=pledge.label,
            )
            for pledge in pledges_of(self.town, period)
            if held.code in pledge.lines and unit_line(self.town, pledge.unit, day) == self.unit
        ]
        return tuple(found)
