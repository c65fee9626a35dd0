"""What of the year waits today: duties, campaigns, reports, agreements, pledges (docs/year.md 7)."""

from datetime import date, timedelta

from msgspec import Struct

from core.calendar.periods import Stretch, days
from core.calendar.seasons import season_on
from core.measures import Question
from core.measures.gaps import gaps
from core.measures.indicators import indicators
from core.measures.subjects.campaigns import all_, missing
from core.measures.subjects.duties import Standing, standing
from core.measures.subjects.office_work import pledges_there
from core.measures.subjects.shops import handover, valid
from core.measures.subjects.standard_points import owing_pledges
from core.town.town import Town

LATELY = timedelta(days=31)
"""How long something missed stands in the list."""
A_YEAR = timedelta(days=366)
"""The longest cycle that may still run."""
AHEAD = 2
"""Working days ahead that a duty is told of."""
GRACE_DAYS = 5
"""Working days after a cycle from which a missing report is told."""
PLEDGES_FROM = (4, 1)
LAST_YEAR_UNTIL = 3
"""The last month in which reports of the year before are asked for."""


PLACES = {
    "duty_missed": "duties",
    "duty_due": "duties",
    "pests": "campaigns",
    "figures_missing": "indicators",
    "shops_unsigned": "shops",
    "shops_handover": "shops",
    "pledges_missing": "pledges",
}
"""What waits, in the order it is told, and the place where it is done."""


class DueToday(Struct, frozen=True, kw_only=True):
    """What waits, by what it is called: instances, campaigns, cycles, shops, units."""

    duty_missed: tuple[str, ...] = ()
    duty_due: tuple[str, ...] = ()
    pests: tuple[str, ...] = ()
    figures_missing: tuple[str, ...] = ()
    shops_unsigned: tuple[str, ...] = ()
    shops_handover: tuple[str, ...] = ()
    pledges_missing: tuple[str, ...] = ()

    @property
    def named(self) -> list[tuple[str, tuple[str, ...], str]]:
        """What waits with its place; nothing that is empty."""
        found = ((code, getattr(self, code), place) for code, place in PLACES.items())
        return [each for each in found if each[1]]

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__struct_fields__)


def due_today(town: Town, today: date) -> DueToday:
    """Everything of the year that somebody should look at today."""
    asked = Question(town, Stretch(date(today.year, 1, 1), today, str(today.year), over=False))
    return DueToday(
        duty_missed=tuple(each.instance.ref for each in missed_lately(town, today)),
        duty_due=tuple(each.instance.ref for each in due_soon(town, today)),
        pests=tuple(_pests(town, today)),
        figures_missing=tuple(_figures(town, today)),
        shops_unsigned=tuple(s.label for s in valid(asked) if s.agreement_on(today) is None),
        shops_handover=tuple(line.ref for line in handover(asked).lines),
        pledges_missing=tuple(_pledges(asked, today)),
    )


def missed_lately(town: Town, today: date) -> list[Standing]:
    """What was missed in the last month."""
    return [each for each in standing(town, today - LATELY, today, today) if each.missed]


def due_soon(town: Town, today: date) -> list[Standing]:
    """What is due to the second working day ahead, and what was due in a cycle that still runs."""
    until = town.calendar.add_workdays(today, AHEAD)
    return [
        each
        for each in standing(town, today - A_YEAR, until, today)
        if each.done is None
        and each.excused is None
        and not each.missed
        and each.instance.due <= until
    ]


def _pests(town: Town, today: date) -> list[str]:
    """In a season: that none is begun yet, or what the one begun lacks."""
    seasons = town.settings.seasons
    season = season_on(seasons, today)
    if not season:
        return []
    begun = [
        c
        for c in all_(town)
        if c.first.year == today.year and season_on(seasons, c.first) == season
    ]
    if not begun:
        return [f"{today.year}{season}"]
    return [c.label for c in begun if c.closed_on is None and missing(town, c)]


def _figures(town: Town, today: date) -> list[str]:
    """Reports that are late: from the fifth working day after their cycle; until March also last year's."""
    first = date(today.year - (today.month <= LAST_YEAR_UNTIL), 1, 1)
    asked = Question(town, days(first, today))
    return [
        f"{held.code}@{gap.cycle}"
        for held in indicators(town)
        for gap in gaps(asked, held)
        if today >= town.calendar.add_workdays(gap.last, GRACE_DAYS)
    ]


def _pledges(asked: Question, today: date) -> list[str]:
    if (today.month, today.day) < PLEDGES_FROM or not pledges_there(asked):
        return []
    owing = owing_pledges(asked.town, asked.period)
    return [asked.town.units[unit].name for unit in owing]
