"""What the office itself did: papers, rounds, pledges; and what the town is (docs/year.md 4)."""

from datetime import date
from decimal import Decimal

from core.calendar.periods import Stretch
from core.measures.counted import Counted, LeftOut, Question, TraceLine, count
from core.model import (
    IN_SHORT,
    Document,
    DocumentState,
    Pledge,
    RoundKind,
    RoundState,
    Zone,
)
from core.model.pledge import standing
from core.stats.tabulated import unit_line
from core.town.town import Town
from core.words.amounts import written

ROUNDS: dict[str, tuple[RoundKind, ...]] = {
    "月小查": (RoundKind.MONTH,),
    "季普查": (RoundKind.QUARTER,),
    "大查": (RoundKind.HALF, RoundKind.YEAR),
}
PROFILED = ("社区", "村")
"""Kinds of zones that add up to the town."""


def papers_there(asked: Question) -> bool:
    """Whether any paper was signed by the day."""
    papers = (d for d in asked.town.documents.values() if d.active)
    return any(d.signed_on and d.signed_on <= asked.day for d in papers)


def papers(asked: Question, kind: str = "") -> Counted:
    """Papers signed in the stretch, those withdrawn left out."""
    wanted = IN_SHORT[kind]
    lines, left = [], []
    for paper in _by_number(asked.town):
        if paper.kind != wanted or not paper.active or paper.signed_on not in asked.period:
            continue
        gone = paper.withdrawn_on
        if paper.state == DocumentState.WITHDRAWN and (gone is None or gone <= asked.day):
            left.append(LeftOut(paper.label, "作废"))
        else:
            lines.append(TraceLine(paper.label, paper.signed_on, paper.unit))
    return count(lines, left)


def _by_number(town: Town) -> list[Document]:
    return sorted(town.documents.values(), key=lambda d: (d.year, d.seq, d.id))


def rounds_there(asked: Question) -> bool:
    """Whether any round was begun by the day."""
    return any(
        r.active and r.started_on is not None and r.started_on <= asked.day
        for r in asked.town.rounds.values()
    )


def rounds(asked: Question, kind: str = "") -> Counted:
    """Rounds begun in the stretch."""
    kinds = ROUNDS[kind]
    held = [
        r
        for r in asked.town.rounds.values()
        if r.active
        and r.kind in kinds
        and r.state != RoundState.CANCELLED
        and r.started_on in asked.period
    ]
    return count(TraceLine(r.number, r.started_on) for r in sorted(held, key=lambda r: r.number))


def pledges_there(asked: Question) -> bool:
    """Whether any pledge was signed by the day."""
    return any(p.active and p.signed_on <= asked.day for p in asked.town.all(Pledge))


def pledges_of(town: Town, period: Stretch) -> list[Pledge]:
    """The pledges of the year of a stretch that hold by its last day."""
    signed = (p for p in town.all(Pledge) if p.year == period.year and p.signed_on <= period.last)
    return sorted(standing(signed), key=lambda p: p.id)


def pledged(asked: Question) -> Counted:
    """责任书.单位: units whose pledge of the year holds."""
    units: dict[int | None, TraceLine] = {}
    for pledge in pledges_of(asked.town, asked.period):
        unit = unit_line(asked.town, pledge.unit, asked.day)
        units[unit] = TraceLine(pledge.label, pledge.signed_on, unit)
    return count(units.values())


def profile_there(asked: Question) -> bool:
    """Whether anything is told of any zone by the day."""
    return any(
        fact.on <= asked.day for zone in asked.town.zones.values() for fact in zone.facts
    ) or any(
        (zone.area, zone.households, zone.population) != (None, None, None) and not zone.facts
        for zone in asked.town.zones.values()
    )


def profile(asked: Question, name: str = "") -> Counted:
    """概况: what the communities and villages of the town tell, each by itself or by its parts."""
    town, day = asked.town, asked.day
    kinds = town.settings.profile_kinds or PROFILED
    live = _telling(town, name, day)
    lines: list[TraceLine] = []
    total = Decimal(0)

    def told(key: int, seen: frozenset[int]) -> None:
        nonlocal total
        zone = live[key]
        fact = zone.fact_on(name, day)
        if fact is not None:
            total += Decimal(str(fact.value))
            on = fact.on if fact.on.year > 1 else None
            lines.append(TraceLine(zone.code, on, None, zone.id, written(Decimal(str(fact.value)))))
            return
        for part in live.values():
            if part.parent == key and part.id not in seen:
                told(part.id, seen | {part.id})

    roots = [z for z in live.values() if z.kind in kinds and not _within(z.parent, live, kinds)]
    for zone in sorted(roots, key=lambda z: z.code):
        told(zone.id, frozenset({zone.id}))
    if not lines:
        return Counted()
    return Counted(value=total, text=written(total), lines=tuple(lines))


def _telling(town: Town, name: str, day: date) -> dict[int, Zone]:
    """The zones a fact is read from, by id: what a zone told before it was divided holds until each of its parts
    has told its own.
    """
    parts: dict[int | None, list[Zone]] = {}
    for zone in town.zones.values():
        parts.setdefault(zone.split_from, []).append(zone)

    def of(zone: Zone) -> list[Zone]:
        below = [each for part in parts.get(zone.id, ()) for each in of(part)]
        known = all(each.fact_on(name, day) for each in below)
        if below and (known or not zone.fact_on(name, day)):
            return below
        live = zone.active or (zone.until is not None and zone.until > day)
        return [zone] if live or below else []

    return {each.id: each for zone in parts.get(None, ()) for each in of(zone)}


def _within(parent: int | None, live: dict[int, Zone], kinds: tuple[str, ...]) -> bool:
    """Whether a zone lies in another one that counts."""
    seen: set[int] = set()
    while parent is not None and parent not in seen:
        seen.add(parent)
        above = live.get(parent)
        if above is None:
            return False
        if above.kind in kinds:
            return True
        parent = above.parent
    return False
