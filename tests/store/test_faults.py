"""A call of the system that fails: the change is there whole or not at all, and work goes on."""

import errno
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from tests_support import CLERK, NOW, Office, open_again

from core.actions.loop.road import Report
from core.actions.wish import Wish
from store.care.check import check
from store.care.found import create
from store.errors import NotSaved, StoreError
from store.history.repository import Repository

CALLS = (
    "open",
    "write",
    "pwrite",
    "pread",
    "fdatasync",
    "fsync",
    "ftruncate",
    "replace",
    "unlink",
    "fstat",
    "chmod",
)
ERRORS = (errno.EIO, errno.ENOSPC, errno.EACCES, errno.EINTR)


class Faults:
    """Lets the nth of certain calls fail, once or from then on."""

    def __init__(self, patch: pytest.MonkeyPatch, calls: tuple[str, ...] = CALLS) -> None:
        self.count = 0
        self._at, self._error, self._for_good = 0, 0, False
        for name in calls:
            patch.setattr(os, name, self._failing(getattr(os, name)))

    def arm(self, at: int, error: int, *, for_good: bool = False) -> None:
        self.count, self._at, self._error, self._for_good = 0, at, error, for_good

    def _failing(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*words: Any, **more: Any) -> Any:
            self.count += 1
            if self._at and (self.count == self._at or (self._for_good and self.count > self._at)):
                raise OSError(self._error, os.strerror(self._error))
            return real(*words, **more)

        return call


@contextmanager
def faulty(patch: pytest.MonkeyPatch, calls: tuple[str, ...] = CALLS) -> Iterator[Faults]:
    with patch.context() as inner:
        yield Faults(inner, calls)


def report(repository: Repository, text: str) -> None:
    repository.commit([Wish(Report(zone=1, location="x", description=text))], CLERK, NOW)


def descriptions(office: Office) -> list[str]:
    again = open_again(office)
    again.load_closed()
    found = [item.description for item in again.town.items.values()]
    again.close()
    return found


@pytest.mark.parametrize("error", ERRORS, ids=errno.errorcode.get)
@pytest.mark.parametrize("rotate", [10**9, 1000], ids=["plain", "new_journal"])
def test_each_call_of_a_commit_fails(
    office: Office, monkeypatch: pytest.MonkeyPatch, error: int, rotate: int
) -> None:
    monkeypatch.setattr("store.history.repository.ROTATE", rotate)
    office.reported()
    at, refused = 0, 0
    while True:
        at += 1
        repository = open_again(office)
        text = f"try {at}"
        saved = False
        with faulty(monkeypatch) as faults:
            faults.arm(at, error)
            try:
                report(repository, text)
                saved = True
            except StoreError:
                refused += 1
            fired = faults.count >= at
        found = descriptions(office)
        assert found.count(text) == 1 if saved else text not in found
        report(repository, f"after {at}")
        assert descriptions(office).count(f"after {at}") == 1
        repository.close()
        if not fired:
            break
    assert refused > 3
    assert check(office.path).sound


def test_a_disk_that_stays_full(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every write fails from some point on; when there is room again, work goes on."""
    writing = ("write", "pwrite", "fdatasync", "fsync")
    for at in range(1, 6):
        repository = open_again(office)
        before = descriptions(office)
        saved = False
        with faulty(monkeypatch, writing) as faults:
            faults.arm(at, errno.ENOSPC, for_good=True)
            try:
                report(repository, f"full {at}")
                saved = True
            except NotSaved as refused:
                assert refused.code in ("no_space", "cannot_write", "disk_refuses")
        assert descriptions(office) == before + [f"full {at}"] * saved
        repository.close()
        report(office.repository, f"room {at}")
        assert descriptions(office)[-1] == f"room {at}"
    assert check(office.path).sound


def test_a_snapshot_and_a_backup_that_fail_harm_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.reported()
    office.repository.write_snapshot()
    before = descriptions(office)
    for at in range(1, 40):
        with faulty(monkeypatch) as faults:
            faults.arm(at, errno.EIO)
            office.repository.write_snapshot()
        assert descriptions(office) == before
        assert check(office.path).sound


def test_creation_is_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from core.model import Settings

    for at in range(1, 60):
        path = tmp_path / f"store-{at}"
        with faulty(monkeypatch) as faults:
            faults.arm(at, errno.ENOSPC)
            with suppress(StoreError):
                create(path, Settings(), (), CLERK, NOW).close()
            fired = faults.count >= at
        if not (path / "journal.000001.jsonl").exists():
            create(path, Settings(), (), CLERK, NOW).close()
        Repository(path).close()
        if not fired:
            return
    raise AssertionError("creating a store makes more calls than that")


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a file system needs root")
def test_a_real_full_disk(tmp_path: Path) -> None:
    place = tmp_path / "small"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(place)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount")
    try:
        office = Office(place / "store")
        saved = [office.item(office.reported(description="x" * 4000)).report_no]
        with pytest.raises(NotSaved) as caught:
            saved.extend(
                office.item(office.reported(description="x" * 4000)).report_no for _ in range(400)
            )
        assert caught.value.code == "no_space"
        again = open_again(office)
        assert [i.report_no for i in again.town.items.values()] == saved
        assert "little_space" in again.warnings
        again.close()
        (place / "store" / "snapshot.json").unlink(missing_ok=True)
        subprocess.run(["mount", "-o", "remount,size=4m", str(place)], check=True)
        saved.append(office.item(office.reported()).report_no)
        assert check(office.path).sound
        assert len(set(saved)) == len(saved)
        office.close()
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)
        shutil.rmtree(place, ignore_errors=True)
