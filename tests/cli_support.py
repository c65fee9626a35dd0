"""What a command that was run came to."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from store.disk.files import Confined
from store.disk.trays import Tray
from tui.terminal.display import Places
from tui.whereabouts import Caller, Gate, come_in


class Result(NamedTuple):
    code: int
    out: str
    err: str


Zg = Callable[..., Result]


def first(town: Zg, query: str) -> str:
    return town("list", query, "-n", 1, "-c", "number").out.strip()


def issued(town: Zg, *, due: str = "5wd", zone: str = "Z01") -> str:
    """A problem of today, issued to 环卫所 with a deadline."""
    number = town("add", "垃圾桶满溢", "--zone", zone, "--category", "暴露垃圾").out.strip()
    item = town("accept", number).out.strip()
    assert town("assign", item, "--unit", "环卫所", "--due", due).code == 0
    return item


def record(town: Zg, number: str) -> dict[str, object]:
    return dict(json.loads(town("show", number, "--json").out)[0])


def comes_in(monkeypatch: pytest.MonkeyPatch, store: Path, person: str, fingerprint: str) -> None:
    """Have commands of this process be somebody's who came through the gate, until the test ends."""
    for owner, name in ((Gate, "caller"), (Confined, "to"), (Confined, "room"), (Places, "hidden")):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    come_in(Caller(person, fingerprint, store, Tray(store, person), 12.0))
