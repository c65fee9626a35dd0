"""What a find takes off and how often, proposed with its reason and confirmed by the inspector (docs/rounds.md 2)."""

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from core.model import OPEN_STATES, End, Item, Scheme, State
from core.stats.shares import hundredths
from core.town.town import Town

PLAIN = 100
"""Hundredths of a point where no rule says, and the factor of one."""
FACTOR_WHYS = ("", "repeat", "outside", "within", "manual")
"""Why a find counts as often as it does."""


class Proposal(Struct, frozen=True):
    """What is proposed of a find."""

    factor: int
    """Hundredths."""
    why: str = ""
    twin: int | None = None
    """The item it repeats."""


def deduct_of(town: Town, category: str, subcategory: str) -> int:
    """Hundredths of a point a place of a 小类 takes off, by its rule."""
    for rule in sorted(town.rules.values(), key=lambda r: (bool(r.condition), r.id)):
        if rule.active and (rule.category, rule.subcategory) == (category, subcategory):
            return hundredths(rule.deduct)
    return PLAIN


def twins(town: Town, zone: int, subcategory: str, day: date, days: int) -> list[Item]:
    """Items of the zone and 小类 that are open, or were struck off within so many days; the likeliest first."""
    found = []
    for item in town.in_hand():
        if item.zone != zone or item.subcategory != subcategory or not subcategory:
            continue
        last = item.assignment
        if item.state in (State.RECTIFYING, State.AWAITING) and last is not None:
            found.append((0, -item.id, item))
        elif item.state == State.CLOSED and _closed_since(item, day, days):
            found.append((1, -item.id, item))
    return town.wholes_of(item for *_rank, item in sorted(found, key=lambda f: f[:2]))


def _closed_since(item: Item, day: date, days: int) -> bool:
    closed = item.closed_on
    return closed is not None and timedelta() <= day - closed <= timedelta(days=days)


def proposed(
    scheme: Scheme, day: date, *, twin: Item | None, source: str = "", pieces: Sequence[Item] = ()
) -> Proposal:
    """How often a find counts: not within a deadline that still runs, twice on repetition or from outside.

    `pieces` are what is worked on of the `twin`: its parts, where several units have it.
    """
    key = twin.id if twin is not None else None
    stands = [p for p in pieces if p.state in OPEN_STATES] or ([twin] if twin is not None else [])
    if stands and all(_within(piece, day) for piece in stands):
        return Proposal(scheme.within_factor, "within", key)
    found = Proposal(PLAIN, "", key)
    if any(_repeats(piece, day, scheme.repeat_days) for piece in stands):
        found = Proposal(scheme.repeat_factor, "repeat", key)
    if source in scheme.double_sources and scheme.outside_factor > found.factor:
        found = Proposal(scheme.outside_factor, "outside", key)
    return Proposal(min(found.factor, scheme.max_factor), found.why, key)


def _within(item: Item, day: date) -> bool:
    """Whether its unit is still within the day it was told."""
    last = item.assignment
    if item.state not in (State.RECTIFYING, State.AWAITING) or last is None or last.over:
        return False
    if _failed(item):
        return False
    return last.work_until is not None and last.work_until >= day


def _repeats(item: Item, day: date, days: int) -> bool:
    if item.state == State.CLOSED:
        return _closed_since(item, day, days)
    last = item.assignment
    past = last is not None and last.work_until is not None and last.work_until < day
    return past or _failed(item)


def _failed(item: Item) -> bool:
    """Whether its last look found it wanting."""
    last = item.assignment
    if last is None or last.end == End.CLOSED or last.inspection is None:
        return False
    return not last.inspection.passed
