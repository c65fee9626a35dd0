"""kill -9 at any moment: what was acknowledged is there, nothing is doubled, the store opens.

`pytest tests/store/test_kill.py --rounds 1000` is the long run.
"""

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

from core.actions import Report, Wish
from store.checking import check
from store.following import Follower
from store.replacing import KEPT, pending
from store.repository import Repository

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

    def kill_after(self, seconds: float, *words: object) -> None:
        """Start a worker and kill it."""
        assert self._process.stdin is not None
        self._process.stdin.write(" ".join(map(str, words)) + "\n")
        self._process.stdin.flush()
        pid = int(self._said())
        time.sleep(seconds)  # the moment of the blow is the point of the test
        os.kill(pid, signal.SIGKILL)
        assert self._said() == "gone"

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def nursery() -> Iterator[Nursery]:
    made = Nursery()
    yield made
    made.close()


def rounds(request: pytest.FixtureRequest, few: int) -> int:
    return int(request.config.getoption("--rounds")) or few


def descriptions(path: Path) -> list[str]:
    store = Repository(path)
    store.load_closed()
    found = [item.description for item in store.town.items.values()]
    numbers = [item.report_no for item in store.town.items.values()]
    assert numbers == [f"R-{n:04d}" for n in range(1, len(numbers) + 1)]
    store.close()
    return found


@pytest.mark.timeout(900)
@pytest.mark.parametrize("mode", ["add", "import"])
def test_a_writer_is_killed(
    office: Office, nursery: Nursery, request: pytest.FixtureRequest, mode: str
) -> None:
    acks = office.path.parent / "acks"
    chance = random.Random(mode)
    for number in range(rounds(request, 25)):
        nursery.kill_after(
            chance.uniform(0.005, 0.09), mode, office.path, f"w{number}", acks, EVER, ROTATE
        )
        found = descriptions(office.path)
        acknowledged = acks.read_text().splitlines() if acks.exists() else []
        assert set(acknowledged) <= set(found)
        assert len(set(found)) == len(found)
    assert acknowledged
    store = Repository(office.path)
    store.commit([Wish(Report(zone=1, description="after"))], CLERK, NOW)
    store.close()
    report = check(office.path)
    assert report.sound, report.findings


@pytest.mark.timeout(900)
def test_a_restore_is_killed(
    office: Office, nursery: Nursery, request: pytest.FixtureRequest
) -> None:
    acks = office.path.parent / "acks"
    chance = random.Random(7)
    unfinished = 0
    for number in range(rounds(request, 40)):
        nursery.kill_after(
            chance.uniform(0.005, 0.06), "restore", office.path, f"r{number}", acks, EVER, ROTATE
        )
        unfinished += pending(office.path)
        found = set(descriptions(office.path))
        for kept in office.path.glob(KEPT + "*"):
            store = Follower(kept)
            store.load_closed()
            found |= {item.description for item in store.town.items.values()}
            store.close()
        acknowledged = acks.read_text().splitlines() if acks.exists() else []
        assert set(acknowledged) <= found
    assert acknowledged
    report = check(office.path)
    assert report.sound, report.findings
