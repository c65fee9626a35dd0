"""日程: what falls on which day in the weeks ahead, for a calendar on a telephone (docs/street.md 6)."""

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from core.measures.subjects.duties import standing
from core.model import Item, RoundState, State
from core.town.facts import lookback_day
from core.town.town import Town

AHEAD = timedelta(days=62)
"""How far ahead a calendar is filled; a deadline that has passed stands on its day, of the rest only what is ahead."""
KINDS = ("deadline", "look_back", "round", "window", "duty")


class Engagement(Struct, frozen=True):
    """Something that falls on a day."""

    kind: str
    on: date
    key: str
    """By which it is known again: the same thing on another day is moved, not doubled."""
    number: str
    what: str
    where: str = ""
    who: str = ""


def agenda(town: Town, today: date) -> list[Engagement]:
    """Deadlines, look-backs, rounds, windows for objections and duties, by day."""
    until = today + AHEAD
    found = [
        *_deadlines(town, until),
        *_look_backs(town, today, until),
        *_rounds(town, today, until),
        *_duties(town, today, until),
    ]
    return sorted(found, key=lambda each: (each.on, KINDS.index(each.kind), each.key))


def _deadlines(town: Town, until: date) -> Iterator[Engagement]:
    for item in town.in_state(State.RECTIFYING):
        if item.working_until is not None and item.working_until <= until:
            yield _of(town, "deadline", item, item.working_until)


def _look_backs(town: Town, today: date, until: date) -> Iterator[Engagement]:
    for item in town.in_state(State.CLOSED):
        day = lookback_day(item, town)
        if day is not None and today <= day <= until:
            yield _of(town, "look_back", item, day)


def _of(town: Town, kind: str, item: Item, day: date) -> Engagement:
    zone = town.zones.get(item.zone or 0)
    unit = town.units.get(item.holder or 0)
    where = " ".join(filter(None, (zone.name if zone else "", item.location)))
    who = unit.name if unit else ""
    return Engagement(kind, day, f"{kind}-{item.id}", item.label, item.description, where, who)


def _rounds(town: Town, today: date, until: date) -> Iterator[Engagement]:
    for held in town.rounds.values():
        if not held.active:
            continue
        if held.state == RoundState.PLANNED and held.plan_on <= until:
            yield Engagement("round", held.plan_on, f"round-{held.id}", held.number, held.name)
        ends = held.objections_until
        if held.state == RoundState.PUBLISHED and ends is not None and today <= ends <= until:
            yield Engagement("window", ends, f"window-{held.id}", held.number, held.name)


def _duties(town: Town, today: date, until: date) -> Iterator[Engagement]:
    """What comes back every day is no engagement."""
    for each in standing(town, today, until, today):
        due, duty = each.instance, each.instance.duty
        if each.done is not None or each.excused is not None or due.first == due.last:
            continue
        unit = town.units.get(duty.unit or 0)
        who = unit.name if unit else ""
        key = f"duty-{duty.id}-{due.key}"
        yield Engagement("duty", due.due, key, duty.label, duty.name, who=who)
