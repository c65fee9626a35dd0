"""The last months side by side: found, closed, in time."""

from datetime import date

from core.calendar.spans import Length, Span
from core.stats.cells import Line
from core.stats.tally import Keep, tally
from core.town.town import Town

MONTHS = 12
"""How many are looked at where nobody says."""


def trend(
    town: Town, last: Span, today: date, count: int = MONTHS, *, keep: Keep | None = None
) -> list[tuple[Span, Line]]:
    """The total of each of so many months up to the one a stretch ends with, the earliest first."""
    end = last.months[-1]
    months = [Span(end.at - back, Length.MONTH) for back in range(count - 1, -1, -1)]
    return [(month, tally(town, month, today, keep=keep).total) for month in months]
