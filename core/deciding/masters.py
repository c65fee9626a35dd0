"""Zones, units, staff and settings: added, changed and retired, never removed."""

import math
import re
from datetime import date
from typing import Any, TypeVar, cast

import msgspec
from msgspec.structs import replace

from core.actions import (
    AddStaff,
    AddUnit,
    AddZone,
    AssignZone,
    ChangeSettings,
    EditStaff,
    EditUnit,
    EditZone,
    MergeUnits,
    MergeZones,
)
from core.deciding.draft import Draft, plain_name
from core.deciding.road import active_unit
from core.errors import RuleError
from core.model import (
    End,
    Former,
    Part,
    Record,
    Request,
    RequestState,
    Responsibility,
    Role,
    Route,
    Sender,
    Staff,
    Unit,
    Zone,
    zone_code,
)
from core.naming import Directory
from core.roles import MASTERS
from core.text import key_of

R = TypeVar("R", bound=Record)
ADMINS = (Role.ADMIN,)


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return "、".join(str(getattr(part, "name", part)) for part in value)
    return "" if value is None else str(value)


def built(kind: type[R], fields: dict[str, Any]) -> R:
    """A record of `kind`, or a refusal naming the field that does not fit."""
    for value in fields.values():
        if isinstance(value, float) and not math.isfinite(value):
            raise RuleError("bad_number", value=str(value))
    try:
        return msgspec.convert(fields, kind)
    except msgspec.ValidationError as error:
        found = re.search(r"\$\.(\w+)", str(error))
        raise RuleError("bad_field", field=found.group(1) if found else "") from None


def edited(
    draft: Draft, table: str, key: int, fields: dict[str, Any], verb: str, role: Role
) -> Record:
    """Put the changed record, with old and new values in its history."""
    old = draft.get(table, key)
    if old is None:
        raise RuleError("no_record", table=table, value=str(key))
    changed = {
        name: (_text(getattr(old, name)), _text(value))
        for name, value in fields.items()
        if getattr(old, name) != value
    }
    if not changed:
        raise RuleError("nothing_changed", number=_text(getattr(old, "name", key)))
    new = built(type(old), {**msgspec.structs.asdict(old), **fields})
    draft.put(table, new)
    draft.note(new, verb, role, table=table, changed=changed)
    return new


def _dated(draft: Draft, table: str, key: int, fields: dict[str, Any]) -> None:
    """A name given up is kept with its last day, and so is the day of retiring."""
    old = draft.get(table, key)
    if not isinstance(old, Unit | Zone | Staff):
        return
    name = fields.get("name", old.name)
    if old.name and name != old.name:
        fields["former"] = (*old.former, Former(old.name, draft.now.today))
    if "active" in fields and fields["active"] != old.active:
        fields["until"] = None if fields["active"] else fields.get("until") or draft.now.today


def added(draft: Draft, table: str, record: R, verb: str, role: Role) -> R:
    record = replace(record, id=draft.new_id(table))
    draft.put(table, record)
    draft.note(record, verb, role, table=table)
    return record


def add_zone(draft: Draft, action: AddZone) -> None:
    """A new zone; its code and its name stand for nothing else. Without a code it gets the next one."""
    role = draft.require(MASTERS)
    fields = _with_parent(draft, action.fields)
    zone = built(Zone, {"code": _next_code(draft), **fields})
    zone = replace(zone, code=plain_name("code", zone.code), name=plain_name("name", zone.name))
    zone = added(draft, "zones", zone, "add_zone", role)
    if action.lead is not None or action.lead_name:
        since = action.since or draft.now.today
        lead, named = action.lead or 0, action.lead_name
        assign_zone(draft, AssignZone(zone=zone.id, unit=lead, lead_name=named, since=since))


def edit_zone(draft: Draft, action: EditZone) -> None:
    """Changed attributes of a zone."""
    role = draft.require(MASTERS)
    fields = _with_parent(draft, action.fields)
    for name in ("code", "name"):
        if name in fields:
            fields[name] = plain_name(name, fields[name])
    _dated(draft, "zones", action.zone, fields)
    zone = edited(draft, "zones", action.zone, fields, "edit_zone", role)
    if isinstance(zone, Zone) and not zone.active and zone.until is not None:
        _end_parts(draft, zone.until, zone=zone.id)


def _with_parent(draft: Draft, fields: dict[str, Any]) -> dict[str, Any]:
    """Fields of a zone whose parent may be named by its code or its name."""
    parent = fields.get("parent")
    if not isinstance(parent, str):
        return dict(fields)
    for zone in list(draft.all(Zone)):
        if key_of(parent) in (key_of(zone.code), key_of(zone.name)):
            return {**fields, "parent": zone.id}
    raise RuleError("no_zone", value=parent)


