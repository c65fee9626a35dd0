"""What must hold of the office's registers and of what rests on them, one function a register.

Deciding, undo, redo and import ask it of what they touch; `zg check` asks it of everything
(docs/architecture.md). What an older program left unsound is no damage: it hinders only a change that
would touch it and leave it so.
"""

from collections.abc import Iterator, Mapping, Set
from datetime import date

from core.model import TABLES, Record
from core.registers import (
    calendar,
    campaigns,
    duties,
    indicators,
    items,
    login_keys,
    logs,
    phrases,
    pledges,
    points,
    requests,
    rounds,
    routes,
    rules,
    schemes,
    senders,
    shops,
    staff,
    units,
    views,
    zones,
)
from core.registers.ground import Breach, Ground, Tables
from core.registers.leaning import faults_of_leaning
from core.registers.register import (
    REGISTERS,
    FieldKind,
    Register,
    RegisterField,
    Sound,
    by_hand,
    declare,
    folded,
)

for each in (
    units.UNITS,
    zones.ZONES,
    rules.RULES,
    routes.ROUTES,
    staff.STAFF,
    login_keys.KEYS,
    views.VIEWS,
    phrases.PHRASES,
    senders.SENDERS,
    calendar.HOLIDAYS,
    schemes.SCHEMES,
    rounds.ROUNDS_HELD,
    points.POINTS,
    shops.SHOPS,
    duties.DUTIES,
    campaigns.CAMPAIGNS,
    logs.LOGS,
    indicators.INDICATORS,
    pledges.PLEDGES,
):
    declare(each)

_BESIDE: dict[str, Sound] = {
    "responsibilities": zones.sound_leads,
    "requests": requests.sound,
    "items": items.sound,
}
"""What must hold of the other tables."""


def unsound(ground: Ground, touched: Mapping[str, Set[int]] | None = None) -> Iterator[Breach]:
    """What does not hold: of everything, or where a touched record has a part in it."""
    for table, register in REGISTERS.items():
        if touched is None or touched.get(table):
            yield from register.faults(ground, touched[table] if touched else None)
    for table, sound in _BESIDE.items():
        if touched is None or touched.get(table):
            yield from sound(ground, touched[table] if touched else None)
    yield from faults_of_leaning(ground, touched)


def unsound_tables(tables: Mapping[str, Mapping[int, Record]], today: date) -> list[Breach]:
    """What does not hold of whole tables, as of a day."""
    return list(unsound(Tables(tables, today)))


def brought_about(
    before: Ground, after: Ground, touched: Mapping[str, Set[int]]
) -> Iterator[Breach]:
    """What a change may not leave: faults it makes, and old ones it touches and leaves as they are.

    Work on an item goes on though what it rests on is out of use since an older program.
    """
    found = list(unsound(after, touched))
    if not found:
        return
    old = {(f.code, f.table, f.record): f for f in unsound(before, touched)}
    for fault in found:
        known = old.get((fault.code, fault.table, fault.record))
        if known is None or not _stood(known, fault) or _touches(fault, touched):
            yield fault


def _stood(known: Breach, fault: Breach) -> bool:
    """Whether a fault is no worse than it was."""
    if fault.code != "rests_on":
        return known.fields == fault.fields
    was, now = known.fields["rests"], fault.fields["rests"]
    return all(set(labels) <= set(was.get(table, ())) for table, labels in now.items())


def _touches(fault: Breach, touched: Mapping[str, Set[int]]) -> bool:
    if fault.code != "rests_on":
        return True
    return fault.record in touched.get(fault.table, ()) or set(fault.fields["rests"]) != {"items"}


__all__ = [
    "REGISTERS",
    "TABLES",
    "Breach",
    "FieldKind",
    "Ground",
    "Register",
    "RegisterField",
    "Tables",
    "by_hand",
    "declare",
    "folded",
    "unsound",
    "unsound_tables",
]
