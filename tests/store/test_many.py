"""Many processes at once: everything acknowledged is there, once, and numbers have no gaps."""

import subprocess
import sys

import pytest
from store_worker import PROGRAM
from tests_support import Office, open_again

from core.actions.loop.road import Report
from core.actions.wish import Wish
from core.model import Item
from store.care.check import check
from store.care.survey import verify
from store.history.repository import Repository

ROTATE = 64 * 1024


def run(office: Office, *jobs: tuple[str, int]) -> list[str]:
    """Run jobs at once, each in a process of its own; what was acknowledged."""
    running = []
    for at, (mode, count) in enumerate(jobs):
        acks = office.path.parent / f"acks-{at}"
        words = (mode, office.path, f"p{at}", acks, count, ROTATE)
        running.append(subprocess.Popen([sys.executable, PROGRAM, *map(str, words)]))
    for process in running:
        assert process.wait(100) == 0
    found = (office.path.parent / f"acks-{at}" for at in range(len(jobs)))
    return [line for path in found if path.exists() for line in path.read_text().splitlines()]


def whole(office: Office) -> Repository:
    """The store as it is now, checked from end to end."""
    report = check(office.path)
    assert report.sound, report.findings
    assert verify(office.path)[0] == report.seq
    again = open_again(office)
    again.load_closed()
    return again


def assert_numbered(items: list[Item]) -> None:
    assert sorted(i.report_no for i in items) == [f"R-{n:04d}" for n in range(1, len(items) + 1)]


@pytest.mark.timeout(300)
def test_twenty_people_a_hundred_changes_each(office: Office) -> None:
    acknowledged = run(office, *[("add", 100)] * 20)
    assert len(acknowledged) == 2000
    again = whole(office)
    items = list(again.town.items.values())
    assert sorted(i.description for i in items) == sorted(acknowledged)
    assert len({i.id for i in items}) == 2000
    assert_numbered(items)
    assert again.town.counter("R").last == 2000
    again.close()


@pytest.mark.timeout(300)
def test_changes_to_one_record(office: Office) -> None:
    office.reported()
    acknowledged = run(office, *[("change", 50)] * 8)
    again = whole(office)
    notes = [e.changed["note"][1] for e in again.history(1) if e.action == "correct"]
    assert sorted(notes) == sorted(acknowledged)
    assert again.town.item(1).note == notes[-1]
    again.close()


@pytest.mark.timeout(300)
def test_an_import_a_snapshot_and_a_backup_meanwhile(office: Office) -> None:
    acknowledged = run(office, *[("add", 40)] * 6, ("import", 5), ("snapshot", 20), ("backup", 10))
    again = whole(office)
    items = list(again.town.items.values())
    assert sorted(i.description for i in items) == sorted(acknowledged)
    assert_numbered(items)
    again.close()
    from datetime import UTC, datetime

    from tests_support import FOUNDER

    from store.care.restoring import restore

    archive = office.path.parent / "p8.tar.gz"
    with archive.open("rb") as file:
        restore(office.path.parent / "new", file, "b", FOUNDER, datetime.now(UTC))
    kept = Repository(office.path.parent / "new")
    kept.load_closed()
    descriptions = {i.description for i in kept.town.items.values()}
    assert descriptions <= set(acknowledged)
    kept.commit([Wish(Report(zone=1, description="on"))], FOUNDER, datetime.now(UTC))
    kept.close()