def _next_code(draft: Draft) -> str:
    """The code behind the highest of those that are numbered as Z01."""
    found = (_NUMBERED.fullmatch(zone.code) for zone in draft.all(Zone))
    return zone_code(max((int(match[1]) for match in found if match), default=0) + 1)


_NUMBERED = re.compile(r"Z(\d{1,4})")


def _unit_called(draft: Draft, name: str) -> int:
    """The unit a name stands for, also one added just now. Raises `RuleError("no_unit")`."""
    found = Directory(list(draft.all(Unit))).find(name)
    if found is None:
        raise RuleError("no_unit", value=name)
    return found.id


def _end_parts(
    draft: Draft, day: date, *, zone: int | None = None, unit: int | None = None
) -> None:
    """Parts in a zone that is retired, or of a helping unit that is, end with that day."""
    for held in list(draft.all(Responsibility)):
        over = held.until is not None and held.until <= day
        mine = held.zone == zone or (held.unit == unit and held.part == Part.CO)
        if mine and not over:
            draft.put("responsibilities", replace(held, until=max(day, held.since)))


def assign_zone(draft: Draft, action: AssignZone) -> None:
    """A unit answers for a zone from a day on; whoever led it until then ends that day."""
    role = draft.require(MASTERS)
    zone = draft.get("zones", action.zone)
    if not isinstance(zone, Zone):
        raise RuleError("no_zone", value=str(action.zone))
    unit = active_unit(draft, action.unit or _unit_called(draft, action.lead_name))
    before = None
    until = None
    for held in list(draft.all(Responsibility)):
        if (
            held.zone != zone.id
            or held.empty
            or held.part != action.part
            or (action.part == Part.CO and held.unit != unit.id)
        ):
            continue
        if held.since > action.since:
            until = min(until or held.since, held.since)
        elif held.until is None or held.until > action.since:
            before = held.unit
            if held.unit == unit.id:
                raise RuleError("already_leads", zone=zone.name, unit=unit.name)
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


def add_unit(draft: Draft, action: AddUnit) -> None:
    """A new unit; none of its names stands for another one."""
    role = draft.require(MASTERS)
    unit = built(Unit, action.fields)
    unit = replace(
        unit,
        name=plain_name("name", unit.name),
        aliases=tuple(plain_name("aliases", a) for a in unit.aliases),
    )
    added(draft, "units", unit, "add_unit", role)


def edit_unit(draft: Draft, action: EditUnit) -> None:
    """Changed attributes of a unit."""
    role = draft.require(MASTERS)
    fields = dict(action.fields)
    if "name" in fields:
        fields["name"] = plain_name("name", fields["name"])
    if "aliases" in fields:
        fields["aliases"] = tuple(plain_name("aliases", a) for a in fields["aliases"])
    _dated(draft, "units", action.unit, fields)
    unit = edited(draft, "units", action.unit, fields, "edit_unit", role)
    if isinstance(unit, Unit) and not unit.active and unit.until is not None:
        _end_parts(draft, unit.until, unit=unit.id)


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
    for person in list(draft.all(Staff)):
        if person.unit == old.id:
            draft.put("staff", replace(person, unit=new.id))
            draft.note(person, "edit_staff", role, table="staff", note=new.name)
    _give_items(draft, old, new, day, role)
    _hand_requests(draft, old, new)
    for sender in list(draft.all(Sender)):
        if old.id in sender.units.values():
            units = {text: new.id if u == old.id else u for text, u in sender.units.items()}
            draft.put("senders", replace(sender, units=units))


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


def add_staff(draft: Draft, action: AddStaff) -> None:
    """A login and its roles."""
    role = draft.require(ADMINS)
    staff = built(Staff, action.fields)
    staff = replace(staff, login=plain_name("login", staff.login))
    _check_unit(draft, staff)
    added(draft, "staff", staff, "add_staff", role)


def edit_staff(draft: Draft, action: EditStaff) -> None:
    """Changed roles or unit; somebody who may keep the staff always stays."""
    me = draft.get("staff", action.staff)
    only_language = set(action.fields) == {"language"}
    own = isinstance(me, Staff) and me.login == draft.actor.login
    role = Role.VIEWER if only_language and own else draft.require(ADMINS)
    fields = dict(action.fields)
    _dated(draft, "staff", action.staff, fields)
    staff = cast(Staff, edited(draft, "staff", action.staff, fields, "edit_staff", role))
    _check_unit(draft, staff)


def _check_unit(draft: Draft, staff: Staff) -> None:
    """Refuse to put somebody with a unit out of use."""
    if staff.active and staff.unit is not None:
        active_unit(draft, staff.unit)


def change_settings(draft: Draft, action: ChangeSettings) -> None:
    """What holds for the whole store."""
    role = draft.require(ADMINS)
    edited(draft, "settings", 1, action.fields, "change_settings", role)
