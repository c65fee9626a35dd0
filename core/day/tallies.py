"""What zones and units stand at: open and overdue, what this month brought, how timely a unit is."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from core.calendar.spans import Length, Span
from core.model import LEFT_STATES, OPEN_STATES, Item, State, Zone
from core.stats.tally import tally
from core.town.facts import outstanding
from core.town.town import Town


class Share(Struct, frozen=True):
    """So many of so many, as the office prints it: 93.72%（911/972）, — where there is nothing."""

    part: int = 0
    whole: int = 0

    @property
    def percent(self) -> str:
        """Two decimals, half up."""
        if not self.whole:
            return "—"
        share = Decimal(100 * self.part) / Decimal(self.whole)
        return f"{share.quantize(Decimal('0.01'), ROUND_HALF_UP)}%"

    def __str__(self) -> str:
        return f"{self.percent}（{self.part}/{self.whole}）" if self.whole else "—"


class ZoneTally(Struct):
    """What a zone stands at."""

    open: int = 0
    overdue: int = 0
    found: int = 0
    """Items found in it this month."""
    looked_on: date | None = None
    """The last day somebody found or inspected something in it."""


class UnitTally(Struct):
    """What a unit stands at; the rate is of this year up to today (docs/domain.md 9)."""

    open: int = 0
    overdue: int = 0
    level: int = 0
    """The highest 督办级别 of what it has open."""
    closed: int = 0
    due: int = 0
    timely: int = 0

    @property
    def rate(self) -> Share:
        """按期整改率 of the year, as statistics have it (docs/statistics.md 3.1)."""
        return Share(self.timely, self.closed + self.due)


def by_zone(town: Town, today: date) -> dict[int, ZoneTally]:
    """The zones that ever had an item."""
    found: dict[int, ZoneTally] = {}
    for item in town.problems():
        if item.zone is None or item.state in LEFT_STATES:
            continue
        tally = found.setdefault(item.zone, ZoneTally())
        if item.state in OPEN_STATES:
            tally.open += 1
            tally.overdue += any(outstanding(piece, today) for piece in town.pieces_of(item))
        day = item.found_on
        tally.found += day is not None and (day.year, day.month) == (today.year, today.month)
        looks = (look for piece in town.pieces_of(item) for look in _looks(piece))
        tally.looked_on = max((*looks, tally.looked_on or date.min))
    for tally in found.values():
        tally.looked_on = None if tally.looked_on == date.min else tally.looked_on
    return found


def _looks(item: Item) -> Iterator[date]:
    if item.found_on is not None:
        yield item.found_on
    for assignment in item.assignments:
        yield from (look.on for look in assignment.inspections if look.on is not None)
    yield from (look.on for look in item.rechecks if look.on is not None)


def by_unit(town: Town, today: date) -> dict[int, UnitTally]:
    """The units that ever led on something: what they have open now, and this year's figures as statistics have them."""
    table = tally(town, Span.around(today, Length.YEAR), today)
    found = {
        line.key: UnitTally(
            closed=line.count("closed"),
            due=line.count("overdue_open"),
            timely=line.count("ontime"),
        )
        for line in table.lines
        if isinstance(line.key, int)
    }
    for item in town.open_items():
        held = found.setdefault(item.holder, UnitTally()) if item.holder is not None else None
        if held is not None:
            held.open += 1
            held.overdue += outstanding(item, today)
            held.level = max(held.level, item.level)
    return found


def in_hand(items: Iterable[Item]) -> dict[int, list[Item]]:
    """What each unit has to put right or has reported done, of some items."""
    held: dict[int, list[Item]] = {}
    for item in items:
        if item.state in (State.RECTIFYING, State.AWAITING) and item.holder is not None:
            held.setdefault(item.holder, []).append(item)
    return held


def in_tree(zones: dict[int, Zone]) -> list[tuple[int, Zone]]:
    """Zones with how deep each stands, parts behind the whole; retired ones last."""
    below: dict[int | None, list[Zone]] = {}
    for zone in zones.values():
        parent = zone.parent if zone.parent in zones else None
        below.setdefault(parent, []).append(zone)

    def walk(parent: int | None, depth: int) -> Iterator[tuple[int, Zone]]:
        for zone in sorted(below.get(parent, ()), key=lambda z: (not z.active, z.code)):
            yield depth, zone
            yield from walk(zone.id, depth + 1)

    return list(walk(None, 0))
