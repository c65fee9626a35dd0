"""The gate: what a hidden number costs beside one that is not there, and fifty boards at once (docs/gate.md)."""

import os
import re
import statistics
import subprocess
import sys
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from terminal import PATIENCE, Terminal

from core.actions.loop.correcting import Correct
from core.actions.registers import Add, AddKey
from core.actions.wish import Wish
from core.model import Role, SshKey
from core.roles import Actor
from core.sight.seen import seen_by
from store.history.repository import Repository

PUBLIC = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGOyhtSWSjyLZX78BYxzocc1A07MYUkkdbRWyrpWpr4O"
LIAISON, CLERK = "bench-liaison", "bench-clerk"
OTHER = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHGxlzQOUW0nGJFUDjGwJWgZYwmG5kqVxmLqWW1bQ9hO"
BOARDS = 50
BUSY = 0.15
"""Seconds of processor in two, of all boards, above which they still do what they put off."""
IDLE = 10.0
"""Seconds over which boards at rest are watched."""


def key_of(path: Path, actor: Actor, login: str) -> tuple[str, Actor]:
    """The fingerprint of somebody's key, made where there is none, and who they are."""
    repository = Repository(path)
    town, now = repository.town, datetime.now(UTC)
    role, public = (Role.LIAISON, PUBLIC) if login == LIAISON else (Role.CLERK, OTHER)
    if town.member(login) is None:
        unit = next(iter(town.units)) if role == Role.LIAISON else None
        fields = {"login": login, "roles": (role,), "unit": unit}
        repository.commit([Wish(Add(table="staff", fields=fields))], actor, now)
        repository.commit([Wish(AddKey(login=login, public=public))], actor, now)
    member = town.member(login)
    assert member is not None
    key = next(k for k in town.all(SshKey) if k.staff == member.id)
    repository.close()
    return key.fingerprint, Actor(login, (role,), member.unit, key="bench")


def words(path: Path, person: str, key: str) -> list[str]:
    """What sshd runs for a person's key."""
    program = [sys.executable, "-I", "-m", "tui.gate", "--store", str(path)]
    return [*program, "--person", person, "--key", key]


def _time(command: list[str], asked: str) -> float:
    begin = time.perf_counter()
    environment = {**os.environ, "SSH_ORIGINAL_COMMAND": asked, "LANG": "en_US.UTF-8"}
    subprocess.run(command, env=environment, capture_output=True, check=False)
    return time.perf_counter() - begin


def hidden(bench: Any, path: Path, actor: Actor) -> None:
    """A number one may not see, and one that is not there: one answer, in one time."""
    key, liaison = key_of(path, actor, LIAISON)
    repository = Repository(path)
    repository.load_closed()
    seen = seen_by(repository.town, liaison).town.items
    number = next(i.label for i in repository.town.items.values() if i.id not in seen)
    repository.close()
    command = words(path, LIAISON, key)
    times: dict[str, list[float]] = {"CW-1999-0001": [], number: []}
    for _ in range(15):
        for each, found in times.items():
            found.append(_time(command, f"show {each}"))
    floor = statistics.median(times["CW-1999-0001"])
    bench.add("gate: a number that is not there", floor, "s", None, "floor")
    bench.add("gate: a number one may not see", statistics.median(times[number]), "s", floor, "1.0")


def rush(bench: Any, path: Path, actor: Actor) -> None:
    """Fifty boards started at once, at rest, and a change seen by all."""
    key, _clerk = key_of(path, actor, CLERK)
    command = words(path, CLERK, key)
    with ExitStack() as stack:
        boards = [stack.enter_context(Terminal(command)) for _ in range(BOARDS)]
        starts = [at - board.started for board, at in _all_show(boards, b"CW-")]
        bench.add(f"gate: {BOARDS} boards, first frame, last", max(starts), "s", None, "<= 6")
        bench.add("gate: first frame, median", statistics.median(starts), "s", None, "")
        _settle(boards)
        shares = [_proportional(board.pid) / 1024 for board in boards]
        bench.add("gate: memory of a board (PSS)", statistics.median(shares), "MB", None, "<= 45")
        used = sum(board.cpu for board in boards)
        _read_all(boards, IDLE)
        spent = (sum(board.cpu for board in boards) - used) / IDLE * 100
        bench.add("gate: boards at rest, together", spent, "%", None, "<= 5")
        text = f"{time.time():.0f}"
        begin = time.perf_counter()
        _change(path, actor, boards[0], text)
        for board in boards:
            board.seen = b""
        last = max(at for _board, at in _all_show(boards, text.encode()))
        bench.add("gate: a change seen by all", last - begin, "s", None, "<= 2")


def _change(path: Path, actor: Actor, board: Terminal, text: str) -> None:
    """Another place for the first card that a board shows."""
    repository = Repository(path)
    number = re.search(rb"CW-\d{4}-\d{4}", board.plain)
    assert number is not None
    item = repository.town.find(number[0].decode())
    assert item is not None
    wish = Wish(Correct(item=item.id, fields={"location": text}, reason="x"))
    repository.commit([wish], actor, datetime.now(UTC))
    repository.close()


def _all_show(boards: list[Terminal], text: bytes) -> list[tuple[Terminal, float]]:
    """Every board with the instant at which it first shows a text. Raises `TimeoutError`."""
    waiting, shown = list(boards), []
    end = time.perf_counter() + PATIENCE
    while waiting:
        for board in list(waiting):
            board.read(0.001)
            if text in board.plain:
                shown.append((board, time.perf_counter()))
                waiting.remove(board)
        if time.perf_counter() > end:
            raise TimeoutError(text)
    return shown


def _settle(boards: list[Terminal]) -> None:
    """Wait until boards have done what they put off."""
    used = -1.0
    while (now := sum(board.cpu for board in boards)) - used > BUSY:
        used = now
        _read_all(boards, 2.0)


def _read_all(boards: list[Terminal], seconds: float) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for board in boards:
            board.read(0)
        time.sleep(0.1)


def _proportional(pid: int) -> int:
    """PSS of a process, KiB."""
    with Path(f"/proc/{pid}/smaps_rollup").open(encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("Pss:"))
