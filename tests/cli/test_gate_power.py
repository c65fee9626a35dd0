"""Power cuts by model behind the gate: what was answered is there, of the town and of the tray (docs/gate.md 3)."""

import io
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cli_support import Zg, comes_in
from disk_model import Recorder, after_a_cut
from everything import PUBLIC_KEY
from tests_support import CLERK, FOUNDER, NOW

from core.actions.loop.road import Report
from core.actions.registers import AddKey, AddZone
from core.actions.wish import Wish
from core.changes import Change
from core.model import Settings, SshKey, Staff
from core.roles import ALL_HANDS
from store.care.check import check
from store.care.found import create
from store.history.repository import Repository
from tui.gate.main import _put
from tui.whereabouts import Gate

SENT = b"jpeg" * 300


class Sent:
    """Standard input that holds a file."""

    buffer = io.BytesIO(SENT)


def town(path: Path) -> str:
    """A town with one problem and a key of the founder's; the fingerprint."""
    staff = Staff(id=1, login="founder", roles=ALL_HANDS)
    repository = create(path, Settings(), [Change("staff", None, staff)], FOUNDER, NOW)
    repository.commit([Wish(AddZone(fields={"code": "Z01", "name": "第一段"}))], FOUNDER, NOW)
    repository.commit([Wish(Report(zone=1, location="x", description="y"))], CLERK, NOW)
    wish = Wish(AddKey(login="founder", public=PUBLIC_KEY))
    key = repository.commit([wish], FOUNDER, datetime.now(UTC)).of("keys")[0].new
    repository.close()
    assert isinstance(key, SshKey)
    return key.fingerprint


def work(zg: Zg, ack: Callable[[str], None], patch: pytest.MonkeyPatch) -> None:
    """Notes, a file into the tray, and the same file from there to the problem."""
    for number in range(2):
        assert zg("note", "1", f"line{number}").code == 0
        ack(f"line{number}")
    assert Gate.caller is not None
    Sent.buffer.seek(0)
    patch.setattr(sys, "stdin", Sent)
    assert _put(Gate.caller.tray, ["a.bin"]) == 0
    ack("a.bin")
    assert zg("note", "1", "line2").code == 0
    ack("line2")


def fault_of(store: Path, acknowledged: set[str]) -> str:
    """What is wrong with a store and its tray after a cut; nothing where all is well."""
    if not acknowledged:
        return ""
    repository = Repository(store)
    said = {line.text for item in repository.town.items.values() for line in item.diary}
    repository.close()
    tray = store / "trays" / "founder" / "a.bin"
    if tray.exists() and tray.read_bytes() != SENT:
        return "a file in part"
    if tray.exists():
        said.add("a.bin")
    gone = acknowledged - said
    return f"gone: {gone}" if gone else "" if check(store).sound else "not sound"


@pytest.mark.timeout(300)
def test_what_was_answered_is_there_after_a_power_cut(
    tmp_path: Path, zg: Zg, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, cut = tmp_path / "town", tmp_path / "cut"
    with monkeypatch.context() as patch:
        recorder = Recorder(store, patch)
        fingerprint = town(store)
        patch.setenv("ZG_HOME", str(store))
        comes_in(patch, store, "founder", fingerprint)
        founded = len(recorder.ops)
        work(zg, recorder.ack, patch)
    tried, acknowledged, seen = 0, set(), set()
    for end, op in enumerate(recorder.ops, 1):
        if op.kind == "ack":
            acknowledged.add(op.path)
        for disk in after_a_cut(recorder.ops[:end]) if end >= founded else ():
            state = hash((tuple(sorted(disk.files.items(), key=str)), len(acknowledged)))
            if state not in seen:
                seen.add(state)
                disk.lay(cut)
                fault = fault_of(cut, acknowledged)
                shutil.rmtree(cut)
                tried += 1
                assert not fault, (
                    f"after {end} {op.kind} {op.path} {op.other}, {disk.told}: {fault}"
                )
    assert tried > 50
