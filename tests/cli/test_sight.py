"""A liaison through the gate is told the same whatever is changed in what they may not see (docs/gate.md 5)."""

import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typer
from cli_support import Result, Zg, comes_in
from everything import PUBLIC_KEY, fill
from msgspec.structs import asdict, replace
from tests_support import FOUNDER, NOW, Office

from core.actions import AddKey, Wish
from core.changes import Change, Changes, stamp
from core.model import Event, Item, Record, Role
from core.roles import Actor
from core.sight import seen_by
from store.history.repository import Repository
from tui.cli.frame.running import program
from tui.gate.policy import Passing, for_liaisons, passing

ACTOR = Actor("liaison", (Role.LIAISON,), unit=2, key="abc")
TOLD_OPENLY = {"settings", "holidays", "counters", "rules", "schemes", "phrases", "indicators"}
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


@pytest.fixture
def twins(tmp_path: Path) -> tuple[Path, Path, str]:
    """Two stores that differ in what the liaison does not see, and the fingerprint of their key."""
    one, two = tmp_path / "a" / "town", tmp_path / "b" / "town"
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


def every_line(numbers: list[str]) -> Iterator[list[str]]:
    """Every command a liaison may give, with nothing, with numbers of theirs and of others, and with odd words."""
    whole: Any = typer.main.get_command(program(typer, []))
    for name, command in whole.commands.items():
        if passing(name) != Passing.ALL or not for_liaisons(name):
            continue
        several = [[name, sub] for sub in getattr(command, "commands", {})]
        for words in several or [[name]]:
            if not for_liaisons(" ".join(words)):
                continue
            yield words
            yield [*words, "x"]
            yield [*words, "-a"]
            yield [*words, "--json"]
            yield from ([*words, number] for number in numbers)
            yield [*words, "-o", "-"]
    for query in (
        "unit:城管中队",
        "zone:Z01",
        "overdue",
        "state:awaiting",
        "垃圾",
        "no:2",
        "stat:issued",
    ):
        yield ["list", "-a", query]
        yield ["export", query, "-o", "-", "-f", "jsonl"]
    yield from (["undo", "--change", str(n), "--yes"] for n in (1, 5, 20, 9999))
    yield from (["stats", *more] for more in ([], ["--cohort"], ["--by", "zone"], ["--json"]))
    yield from (["stats", "--unit", unit] for unit in ("城管中队", "环卫所"))
    yield from (["stats", "list", figure] for figure in ("issued", "overdue_open", "returned"))
    yield ["stats", "trend", "--months", "3"]
    yield ["appraisal", "list"]
    yield ["find", "垃圾"]
    yield ["merge", numbers[0], "--into", numbers[1]]


def test_what_is_hidden_leaves_no_trace(
    zg: Zg, twins: tuple[Path, Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, fingerprint = twins
    town = Repository(one).town
    seen = seen_by(town, ACTOR).town
    hidden = [i.label for i in town.items.values() if i.id not in seen.items][:3]
    shown = [i.label for i in seen.items.values()][:3]
    absent = "CW-2026-0999"

    def as_liaison(store: Path, words: list[str]) -> Result:
        monkeypatch.setenv("ZG_HOME", str(store))
        comes_in(monkeypatch, store, "liaison", fingerprint)
        return zg(*words)

    tried = 0
    for words in every_line([*hidden, *shown, absent]):
        first, second = as_liaison(one, words), as_liaison(two, words)
        assert first == second, words
        assert "Traceback" not in first.err and "zg failed" not in first.err, words
        tried += 1
    assert tried > 200
    for words in (["show"], ["history"], ["files"], ["note"], ["receive"]):
        line = [*words, hidden[0], "x"] if words == ["note"] else [*words, hidden[0]]
        nothing = [word.replace(hidden[0], absent) for word in line]
        came, gone = as_liaison(one, line), as_liaison(one, nothing)
        assert came.code == gone.code
        assert came.err.replace(hidden[0], absent) == gone.err, words
        assert came.out == gone.out
