"""Two stores that differ in what a liaison does not see, to compare what is told of them."""

import random
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from everything import PUBLIC_KEY, fill
from msgspec.structs import asdict, replace
from tests_support import FOUNDER, NOW, Office

from core.actions.registers import AddKey
from core.actions.wish import Wish
from core.changes import Change, Changes, stamp
from core.model import Event, Item, Record, Role
from core.roles import Actor
from core.sight.seen import seen_by
from store.history.repository import Repository

ACTOR = Actor("liaison", (Role.LIAISON,), unit=2, key="abc")
KEPT = {"number", "report_no", "login", "code", "name", "credit_no", "origin"}
"""What others are known by: changing it would be changing what stands in what is seen."""


def changed(record: Record, chance: random.Random) -> Record:
    """The same record with other words in it."""
    values = {
        name: "".join(chance.choices("甲乙丙丁戊己庚辛", k=6))
        for name, value in asdict(record).items()
        if type(value) is str and value and name not in KEPT and not hasattr(value, "name")
    }
    kinds = {
        f for f in values if f in ("kind", "state", "part", "of", "text", "key", "table", "body")
    }
    named = {k: v for k, v in values.items() if k not in kinds}
    if isinstance(record, Item):
        named = {
            k: v for k, v in named.items() if k in ("description", "location", "note", "void_note")
        }
    return replace(record, **named) if named else record


def hidden_changed(store: Path, seed: int) -> None:
    """Change at random whatever the liaison does not see, in one transaction."""
    repository = Repository(store)
    repository.load_closed()
    town, chance = repository.town, random.Random(seed)
    seen = seen_by(town, ACTOR)
    changes = []
    for table in ("items", "requests", "shops", "duties", "logs", "pledges", "routes", "campaigns"):
        for key, record in town.tables[table].items():
            if key not in seen.town.tables[table]:
                changes.append(Change(table, record, changed(record, chance)))
    for key in seen.until:  # what is seen as it was: what came later
        item: Any = town.items[key]
        changes.append(Change("items", item, replace(item, note=str(chance.random()))))
    for unit in town.units.values():
        if unit.id != ACTOR.unit:
            other = replace(unit, phone=str(chance.random()), liaison_post=str(chance.random()))
            changes.append(Change("units", unit, other))
    changes += [
        Change("zones", zone, replace(zone, scope=str(chance.random())))
        for zone in town.zones.values()
        if zone.id not in seen.town.zones
    ]
    told = ("items", "shops", "zones", "logs")
    lines = [(c.table, c.id) for c in changes if c.table in told and c.id not in seen.until]
    for n, (table, key) in enumerate(lines):
        event = Event(
            id=town.next_ids["events"] + n,
            table=table,
            record=key,
            action="note",
            at=NOW,
            actor="founder",
            role=Role.CLERK,
            note=str(chance.random()),
        )
        changes.append(Change("events", None, event))
    assert {c.table for c in changes} >= {"items", "units", "shops", "requests"}
    repository.save(Changes(changes=tuple(changes), at=stamp(NOW), who="older", op="older"))
    repository.close()


def twin_stores(folder: Path) -> tuple[Path, Path, str]:
    """The stores, and the fingerprint of the liaison's key."""
    one, two = folder / "a" / "town", folder / "b" / "town"
    one.parent.mkdir()
    two.parent.mkdir()
    office = Office(one)
    fill(office)
    added = office.repository.commit(
        [Wish(AddKey(login="liaison", public=PUBLIC_KEY))], FOUNDER, datetime.now(UTC)
    )
    office.close()
    shutil.copytree(one, two)
    hidden_changed(one, 1)
    hidden_changed(two, 2)
    return one, two, added.of("keys")[0].new.fingerprint  # type: ignore[attr-defined]
