"""责任区 and 责任分工: codes and names are a zone's own, none lies in itself, one unit leads at a time."""

from collections.abc import Iterator
from itertools import pairwise

from core.model import Part, Responsibility, Zone
from core.registers.ground import Fault, Ground, Touched, doubles
from core.text import key_of


def sound(ground: Ground, touched: Touched) -> Iterator[Fault]:
    """Two zones share a code, or two in use a name; a zone is part of itself."""
    zones = list(ground.all(Zone))
    for _key, zone, other in doubles(zones, lambda z: (z.code.upper(),), touched):
        yield _taken(zone, zone.code, active=other.active)
    live = [zone for zone in zones if zone.active]
    for _key, zone, _other in doubles(live, lambda z: (key_of(z.name),), touched):
        yield _taken(zone, zone.name, active=True)
    for zone in zones:
        if zone.parent is not None and (touched is None or zone.id in touched):
            yield from _in_itself(ground, zone)


def _taken(zone: Zone, value: str, *, active: bool) -> Fault:
    return Fault("taken", "zones", zone.id, {"table": "zones", "value": value, "active": active})


def _in_itself(ground: Ground, zone: Zone) -> Iterator[Fault]:
    seen, parent = {zone.id}, zone.parent
    while parent is not None:
        above = ground.get("zones", parent)
        if not isinstance(above, Zone):
            yield Fault("no_zone", "zones", zone.id, {"value": str(parent)})
            return
        if above.id in seen:
            yield Fault("zone_in_itself", "zones", zone.id, {"value": zone.name})
            return
        seen.add(above.id)
        parent = above.parent


def sound_leads(ground: Ground, touched: Touched) -> Iterator[Fault]:
    """Two units lead one zone on one day, today or later."""
    leads: dict[int, list[Responsibility]] = {}
    for held in ground.all(Responsibility):
        if held.part == Part.LEAD and not held.empty and not _over(ground, held):
            leads.setdefault(held.zone, []).append(held)
    for zone, several in leads.items():
        several.sort(key=lambda held: (held.since, held.id))
        for first, second in pairwise(several):
            overlap = first.until is None or first.until > second.since
            if overlap and (touched is None or touched & {first.id, second.id}):
                record = ground.get("zones", zone)
                name = record.name if isinstance(record, Zone) else str(zone)
                yield Fault("two_leads", "zones", zone, {"value": name})


def _over(ground: Ground, held: Responsibility) -> bool:
    return held.until is not None and held.until <= ground.today
