"""The last months side by side: found, closed, in time."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from core.calendar.spans import Length, Span
from core.model import OPEN_STATES, State
from core.stats.tabulated import FigureLine
from core.stats.tally import Keep, tally
from core.town.town import Town

MONTHS = 12
"""How many are looked at where nobody says."""


def found_in(town: Town, months: Sequence[Span], unit: int | None = None) -> list[int]:
    """How many items that are open or were struck off were found in each month; those a unit was given, where one is
    asked about."""
    days = (
        i.found_on
        for i in town.problems()
        if i.state in (*OPEN_STATES, State.CLOSED)
        and (unit is None or any(unit == a.lead for p in town.pieces_of(i) for a in p.assignments))
    )
    counts = Counter(Span.month_of(day) for day in days if day is not None)
    return [counts[month] for month in months]


def trend(
    town: Town,
    last: Span,
    today: date,
    count: int = MONTHS,
    *,
    keep: Keep | None = None,
    unit: int | None = None,
) -> list[tuple[Span, FigureLine]]:
    """The total of each of so many months up to the one a stretch ends with, the earliest first; of one unit's line
    where there is a `unit`."""
    end = last.months[-1]
    months = [Span(end.at - back, Length.MONTH) for back in range(count - 1, -1, -1)]
    return [(month, tally(town, month, today, keep=keep, unit=unit).total) for month in months]
