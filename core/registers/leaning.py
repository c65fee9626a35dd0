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
    Zone,
    table_of,
)
from core.registers.ground import Breach, Ground
from core.registers.register import REGISTERS


class Leaning(Struct, frozen=True):
    """A live record that needs another one to be in use."""

    table: str
    record: int
    label: str
    """What people call it; for a responsibility, the zone's code."""
    on: str
    """Table of what it rests on."""
    key: int


_BESIDE = {table_of(kind): kind for kind in (Item, Responsibility, Request)}
"""What rests on others and is no register."""


def leaners(touched: Mapping[str, Set[int]] | None = None) -> Iterator[type[Record]]:
    """Kinds of records that rest on others; of those a change touches, and who has a zone goes with it."""
    for table, kind in _BESIDE.items():
        with_zone = kind is Responsibility and touched is not None and "zones" in touched
        if touched is None or table in touched or with_zone:
            yield kind
    yield from (r.record for table, r in REGISTERS.items() if touched is None or table in touched)


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
        case Request():
            yield from _of_request(record, ground)
        case _:
            yield from _of_register(record)


def _of_request(request: Request, ground: Ground) -> Iterator[Leaning]:
    if request.state != RequestState.ASKED:
        return
    item = ground.get("items", request.item)
    label = item.label if isinstance(item, Item) else str(request.item)
    for key in (request.asked.unit, *request.asked.co):
        if key is not None:
            yield Leaning("requests", request.id, label, "units", key)


def _of_register(record: Record) -> Iterator[Leaning]:
    """Whatever a record in use of a register names."""
    register = REGISTERS[table_of(type(record))]
    if getattr(record, "active", True) and getattr(record, "closed_on", None) is None:
        label = register.label(record)
        for table, key in register.named_in(record):
            yield Leaning(register.table, record.id, label, table, key)


def _of_item(item: Item) -> Iterator[Leaning]:
    if item.state not in OPEN_STATES:
        return
    if item.zone is not None and item.part_of is None:
        yield Leaning("items", item.id, item.label, "zones", item.zone)
    last = item.assignment
    if last is not None and not last.over:
        for unit in dict.fromkeys((last.lead, *last.co)):
            if unit is not None:
                yield Leaning("items", item.id, item.label, "units", unit)


def resting_on(ground: Ground, table: str, key: int) -> list[Leaning]:
    """Everything that rests on one record."""
    return [
        leaning
        for kind in leaners()
        for record in ground.all(kind)
        for leaning in leanings(record, ground)
        if (leaning.on, leaning.key) == (table, key)
    ]


def faults_of_leaning(ground: Ground, touched: Mapping[str, Set[int]] | None) -> Iterator[Breach]:
    """Live records that rest on a unit or zone out of use, each such unit or zone once."""
    found: dict[tuple[str, int], dict[tuple[str, int], Leaning]] = {}
    out: dict[tuple[str, int], bool] = {}
    if touched is not None and _gone(ground, touched):
        touched = None
    for kind in leaners(touched):
        for record in _asked(ground, kind, touched):
            for leaning in leanings(record, ground):
                rested = (leaning.on, leaning.key)
                if rested not in out:
                    out[rested] = _out_of_use(ground, leaning)
                if out[rested]:
                    rest = found.setdefault((leaning.on, leaning.key), {})
                    rest.setdefault((leaning.table, leaning.record), leaning)
    for (table, key), rest in found.items():
        target = ground.get(table, key)
        assert target is not None
        yield rests_on(target, table, list(rest.values()))


def _gone(ground: Ground, touched: Mapping[str, Set[int]]) -> bool:
    """Whether something among the touched may have gone from under others."""
    return any(
        (target := ground.get(table, key)) is not None and not getattr(target, "active", True)
        for table in touched.keys() & REGISTERS.keys()
        for key in touched[table]
    )


def _asked(
    ground: Ground, kind: type[Record], touched: Mapping[str, Set[int]] | None
) -> Iterator[Record]:
    """The records to look at: the touched ones, or all."""
    if touched is None:
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
    return target is not None and not getattr(target, "active", True)


def _called(target: Record) -> str:
    return str(getattr(target, "name", "") or REGISTERS[table_of(type(target))].label(target))


def rests_on(target: Record, table: str, rest: list[Leaning]) -> Breach:
    """What a unit or zone out of use still holds up, by table."""
    named: dict[str, tuple[str, ...]] = {}
    for leaning in rest:
        named[leaning.table] = (*named.get(leaning.table, ()), leaning.label)
    told = {held: tuple(dict.fromkeys(labels)) for held, labels in named.items()}
    return Breach(
        "rests_on", table, target.id, {"value": _called(target), "table": table, "rests": told}
    )
