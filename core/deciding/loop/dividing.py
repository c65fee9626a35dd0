"""分项交办: a problem for several units, in parts (docs/domain.md 3)."""

from itertools import count
from typing import Any

from msgspec.structs import replace

from core.actions.action import verb_named
from core.actions.loop.dividing import Split, UnitPart
from core.deciding.deciders import F, decides, decides_on, kind_of
from core.deciding.draft import Draft
from core.deciding.loop.road import DEFAULT_REQUIREMENT, active_unit, assignment_of
from core.errors import Clash, RuleError
from core.guards import wrong_state
from core.model import Item, Role, State, VoidKind
from core.model.parts import FEWEST, MOST, SHARED
from core.words.numbers import part_number
from core.workflow import TABLE

_OF_THE_WHOLE = (
    "location",
    "description",
    "close_standard",
    "reported_on",
    "accepted_on",
    "reporter",
    "round",
)
"""What a part has from its whole when it is made, beside what they share."""


def decides_by_parts(function: F) -> F:
    """As `decides`, for a step that of a problem in parts is taken on each of them that stands where it may be."""
    kind = kind_of(function)
    verb = verb_named(kind)

    def decide(draft: Draft, action: Any) -> None:
        item = draft.item(action.item)
        if not item.parts:
            function(draft, action)
            return
        there = [part.id for part in map(draft.item, item.parts) if _stands_for(part, verb)]
        able = [key for key in there if all(r.kind != verb for r in draft.pending(key))]
        for key in able:
            function(draft, replace(action, item=key))
        if there and not able:
            raise Clash("already_asked", number=item.label, verb=verb)
        if not able:
            raise RuleError.of(wrong_state(item, verb, TABLE[verb].sources))

    decides_on(kind, decide)
    return function


def _stands_for(part: Item, verb: str) -> bool:
    return part.state in TABLE[verb].sources and part.void_kind != VoidKind.UNREPORTED


@decides
def split(draft: Draft, action: Split) -> None:
    """Each unit gets a part of its own; a problem that stands in parts gets more of them."""
    item, role = draft.begin(action.item, "split")
    draft.needs("split", item, parts=action.parts)
    if not FEWEST <= len(item.parts) + len(action.parts) <= MOST:
        raise RuleError("how_many_parts", number=item.label, count=FEWEST, most=MOST)
    usual = action.requirement or DEFAULT_REQUIREMENT
    there = [p.assignment for key in item.parts if (p := draft.item(key)).holder is not None]
    known = [(a.lead, a.requirement) for a in there if a is not None]
    for each in action.parts:
        mine = (each.lead, each.requirement or usual)
        if mine in known:
            raise RuleError(
                "part_twice", number=item.label, value=active_unit(draft, each.lead).name
            )
        known.append(mine)
    made = [_part(draft, item, each, action, role) for each in action.parts]
    whole = replace(item, parts=(*item.parts, *(part.id for part in made)), proposed=None)
    draft.put("items", whole)
    draft.note(
        whole,
        "split",
        role,
        on=draft.day(action.on),
        note=action.note,
        reference="、".join(part.number for part in made),
    )


def _part(draft: Draft, item: Item, asked: UnitPart, action: Split, role: Role) -> Item:
    day = draft.day(action.on)
    given = assignment_of(draft, item, asked.lead, asked.due, day, asked.deadline, co=asked.co)
    requirement = asked.requirement or action.requirement or DEFAULT_REQUIREMENT
    numbers = (part_number(item.number, no) for no in count(1))
    part = Item(
        id=draft.new_id("items"),
        number=next(number for number in numbers if draft.find(number) is None),
        part_of=item.id,
        state=State.RECTIFYING,
        assignments=(replace(given, no=1, requirement=requirement),),
        **{name: getattr(item, name) for name in (*SHARED, *_OF_THE_WHOLE)},
    )
    draft.put("items", part)
    draft.remember(part)
    draft.note(
        part,
        "split",
        role,
        on=day,
        reference=item.label,
        assignment=1,
        to_state=State.RECTIFYING,
        unit_after=given.lead,
        due_after=asked.due,
        until_after=asked.due,
    )
    return part
