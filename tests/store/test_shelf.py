"""Closed items that stay on disk answer as if all had been read."""

import random
from datetime import date, timedelta
from pathlib import Path

import pytest
from everything import fill
from tests_support import TODAY, Office, open_again

from core.actions.loop.lookback import Recheck, Reopen
from core.actions.loop.road import Accept, Fix
from core.day.today import TAKEN, queues
from core.model import Item, State
from core.town.facts import Facts
from core.town.town import Town
from store.care.check import check
from store.history.head_start import shelf, snapshot
from store.history.repository import Repository


def close(office: Office, count: int, *, zone: int = 1) -> None:
    """Items found and put right on the spot, of two kinds."""
    for n in range(count):
        found_on = date(2026, 1, 5) + timedelta(days=n % 20)
        key = office.reported(zone=zone, found_on=found_on, external_no=f"外{n}")
        office.do(Accept(item=key, category="市容环境", subcategory="暴露垃圾", on=found_on))
        office.do(Fix(item=key, measure="当场清理", on=found_on))


@pytest.fixture
def years(office: Office) -> Office:
    fill(office)
    close(office, TAKEN + 15)
    office.repository.load_closed()
    assert office.repository.write_snapshot()
    return office


def whole(path: Path) -> Town:
    repository = Repository(path)
    repository.load_closed()
    repository.close()
    return repository.town


def answers(town: Town, items: list[Item]) -> list[object]:
    """What is asked of a town without reading its years."""
    facts = Facts(town, TODAY + timedelta(days=100))
    told: list[object] = [(q.code, q.count) for q in queues(town, facts.today)]
    told += [[i.id for i in q.items[:TAKEN]] for q in queues(town, facts.today)]
    for item in items:
        told += [town.find(item.number), town.find(item.report_no), town.held(item.id)]
        told += [town.find_short(item.label.rpartition("-")[2].lstrip("0"))]
        told.append(facts.recurs(item))
    return told


def test_what_is_asked_is_as_if_all_were_read(years: Office) -> None:
    all_read = whole(years.path)
    assert sum(i.state == State.CLOSED for i in all_read.items.values()) > TAKEN
    items = list(all_read.items.values())
    random.Random(1).shuffle(items)
    repository = open_again(years)
    assert not repository.town.complete and repository.town.shelf is not None
    assert len(repository.town.items) < len(items)
    assert answers(repository.town, items) == answers(all_read, items)
    assert not repository.town.complete


def test_newer_journals_are_preferred(years: Office) -> None:
    closed = [i for i in years.town.items.values() if i.state == State.CLOSED]
    years.do(
        Reopen(item=closed[-1].id, lead=2, due=date(2026, 4, 9), reason="又乱了", photos=("1.jpg",))
    )
    years.do(Recheck(item=closed[-3].id, finding="保持", photos=("1.jpg",)))
    repository = open_again(years)
    all_read = whole(years.path)
    for item in (closed[-1], closed[-3]):
        assert repository.town.held(item.id) == all_read.items[item.id] != item
    assert answers(repository.town, closed) == answers(all_read, closed)


@pytest.mark.parametrize("harm", ["gone", "older", "flipped", "cut", "empty", "stranger"])
def test_without_a_fit_index_all_is_read(years: Office, harm: str) -> None:
    index = years.path / shelf.NAME
    earlier = index.read_bytes()
    close(years, 3)
    assert years.repository.write_snapshot()
    data = index.read_bytes()
    match harm:
        case "gone":
            index.unlink()
        case "older":
            index.write_bytes(earlier)
        case "flipped":
            index.write_bytes(data[:5000] + bytes([data[5000] ^ 1]) + data[5001:])
        case "cut":
            index.write_bytes(data[: len(data) // 2])
        case "empty":
            index.write_bytes(b"")
        case _:
            index.unlink()
            index.symlink_to("/etc/hostname")
    report = check(years.path)
    assert report.sound == (harm in ("gone", "older"))
    if harm == "stranger":
        return
    repository = open_again(years)
    assert repository.town.shelf is None
    repository.load_closed()
    assert repository.town == whole(years.path)
    close(years, 1)
    assert years.repository.write_snapshot()
    assert check(years.path).sound and open_again(years).town.shelf is not None


def test_a_record_damaged_behind_the_index_is_not_used(years: Office) -> None:
    path = years.path / snapshot.NAME
    item = max(
        (i for i in years.town.items.values() if i.state == State.CLOSED), key=lambda i: i.id
    )
    data = path.read_bytes()
    at = data.index(
        item.external_no.encode(), data.index(b'"%d":{"id":%d,"rev' % (item.id, item.id))
    )
    path.write_bytes(data[:at] + "处".encode() + data[at + 3 :])
    repository = open_again(years)
    assert repository.town.held(item.id) is None
    repository.load_closed()
    assert repository.town.items[item.id] == item
