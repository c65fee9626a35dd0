"""What rests on what: every live record that needs a unit or a zone to be in use.

One table of pointers for deciding, retiring, undo and check: who retires a unit is told what still
rests on it, and nothing can be given to one that is out of use.
"""

from collections.abc import Iterator, Mapping, Set

from msgspec import Struct

from core.model import (
    OPEN_STATES,
    Item,
    Part,
    Record,
    Request,
    RequestState,
    Responsibility,
    Route,
    Staff,
    Unit,
    Zone,
    table_of,
)
from core.registers.ground import Fault, Ground


class Leaning(Struct, frozen=True):
    """A live record that needs another one to be in use."""

    table: str
    record: int
    label: str
    """What people call it; for a responsibility, the zone's code."""
    on: str
    """Table of what it rests on."""
    key: int


LEANERS = (Item, Responsibility, Route, Staff, Request, Zone)


def leanings(record: Record, ground: Ground) -> Iterator[Leaning]:
    """What one record rests on."""
    match record:
        case Item():
            yield from _of_item(record)
        case Responsibility():
            zone = ground.get("zones", record.zone)
            holds_on = record.until is None or record.until > ground.today
            if record.part == Part.LEAD and not record.empty and holds_on:
                label = zone.code if isinstance(zone, Zone) else str(record.zone)
                if isinstance(zone, Zone) and zone.active:
                    yield Leaning("responsibilities", record.id, label, "units", record.unit)
        case Route() if record.active:
            label = "/".join(p for p in (record.category, record.subcategory) if p) or "*"
            for unit in (record.lead, *record.co):
                yield Leaning("routes", record.id, label, "units", unit)
            if record.zone is not None:
                yield Leaning("routes", record.id, label, "zones", record.zone)
        case Staff() if record.active and record.unit is not None:
            yield Leaning("staff", record.id, record.name or record.login, "units", record.unit)
        case Request() if record.state == RequestState.ASKED:
            item = ground.get("items", record.item)
            label = item.label if isinstance(item, Item) else str(record.item)
            named = (record.asked.unit, *record.asked.co)
            for key in (key for key in named if key is not None):
                yield Leaning("requests", record.id, label, "units", key)
        case Zone() if record.active and record.parent is not None:
            yield Leaning("zones", record.id, record.code, "zones", record.parent)
        case _:
            return


def _of_item(item: Item) -> Iterator[Leaning]:
    if item.state not in OPEN_STATES:
        return
    if item.zone is not None:
        yield Leaning("items", item.id, item.label, "zones", item.zone)
    last = item.assignment
    if last is not None and not last.over:
        for unit in dict.fromkeys((last.lead, *last.co)):
            if unit is not None:
                yield Leaning("items", item.id, item.label, "units", unit)


def resting_on(ground: Ground, table: str, key: int) -> list[Leaning]:
    """Everything that rests on one unit or zone."""
    return [
        leaning
        for kind in LEANERS
        for record in ground.all(kind)
        for leaning in leanings(record, ground)
        if (leaning.on, leaning.key) == (table, key)
    ]


def faults_of_leaning(ground: Ground, touched: Mapping[str, Set[int]] | None) -> Iterator[Fault]:
    """Live records that rest on a unit or zone out of use, each such unit or zone once."""
    found: dict[tuple[str, int], dict[tuple[str, int], Leaning]] = {}
    for kind in LEANERS:
        for record in _asked(ground, kind, touched):
            for leaning in leanings(record, ground):
                if _out_of_use(ground, leaning):
                    rest = found.setdefault((leaning.on, leaning.key), {})
                    rest.setdefault((leaning.table, leaning.record), leaning)
    for (table, key), rest in found.items():
        target = ground.get(table, key)
        assert isinstance(target, Unit | Zone)
        yield rests_on(target, table, list(rest.values()))


def _asked(
    ground: Ground, kind: type[Record], touched: Mapping[str, Set[int]] | None
) -> Iterator[Record]:
    """The records to look at: the touched ones, or all where something may have gone from under."""
    gone = touched is None or any(
        isinstance(target := ground.get(table, key), Unit | Zone) and not target.active
        for table in ("units", "zones")
        for key in touched.get(table, ())
    )
    if touched is None or gone:
        yield from ground.all(kind)
        return
    table = table_of(kind)
    keys = set(touched.get(table, ()))
    if kind is Responsibility and touched.get("zones"):
        keys |= {r.id for r in ground.all(Responsibility) if r.zone in touched["zones"]}
    for key in sorted(keys):
        record = ground.get(table, key)
        if isinstance(record, kind):
            yield record


def _out_of_use(ground: Ground, leaning: Leaning) -> bool:
    target = ground.get(leaning.on, leaning.key)
    return isinstance(target, Unit | Zone) and not target.active


def rests_on(target: Unit | Zone, table: str, rest: list[Leaning]) -> Fault:
    """What a unit or zone out of use still holds up, by table."""
    named: dict[str, tuple[str, ...]] = {}
    for leaning in rest:
        named[leaning.table] = (*named.get(leaning.table, ()), leaning.label)
    told = {held: tuple(dict.fromkeys(labels)) for held, labels in named.items()}
    return Fault(
        "rests_on", table, target.id, {"value": target.name, "table": table, "rests": told}
    )
