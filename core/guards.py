"""What may refuse a verb as an item stands, beside its state and the role: one function a rule."""

from datetime import date

from core.errors import Refusal, RefusalKind
from core.model import Assignment, End, Item, Outcome, Role, State, VoidKind
from core.roles import Actor
from core.words.numbers import part_number

MOST_EXTENSIONS = 2
"""Approved extensions an assignment may have."""


def _own_unit(item: Item, actor: Actor, role: Role) -> Refusal | None:
    """A liaison acts for their own unit only."""
    lead = item.assignment.lead if item.assignment else None
    if role == Role.LIAISON and (actor.unit is None or lead != actor.unit):
        return Refusal("not_your_unit", {"number": item.label}, RefusalKind.NOT_ALLOWED)
    return None


def wrong_state(item: Item | None, verb: str, sources: tuple[State, ...]) -> Refusal:
    """Why a verb may not go on from where an item is."""
    fields = {"number": item.label if item else "", "state": item.state if item else ""}
    return Refusal("wrong_state", {**fields, "verb": verb, "sources": sources}, RefusalKind.CLASH)


def in_parts(item: Item) -> Refusal:
    """Why a step is not taken on what is for several units, but on what one of them has."""
    fields = {"number": item.label, "count": len(item.parts), "value": part_number(item.label, 1)}
    return Refusal("in_parts", fields, RefusalKind.CLASH)


def _no_part(item: Item, actor: Actor, role: Role) -> Refusal | None:
    """A part is not merged by itself."""
    return a_part(item)


def a_part(item: Item) -> Refusal | None:
    """Why something is not done to a part but to its whole."""
    if item.part_of is None:
        return None
    return Refusal("a_part", {"number": item.label, "value": item.whole}, RefusalKind.CLASH)


def _not_with_a_unit(item: Item, actor: Actor, role: Role) -> Refusal | None:
    """What one unit has in hand is not given to several, and a part has no parts."""
    if item.part_of is not None:
        return a_part(item)
    if item.parts or item.holder is None:
        return None
    return Refusal("with_a_unit", {"number": item.label}, RefusalKind.CLASH)


def _not_received(item: Item, actor: Actor, role: Role) -> Refusal | None:
    if item.assignment and item.assignment.received_on:
        return Refusal(
            "received", {"number": item.label, "on": item.assignment.received_on}, RefusalKind.CLASH
        )
    return None


def _own_inspection(item: Item, actor: Actor, role: Role) -> Refusal | None:
    """A unit's own liaison never inspects what the unit put right."""
    lead = item.assignment.lead if item.assignment else None
    if actor.unit is not None and actor.unit == lead:
        return Refusal("inspects_own_unit", {"number": item.label}, RefusalKind.NOT_ALLOWED)
    return None


def _fed_back(item: Item, actor: Actor, role: Role) -> Refusal | None:
    """Nobody closes what they fed back; "who" is the unit where one is named."""
    claim = item.assignment.claim if item.assignment else None
    if claim and claim.on_behalf_of is None and claim.by == actor.login:
        return Refusal("fed_back_yourself", {"number": item.label}, RefusalKind.NOT_ALLOWED)
    if claim and actor.unit is not None and claim.on_behalf_of == actor.unit:
        return Refusal("inspects_own_unit", {"number": item.label}, RefusalKind.NOT_ALLOWED)
    return _own_inspection(item, actor, role)


def _lately_issued(item: Item, actor: Actor, role: Role) -> Refusal | None:
    """What has been fed back once is the unit's own."""
    if item.assignment and item.assignment.feedbacks:
        return Refusal("fed_back_once", {"number": item.label}, RefusalKind.CLASH)
    return None


def _extended_twice(item: Item, actor: Actor, role: Role) -> Refusal | None:
    if item.assignment and item.assignment.extensions >= MOST_EXTENSIONS:
        return Refusal(
            "extended_twice", {"number": item.label, "count": MOST_EXTENSIONS}, RefusalKind.CLASH
        )
    return None


def _was_reported(item: Item, actor: Actor, role: Role) -> Refusal | None:
    """An undone report comes back by doing it again, not by reviving."""
    if item.void_kind == VoidKind.UNREPORTED:
        return Refusal("unreported", {"number": item.label}, RefusalKind.CLASH)
    return None


SUPERVISED, CRITICISED = 2, 3
"""Levels a notice and a circular raise an item to."""


def level_first(item: Item, level: int) -> Refusal | None:
    """Why an item may not be raised further: it is not at a level yet."""
    if item.level >= level:
        return None
    return Refusal("level_first", {"number": item.label, "level": level}, RefusalKind.CLASH)


def _supervised(item: Item, actor: Actor, role: Role) -> Refusal | None:
    """Levels rise one at a time."""
    return level_first(item, SUPERVISED)


def _criticised(item: Item, actor: Actor, role: Role) -> Refusal | None:
    return level_first(item, CRITICISED)


def _closed_late(item: Item, actor: Actor, role: Role) -> Refusal | None:
    """Only what is counted late has a lateness to appeal against."""
    late = any(
        a.end == End.CLOSED and a.due is not None and a.exempt_on is None and _done(a) > a.due
        for a in item.assignments
    )
    return None if late else Refusal("not_late", {"number": item.label}, RefusalKind.CLASH)


def _done(assignment: Assignment) -> date:
    """The day the unit was done, by the feedback that passed, else by the closing."""
    passed = [f.on for f in assignment.feedbacks if f.outcome == Outcome.PASSED and f.on]
    return passed[-1] if passed else assignment.ended_on or date.min


GUARDS = {
    "no_part": _no_part,
    "not_with_a_unit": _not_with_a_unit,
    "own_unit": _own_unit,
    "not_received": _not_received,
    "own_inspection": _own_inspection,
    "fed_back": _fed_back,
    "lately_issued": _lately_issued,
    "extended_twice": _extended_twice,
    "was_reported": _was_reported,
    "supervised": _supervised,
    "criticised": _criticised,
    "closed_late": _closed_late,
}
