"""What earlier versions wrote is opened, checked, restored and repaired by this one, item for item."""

import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests_support import FOUNDER, NOW, TODAY

from core.actions.loop.road import Report
from core.actions.wish import Wish
from core.ledger.record import Projector
from core.model import Event
from core.town.trail import from_history
from store.care.check import check
from store.care.repair import repair
from store.care.restoring import restore
from store.history.journals import journal
from store.history.journals.format import FORMAT
from store.history.repository import Repository

FROZEN = sorted((Path(__file__).parents[1] / "data").glob("store-*"))


def test_there_is_one_of_every_format() -> None:
    assert [path.name for path in FROZEN] == ["store-1", "store-2", "store-3"]


@pytest.fixture(params=FROZEN, ids=lambda path: path.name)
def frozen(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy with the modes a store has: a repository of sources keeps none."""
    copy = tmp_path / "frozen"
    shutil.copytree(request.param, copy)
    for path in (copy, *copy.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
    return copy


def expected(frozen: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (frozen / "records.jsonl").read_text().splitlines()]


def held(path: Path) -> list[dict[str, Any]]:
    """Every item as it goes out now, under the keys that went out then."""
    repository = Repository(path)
    repository.load_closed()
    assert len(repository.history()) > len(repository.town.items)
    projector = Projector(repository.town, TODAY)
    records = [projector.record(item) for item in repository.town.items.values()]
    repository.close()
    return [json.loads(json.dumps(record, default=str)) for record in records]


def same(found: list[dict[str, Any]], wanted: list[dict[str, Any]]) -> None:
    assert len(found) == len(wanted)
    by_report = {record["number"] or n: record for n, record in enumerate(found)}
    for n, record in enumerate(wanted):
        here = by_report[record["number"] or n]
        assert {key: here[key] for key in record} == record


def test_a_store_of_then_opens_is_sound_and_says_the_same(frozen: Path) -> None:
    report = check(frozen / "store")
    assert report.sound
    assert not [f for f in report.findings if f.unsound]
    same(held(frozen / "store"), expected(frozen))


def test_the_first_change_begins_a_journal_of_the_present_format(frozen: Path) -> None:
    path = frozen / "store"
    repository = Repository(path)
    last = repository.reader.gen
    began = repository.reader.format
    old = journal.path_of(path, last).read_bytes()
    repository.commit([Wish(Report(location="新街", description="新问题"))], FOUNDER, NOW)
    assert repository.reader.format == FORMAT
    assert (repository.reader.gen > last) == (began < FORMAT)
    assert journal.path_of(path, last).read_bytes().startswith(old)
    repository.close()
    assert check(path).sound


def test_what_follows_from_steps_is_the_same_with_and_without_the_journals(frozen: Path) -> None:
    path = frozen / "store"
    repository = Repository(path)
    repository.load_closed()
    told: dict[int, list[Event]] = {}
    for event in repository.history():
        told.setdefault(event.record, []).append(event)
    zone = repository.town.settings.zone
    assert any(item.pauses for item in repository.town.items.values())
    for item in repository.town.items.values():
        again = from_history(item, told.get(item.id, ()), zone)
        assert (again.left_on, again.entered) == (item.left_on, item.entered)
        spans = [(p.since, p.until) for p in again.pauses]
        assert spans == [(p.since, p.until) for p in item.pauses]
    repository.close()


@pytest.mark.parametrize("without", ["snapshot.json", "closed.index"])
def test_it_opens_without_its_head_start(frozen: Path, without: str) -> None:
    (frozen / "store" / without).unlink(missing_ok=True)
    same(held(frozen / "store"), expected(frozen))


def test_its_backup_is_restored(frozen: Path, tmp_path: Path) -> None:
    data = (frozen / "backup.tar.gz").read_bytes()
    done = restore(tmp_path / "new", io.BytesIO(data), "backup.tar.gz", FOUNDER, NOW)
    assert (done.damaged, done.lacking) == ((), ())
    same(held(tmp_path / "new"), expected(frozen))
    assert check(tmp_path / "new").sound


def test_a_damaged_one_is_told_and_set_right_to_the_bit(frozen: Path) -> None:
    damaged = frozen / "damaged"
    assert not check(damaged).sound
    mended = repair(damaged, FOUNDER, NOW)
    assert mended.restored and not (mended.lost or mended.altered or mended.unfit)
    assert check(damaged).sound
    revised = {"revision"}
    wanted = [{k: v for k, v in r.items() if k not in revised} for r in expected(frozen)]
    same(held(damaged), wanted)
