"""责任单位: one unit going into another, and parts that end with a helping unit."""

from datetime import date

from msgspec.structs import replace

from core.actions.registers import AssignZone, MergeUnits
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.deciding.keeping import OWN, Own, repoint
from core.deciding.loop.road import active_unit
from core.deciding.registers.zones import assign_zone, end_parts, told_once
from core.errors import RuleError
from core.model import (
    End,
    Part,
    Request,
    RequestState,
    Responsibility,
    Role,
    Route,
    Unit,
)
from core.roles import MASTERS
from core.words.text import key_of


def _parts_end(draft: Draft, unit: Unit) -> None:
    """Parts of a helping unit that is retired end with its last day."""
    if not unit.active and unit.until is not None:
        end_parts(draft, unit.until, unit=unit.id)


OWN["units"] = Own(edited=_parts_end)


@decides
def merge_units(draft: Draft, action: MergeUnits) -> None:
    """A unit goes into another: its names, zones, routes, people and open items go along.

    An open item is given to the other unit with the same deadlines and whatever was fed back; the
    assignment of the old one ends as reassigned.
    """
    role = draft.require(MASTERS)
    old, new = active_unit(draft, action.unit), active_unit(draft, action.into)
    if old.id == new.id:
        raise RuleError("merge_with_itself", number=old.name)
    day = draft.day(action.on)
    draft.put("units", replace(old, active=False, until=day, into=new.id))
    draft.note(old, "merge_units", role, table="units", on=day, note=new.name)
    known = {key_of(n) for n in new.names}
    more = tuple(n for n in old.names if key_of(n) not in known)
    new = replace(new, aliases=(*new.aliases, *more))
    draft.put("units", new)
    draft.note(new, "merge_units", role, table="units", on=day, note=old.name)
    for held in list(draft.all(Responsibility)):
        if held.unit == old.id and (held.until is None or held.until > day):
            _handed_over(draft, held, new, day)
    for route in list(draft.all(Route)):
        co = tuple(dict.fromkeys(new.id if u == old.id else u for u in route.co))
        lead = new.id if route.lead == old.id else route.lead
        if (lead, co) != (route.lead, route.co):
            draft.put("routes", replace(route, lead=lead, co=tuple(u for u in co if u != lead)))
    repoint(draft, "units", old.id, new, role, but=("routes",))
    told_once(draft)
    _give_items(draft, old, new, day, role)
    _hand_requests(draft, old, new)


def _give_items(draft: Draft, old: Unit, new: Unit, day: date, role: Role) -> None:
    """Open items of a unit that is no more go on with the one it went into."""
    for item in list(draft.town.open_items()):
        item = draft.item(item.id)
        last = item.assignment
        if last is None or last.over or old.id not in (last.lead, *last.co):
            continue
        co = tuple(dict.fromkeys(new.id if u == old.id else u for u in last.co))
        if last.lead != old.id:
            given = replace(last, co=tuple(u for u in co if u != last.lead))
            item = replace(item, assignments=(*item.assignments[:-1], given))
        else:
            ended = replace(last, ended_on=day, end=End.REASSIGNED)
            given = replace(
                last, no=last.no + 1, lead=new.id, co=tuple(u for u in co if u != new.id)
            )
            item = replace(item, assignments=(*item.assignments[:-1], ended, given))
        draft.put("items", item)
        draft.note(
            item,
            "merge_units",
            role,
            on=day,
            assignment=given.no,
            unit_before=old.id,
            unit_after=new.id,
            note=new.name,
        )


def _hand_requests(draft: Draft, old: Unit, new: Unit) -> None:
    """What is asked for a unit that is no more is asked for the one it went into."""
    for request in list(draft.all(Request)):
        asked = request.asked
        if request.state == RequestState.ASKED and old.id in (asked.unit, *asked.co):
            unit = new.id if asked.unit == old.id else asked.unit
            co = dict.fromkeys(new.id if u == old.id else u for u in asked.co)
            asked = replace(asked, unit=unit, co=tuple(u for u in co if u != unit))
            draft.put("requests", replace(request, asked=asked))


def _handed_over(draft: Draft, held: Responsibility, new: Unit, day: date) -> None:
    """A part in a zone that goes to another unit, now or when it was to begin."""
    since = max(day, held.since)
    others = [
        r
        for r in list(draft.all(Responsibility))
        if r.id != held.id and (r.zone, r.part, r.unit) == (held.zone, held.part, new.id)
    ]
    if held.since > day or any(r.holds(since) for r in others):
        # Not begun yet, or the other unit has the part already: only the name goes.
        doubled = any(r.holds(since) for r in others)
        moved = replace(held, until=since) if doubled else replace(held, unit=new.id)
        draft.put("responsibilities", moved)
        return
    assign_zone(draft, AssignZone(zone=held.zone, unit=new.id, since=since, part=held.part))
    if held.part == Part.CO:
        draft.put("responsibilities", replace(held, until=since))
