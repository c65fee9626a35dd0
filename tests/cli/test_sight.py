"""A liaison through the gate is told the same whatever is changed in what they may not see (docs/gate.md 5)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from cli_support import Result, Zg, comes_in
from sight_support import ACTOR, twin_stores

from core.sight.seen import seen_by
from store.history.repository import Repository
from tui.cli.running import program
from tui.gate.policy import Passing, for_liaisons, passing


@pytest.fixture
def twins(tmp_path: Path) -> tuple[Path, Path, str]:
    return twin_stores(tmp_path)


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
