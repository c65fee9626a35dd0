"""概况 of zones, and one zone divided into several (docs/year.md 2)."""

from datetime import date
from typing import Any

from msgspec.structs import replace

from core.actions.registers import Add
from core.actions.year import SplitZone, TellFacts
from core.deciding import keeping
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.deciding.registers.zones import told, zone_in_use
from core.errors import Incomplete, RuleError
from core.model import Duty, Item, Responsibility, Role, Route, Shop, Zone
from core.roles import MASTERS


@decides
def tell_facts(draft: Draft, action: TellFacts) -> None:
    """概况 as of a day."""
    role = draft.require(MASTERS)
    zone = zone_in_use(draft, action.zone)
    day = draft.day(action.on)
    if not action.facts:
        raise Incomplete("nothing_given")
    for name, value in action.facts.items():
        if value < 0 or (name != "面积" and value != int(value)):
            raise RuleError("bad_number", field=name, value=f"{value:g}")
    after = told(zone, action.facts, day)
    if after == zone:
        raise RuleError("nothing_changed", number=zone.name)
    draft.put("zones", after)
    said = "、".join(f"{name} {value:g}" for name, value in action.facts.items())
    draft.note(zone, "tell_facts", role, table="zones", on=day, note=said)


@decides
def split_zone(draft: Draft, action: SplitZone) -> None:
    """A zone is divided: each part takes what it had; open work goes to the parts."""
    role = draft.require(MASTERS)
    old, day = zone_in_use(draft, action.zone), draft.day(action.on)
    if len(action.parts) < 2:
        raise RuleError("one_part", value=old.name)
    for at in (*action.moves.values(), *action.shops.values()):
        if not 0 <= at < len(action.parts):
            raise RuleError("no_part", value=str(at + 1))
    parts = [_part(draft, old, fields) for fields in action.parts]
    draft.put("zones", replace(draft_zone(draft, old), active=False, until=day))
    names = "、".join(part.code for part in parts)
    draft.note(old, "split_zone", role, table="zones", on=day, note=names)
    _responsibilities(draft, old, parts, day)
    _routes(draft, old, parts)
    for below in list(draft.all(Zone)):
        if below.active and below.parent == old.id:
            draft.put("zones", replace(below, parent=parts[0].id))
    _work(draft, old, parts, action, role)


def draft_zone(draft: Draft, zone: Zone) -> Zone:
    """A zone as this transaction has it."""
    found = draft.get("zones", zone.id)
    assert isinstance(found, Zone)
    return found


def _part(draft: Draft, old: Zone, fields: dict[str, Any]) -> Zone:
    given = {"kind": old.kind, "parent": old.parent, **fields}
    made = keeping.add(draft, Add(table="zones", fields=given))
    assert isinstance(made, Zone)
    part = replace(made, split_from=old.id)
    draft.put("zones", part)
    return part


def _responsibilities(draft: Draft, old: Zone, parts: list[Zone], day: date) -> None:
    for held in list(draft.all(Responsibility)):
        if held.zone != old.id or held.empty or (held.until is not None and held.until <= day):
            continue
        for part in parts:
            since = max(day, held.since)
            new = replace(held, id=draft.new_id("responsibilities"), zone=part.id, since=since)
            draft.put("responsibilities", new)
        draft.put("responsibilities", replace(held, until=max(day, held.since)))


def _routes(draft: Draft, old: Zone, parts: list[Zone]) -> None:
    for route in list(draft.all(Route)):
        if route.active and route.zone == old.id:
            for part in parts:
                new = replace(route, id=draft.new_id("routes"), zone=part.id)
                draft.put("routes", new)
            draft.put("routes", replace(route, active=False))


def _work(draft: Draft, old: Zone, parts: list[Zone], action: SplitZone, role: Role) -> None:
    """Open items and shops go to their part, duties to all of them."""
    moves = {draft.item(key).part_of or key: at for key, at in action.moves.items()}
    for open_item in list(draft.town.open_items()):
        item = draft.item(open_item.id)
        if item.zone == old.id:
            part = parts[moves.get(item.part_of or item.id, 0)]
            moved: Item = replace(item, zone=part.id)
            draft.put("items", moved)
            changed = {"zone": (old.code, part.code)}
            draft.note(moved, "split_zone", role, changed=changed, note=part.name)
    for shop in list(draft.all(Shop)):
        if shop.active and shop.closed_on is None and shop.zone == old.id:
            part = parts[action.shops.get(shop.id, 0)]
            draft.put("shops", replace(shop, zone=part.id))
    for duty in list(draft.all(Duty)):
        if duty.active and old.id in duty.zones:
            rest = tuple(z for z in duty.zones if z != old.id)
            draft.put("duties", replace(duty, zones=(*rest, *(p.id for p in parts))))
