"""Power cuts by model: whatever a disk may hold after any call, what was acknowledged is there."""

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from disk_model import Op, Recorder, after_a_cut
from tests_support import CLERK, FOUNDER, NOW

from core.actions.loop.road import Report
from core.actions.registers import AddZone
from core.actions.wish import Wish
from core.changes import Change
from core.model import Settings, Staff
from core.roles import ALL_HANDS
from store.care.backup import write_backup
from store.care.found import create
from store.care.restoring import restore
from store.errors import NoStore, StoreError
from store.history.follower import Follower
from store.history.replacing import KEPT
from store.history.repository import Repository

Script = Callable[[Path, Callable[[str], None]], None]


def report(repository: Repository, text: str, ack: Callable[[str], None]) -> None:
    wish = Wish(Report(zone=1, location="x", description=text))
    repository.commit([wish], CLERK, NOW)
    ack(text)


def work(path: Path, ack: Callable[[str], None]) -> None:
    """A new store, changes, new journals, a snapshot, and more changes."""
    repository = create(
        path,
        Settings(office="测试镇创卫办"),
        [Change("staff", None, Staff(id=1, login="founder", roles=ALL_HANDS))],
        FOUNDER,
        NOW,
    )
    repository.commit([Wish(AddZone(fields={"code": "Z01", "name": "第一段"}))], FOUNDER, NOW)
    for number in range(4):
        report(repository, f"a{number}", ack)
    repository.write_snapshot()
    for number in range(4):
        report(repository, f"b{number}", ack)
    repository.close()


def put_back(path: Path, ack: Callable[[str], None]) -> None:
    """A store, a backup, a change, and the backup put back over it."""
    work(path, ack)
    repository = Repository(path)
    kept = io.BytesIO()
    write_backup(repository, kept, NOW)
    report(repository, "late", ack)
    repository.close()
    kept.seek(0)
    restore(path, kept, "b", FOUNDER, NOW)
    repository = Repository(path)
    report(repository, "after", ack)
    repository.close()


def recorded(
    script: Script, root: Path, patch: pytest.MonkeyPatch, deaf: frozenset[str] = frozenset()
) -> list[Op]:
    with patch.context() as inner:
        inner.setattr("store.history.repository.ROTATE", 1500)
        recorder = Recorder(root, inner, deaf)
        script(root, recorder.ack)
    return recorder.ops


def everything(path: Path) -> set[str]:
    """What a store and those it has kept hold."""
    found = set()
    for place in (path, *path.glob(KEPT + "*")):
        store = Follower(place)
        store.load_closed()
        found |= {item.description for item in store.town.items.values()}
        store.close()
    return found


def fault_of(path: Path, acknowledged: set[str]) -> str:
    """What is wrong with a store after a cut; nothing where all is well."""
    try:
        repository = Repository(path)
    except NoStore:
        return "acknowledged and gone" if acknowledged else ""
    except StoreError as error:
        return f"does not open: {error.code} {error.fields}"
    try:
        if not acknowledged <= everything(path):
            return "acknowledged and lost"
        if repository.town.zones:
            report(repository, "one more", lambda text: None)
    except StoreError as error:
        return f"does not go on: {error.code} {error.fields}"
    finally:
        repository.close()
    return ""


def faults(ops: list[Op], scratch: Path, most: int = 10**9) -> tuple[int, list[str]]:
    """How many states were tried, and what was wrong in which."""
    tried, wrong = 0, []
    acknowledged: set[str] = set()
    seen: set[int] = set()
    for end, op in enumerate(ops, 1):
        if op.kind == "ack":
            acknowledged = acknowledged | {op.path}
        for disk in after_a_cut(ops[:end]):
            state = hash((tuple(sorted(disk.files.items(), key=str)), len(acknowledged)))
            if state in seen:
                continue
            seen.add(state)
            disk.lay(scratch)
            fault = fault_of(scratch, acknowledged)
            shutil.rmtree(scratch)
            tried += 1
            if fault:
                wrong.append(f"after {end} {op.kind} {op.path} {op.other}, {disk.told}: {fault}")
                if len(wrong) >= most:
                    return tried, wrong
    return tried, wrong


@pytest.mark.timeout(300)
@pytest.mark.parametrize("script", [work, put_back])
def test_every_state_after_a_power_cut(
    script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ops = recorded(script, tmp_path / "store", monkeypatch)
    tried, wrong = faults(ops, tmp_path / "cut")
    assert not wrong, "\n".join(wrong[:20])
    assert tried > 200


@pytest.mark.timeout(300)
@pytest.mark.parametrize("missing", ["fdatasync", "fsync", "sync_names"])
def test_the_model_notices_a_missing_sync(
    missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a sync taken out of the program the same states show losses."""
    ops = recorded(work, tmp_path / "store", monkeypatch, frozenset({missing}))
    _tried, wrong = faults(ops, tmp_path / "cut", most=3)
    assert len(wrong) == 3
