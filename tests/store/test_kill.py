"""Ended at any moment: what was acknowledged is there, nothing is doubled, the store opens.

`pytest tests/store/test_kill.py --rounds 1000` is the long run.
"""

import itertools
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from store_worker import EVER, PROGRAM
from tests_support import CLERK, NOW, Office

from core.actions.loop.road import Report
from core.actions.wish import Wish
from store.care.check import check
from store.history.follower import Follower
from store.history.replacing import KEPT, pending
from store.history.repository import Repository

BATCH = 40
ROTATE = 6000
"""Bytes of a journal here, so that new ones and snapshots are begun all the time."""


class Nursery:
    """Forks workers that have everything imported, so that a round takes a moment."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def _said(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def end_after(self, seconds: float, blow: signal.Signals, *words: object) -> None:
        """Start a worker and end it."""
        assert self._process.stdin is not None
        self._process.stdin.write(" ".join(map(str, words)) + "\n")
        self._process.stdin.flush()
        pid = int(self._said())
        time.sleep(seconds)  # the moment of the blow is the point of the test
        os.kill(pid, blow)
        assert self._said() == "gone"

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def nursery() -> Iterator[Nursery]:
    made = Nursery()
    yield made
    made.close()


def stores(request: pytest.FixtureRequest, tmp_path: Path, few: int) -> Iterator[tuple[Path, int]]:
    """Stores to be hard on, and how many rounds each takes; a new one before they grow long."""
    left = int(request.config.getoption("--rounds")) or few
    for number in itertools.count():
        if left <= 0:
            return
        office = Office(tmp_path / f"office-{number}" / "store")
        office.close()
        yield office.path, min(BATCH, left)
        left -= BATCH


def descriptions(path: Path) -> list[str]:
    store = Repository(path)
    store.load_closed()
    found = [item.description for item in store.town.items.values()]
    numbers = [item.report_no for item in store.town.items.values()]
    assert numbers == [f"R-{n:04d}" for n in range(1, len(numbers) + 1)]
    store.close()
    return found


def with_kept(path: Path) -> set[str]:
    """What a store holds, and those it has kept."""
    found = set(descriptions(path))
    for kept in path.glob(KEPT + "*"):
        store = Follower(kept)
        store.load_closed()
        found |= {item.description for item in store.town.items.values()}
        store.close()
    return found


@pytest.mark.timeout(3600)
@pytest.mark.parametrize(
    ("mode", "blow"),
    [
        ("add", signal.SIGKILL),
        ("import", signal.SIGKILL),
        ("restore", signal.SIGKILL),
        ("add", signal.SIGTERM),
        ("add", signal.SIGINT),
        ("add", signal.SIGHUP),
    ],
)
def test_a_writer_is_ended(
    tmp_path: Path,
    nursery: Nursery,
    request: pytest.FixtureRequest,
    mode: str,
    blow: signal.Signals,
) -> None:
    chance = random.Random(f"{mode} {blow}")
    told, patience = 0, 1.0
    for path, rounds in stores(request, tmp_path, 25 if mode != "restore" else 40):
        acks = path.parent / "acks"
        for number in range(rounds):
            moment = chance.uniform(0.005, 0.08) * patience
            nursery.end_after(moment, blow, mode, path, f"w{number}", acks, EVER, ROTATE)
            found = descriptions(path)
            assert len(set(found)) == len(found)
            acknowledged = acks.read_text().splitlines() if acks.exists() else []
            assert set(acknowledged) <= (with_kept(path) if mode == "restore" else set(found))
            assert not pending(path)
            if not acknowledged:  # a machine that is busy: nothing was begun yet
                patience = min(patience * 1.2, 20)
        told += len(acknowledged)
        store = Repository(path)
        store.commit([Wish(Report(zone=1, description="after"))], CLERK, NOW)
        store.close()
        report = check(path)
        assert report.sound, report.findings
    assert told
