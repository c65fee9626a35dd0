"""责任区 and who answers for them: codes, parents, parts, and one zone going into another."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec.structs import replace

from core.actions.registers import Add, AddZone, AssignZone, MergeZones
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.deciding.keeping import OWN, Own, add, repoint
from core.deciding.loop.road import active_unit
from core.errors import Clash, RuleError
from core.model import AS_FIELDS, Fact, Part, Responsibility, Route, Unit, Zone, zone_code
from core.registers import Ground, Tables, logs
from core.roles import MASTERS
from core.town.called import unit_called
from core.words.text import key_of


@decides
def add_zone(draft: Draft, action: AddZone) -> None:
    """A new zone, and who answers for it."""
    zone = add(draft, Add(table="zones", fields=action.fields))
    if action.lead is not None or action.lead_name:
        since = action.since or draft.now.today
        lead, named = action.lead or 0, action.lead_name
        assign_zone(draft, AssignZone(zone=zone.id, unit=lead, lead_name=named, since=since))


def _with_parent(draft: Draft, fields: dict[str, Any]) -> dict[str, Any]:
    """Fields of a zone whose parent may be named by its code or its name."""
    parent = fields.get("parent")
    if not isinstance(parent, str):
        return dict(fields)
    for zone in list(draft.all(Zone)):
        if key_of(parent) in (key_of(zone.code), key_of(zone.name)):
            return {**fields, "parent": zone.id}
    raise RuleError("no_zone", value=parent)


def _with_code(draft: Draft, fields: dict[str, Any]) -> dict[str, Any]:
    """A zone without a code gets the next one."""
    return {"code": _next_code(draft), **fields}


def _next_code(draft: Draft) -> str:
    """The code behind the highest of those that are numbered as Z01."""
    found = (_NUMBERED.fullmatch(zone.code) for zone in draft.all(Zone))
    return zone_code(max((int(match[1]) for match in found if match), default=0) + 1)


_NUMBERED = re.compile(r"Z(\d{1,4})")


def end_parts(draft: Draft, day: date, *, zone: int | None = None, unit: int | None = None) -> None:
    """Parts in a zone that is retired, or of a helping unit that is, end with that day."""
    for held in list(draft.all(Responsibility)):
        over = held.until is not None and held.until <= day
        mine = held.zone == zone or (held.unit == unit and held.part == Part.CO)
        if mine and not over:
            draft.put("responsibilities", replace(held, until=max(day, held.since)))


def _parts_end(draft: Draft, zone: Zone) -> None:
    """Parts in a zone that is retired end with its last day."""
    if not zone.active and zone.until is not None:
        end_parts(draft, zone.until, zone=zone.id)


def _edited(draft: Draft, zone: Zone) -> None:
    """Parts end with a zone that is retired; a field that is a fact too is told as of today."""
    _parts_end(draft, zone)
    before = draft.town.tables["zones"].get(zone.id)
    if not isinstance(before, Zone):
        return
    facts = {
        name: value
        for name, field in AS_FIELDS.items()
        if (value := getattr(zone, field)) is not None and value != getattr(before, field)
    }
    if facts:
        kept = {field: getattr(before, field) for field in AS_FIELDS.values()}
        draft.put("zones", told(replace(zone, **kept), facts, draft.now.today))


def _begun(draft: Draft, fields: dict[str, Any]) -> dict[str, Any]:
    """A code, and what the zone is told to be as of today."""
    fields = _with_code(draft, fields)
    facts = tuple(
        Fact(name=name, value=fields[field], on=draft.now.today)
        for name, field in AS_FIELDS.items()
        if isinstance(fields.get(field), int | float)
    )
    return {**fields, "facts": facts} if facts else fields


def told(zone: Zone, facts: dict[str, float], day: date) -> Zone:
    """A zone with facts as of a day; fields of the register are the latest told."""
    rest = tuple(f for f in zone.facts if not (f.name in facts and f.on == day))
    new = tuple(Fact(name=name, value=value, on=day) for name, value in facts.items())
    after = replace(zone, facts=(*rest, *new))
    for name, field in AS_FIELDS.items():
        if name not in facts:
            continue
        # What was kept without a day stays the first that was told.
        plain = getattr(zone, field)
        if plain is not None and not any(f.name == name for f in zone.facts):
            after = replace(after, facts=(Fact(name=name, value=plain, on=date.min), *after.facts))
        latest = after.fact_on(name, date.max)
        value = latest.value if latest else None
        whole = field != "area" and value is not None
        after = replace(after, **{field: int(value or 0) if whole else value})
    return after


OWN["zones"] = Own(fill=_with_parent, begin=_begun, edited=_edited)


def _held(draft: Draft, action: AssignZone, unit: Unit) -> list[Responsibility]:
    """What is held of a zone in the same part: of those who help, by the same unit only."""
    return [
        held
        for held in draft.all(Responsibility)
        if (held.zone, held.part, held.empty) == (action.zone, action.part, False)
        and (action.part != Part.CO or held.unit == unit.id)
    ]


@decides
def assign_zone(draft: Draft, action: AssignZone) -> None:
    """A unit answers for a zone from a day on; whoever led it until then ends that day."""
    role = draft.require(MASTERS)
    zone = draft.get("zones", action.zone)
    if not isinstance(zone, Zone):
        raise RuleError("no_zone", value=str(action.zone))
    unit = active_unit(draft, action.unit or unit_called(draft.all(Unit), action.lead_name).id)
    before = None
    until = None
    for held in _held(draft, action, unit):
        if held.since > action.since:
            until = min(until or held.since, held.since)
        elif held.until is None or held.until > action.since:
            before = held.unit
            if held.unit == unit.id:
                raise Clash("already_leads", zone=zone.name, unit=unit.name)
            until = held.until
            draft.put("responsibilities", replace(held, until=action.since))
    new = Responsibility(
        id=draft.new_id("responsibilities"),
        zone=zone.id,
        unit=unit.id,
        part=action.part,
        since=action.since,
        until=until,
    )
    draft.put("responsibilities", new)
    draft.note(
        zone,
        "assign_zone",
        role,
        table="zones",
        on=action.since,
        unit_before=before,
        unit_after=unit.id,
    )


def told_once(draft: Draft) -> None:
    """Refuse where units or zones become one that have told the same twice. Raises `Clash("same_span")`."""
    before = set(_twice(Tables(draft.town.tables, draft.now.today)))
    for fault in _twice(draft):
        if fault not in before:
            raise Clash(fault[0], **dict(fault[1]))


def _twice(ground: Ground) -> Iterator[tuple[str, tuple[tuple[str, Any], ...]]]:
    for fault in logs.sound(ground, None):
        yield fault.code, tuple(fault.fields.items())


def zone_in_use(draft: Draft, key: int) -> Zone:
    """A zone that is not retired. Raises `RuleError("no_zone")`, `Clash("retired_zone")`."""
    zone = draft.get("zones", key)
    if not isinstance(zone, Zone):
        raise RuleError("no_zone", value=str(key))
    if not zone.active:
        raise Clash("retired_zone", value=zone.name)
    return zone


@decides
def merge_zones(draft: Draft, action: MergeZones) -> None:
    """A zone goes into another, with its open items."""
    role = draft.require(MASTERS)
    old, new = draft.get("zones", action.zone), draft.get("zones", action.into)
    if not isinstance(old, Zone) or not isinstance(new, Zone) or not new.active:
        raise RuleError("no_zone", value=str(action.into))
    if old.id == new.id:
        raise RuleError("merge_with_itself", number=old.name)
    if not old.active:
        raise RuleError("no_zone", value=old.code)
    day = draft.day(action.on)
    draft.put("zones", replace(old, active=False, until=day, into=new.id))
    draft.note(old, "merge_zones", role, table="zones", on=day, note=new.name)
    draft.note(new, "merge_zones", role, table="zones", on=day, note=old.name)
    for held in list(draft.all(Responsibility)):
        if held.zone == old.id and (held.until is None or held.until > day):
            draft.put("responsibilities", replace(held, until=max(day, held.since)))
    for below in list(draft.all(Zone)):
        if below.active and below.parent == old.id and below.id != new.id:
            draft.put("zones", replace(below, parent=new.id))
    if new.parent == old.id:  # a part takes the place of the whole
        draft.put("zones", replace(new, parent=old.parent))
    repoint(draft, "zones", old.id, new, role, but=("zones", "routes"))
    told_once(draft)
    taken = {r.key for r in list(draft.all(Route)) if r.active}
    for route in list(draft.all(Route)):
        if route.zone == old.id:
            moved_route = replace(route, zone=new.id)
            keep = route.active and moved_route.key not in taken
            draft.put("routes", replace(moved_route, active=keep))
    for item in list(draft.town.open_items()):
        if item.zone == old.id:
            moved = replace(item, zone=new.id)
            draft.put("items", moved)
            draft.note(
                moved, "merge_zones", role, changed={"zone": (old.code, new.code)}, note=old.name
            )
