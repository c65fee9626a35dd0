"""Every row of the table of recovery that no other test has, and a week in the life of a board."""

import io
import os
import subprocess
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from tests_support import CLERK, FOUNDER, NOW, Office, open_again

from core.actions.coming_in import TakeIn
from core.actions.loop.correcting import Correct
from core.actions.loop.road import Accept, Assign, Report
from core.actions.registers import Edit
from core.actions.wish import Wish
from core.errors import RuleError
from store.care.backup import write_backup
from store.care.check import check
from store.care.found import create
from store.care.restoring import restore
from store.disk import custody
from store.errors import Busy, Damaged, FileRefused, NoStore, NotSaved
from store.history.follower import RELOADED, Follower
from store.history.journals import journal
from store.history.journals.lock import Lock
from store.history.journals.rotation import begin_next
from store.history.replacing import KEPT, READY, pending, stage
from store.history.repository import Repository


def report(repository: Repository, text: str) -> None:
    repository.commit([Wish(Report(zone=1, location="x", description=text))], CLERK, NOW)


def texts(repository: Repository) -> list[str]:
    repository.load_closed()
    return [item.description for item in repository.town.items.values()]


def test_an_interrupted_creation_is_begun_again(tmp_path: Path) -> None:
    path = tmp_path / "store"
    path.mkdir(mode=0o700)
    (path / "lock").touch(0o600)
    (path / "journal.000001.jsonl.tmp").write_bytes(b"half")
    with pytest.raises(NoStore) as caught:
        Repository(path)
    assert caught.value.code == "no_store"
    from core.model import Settings

    create(path, Settings(), (), FOUNDER, NOW).close()
    Repository(path).close()


def test_a_gap_between_journals_is_refused_unless_bridged(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.history.repository.ROTATE", 1500)
    for number in range(6):
        report(office.repository, str(number))
    office.repository.write_snapshot()
    report(office.repository, "after")
    gens = journal.generations(office.path)
    for gen in gens[:2]:
        journal.path_of(office.path, gen).unlink()
    bridged = open_again(office)
    assert texts(bridged) == texts(office.repository)
    assert len(bridged.history()) == len(office.repository.history())
    bridged.close()
    assert check(office.path).sound
    (office.path / "snapshot.json").unlink()
    with pytest.raises(Damaged) as caught:
        open_again(office)
    assert caught.value.code == "journal_missing"


def test_a_gap_in_the_middle_is_refused(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.history.repository.ROTATE", 1500)
    for number in range(6):
        report(office.repository, str(number))
    journal.path_of(office.path, 2).unlink()
    (office.path / "lock").write_bytes(b"")
    with pytest.raises(Damaged) as caught:
        open_again(office)
    assert caught.value.code == "journal_missing"


def test_a_stopped_holder_is_named_and_reading_goes_on(office: Office) -> None:
    code = f"import fcntl,os,time; f=open({str(office.path / 'lock')!r}); fcntl.flock(f,2); print(1,flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        os.kill(holder.pid, 19)
        with pytest.raises(Busy) as caught:
            office.repository.commit([Wish(Report(zone=1, description="x"))], CLERK, NOW, wait=0.05)
        assert caught.value.fields["pid"] == holder.pid
        assert caught.value.fields["who"]
        reader = open_again(office)
        assert reader.town == office.town
        reader.close()
        holder.kill()
    report(office.repository, "after")


def test_a_clock_that_goes_back_changes_no_order(office: Office) -> None:
    report(office.repository, "first")
    office.repository.commit(
        [Wish(Report(zone=1, description="second"))], CLERK, NOW.replace(year=2020)
    )
    assert texts(open_again(office)) == ["first", "second"]
    found = check(office.path)
    assert found.sound
    assert "clock_back" in {f.code for f in found.findings}


def test_a_network_file_system_is_refused(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(custody, "file_system", lambda path: "nfs4")
    with pytest.raises(NoStore) as caught:
        open_again(office)
    assert caught.value.code == "network"
    monkeypatch.setattr(custody, "file_system", lambda path: "tmpfs")
    again = open_again(office)
    assert "in_memory" in again.warnings
    again.close()


def test_the_file_system_is_read_from_the_kernel() -> None:
    assert custody.file_system(Path("/proc")) == "proc"


def test_a_shared_store_is_its_groups(tmp_path: Path) -> None:
    import grp

    group = grp.getgrgid(os.getgid()).gr_name
    from core.model import Settings

    path = tmp_path / "store"
    store = create(path, Settings(), (), FOUNDER, NOW, group=group)
    store.write_snapshot()
    store.close()
    assert path.stat().st_mode & 0o7777 == 0o2770
    modes = {p.name: p.stat().st_mode & 0o777 for p in path.iterdir()}
    assert set(modes.values()) == {0o660}
    with pytest.raises(NotSaved) as caught:
        create(tmp_path / "other", Settings(), (), FOUNDER, NOW, group="no-such-group")
    assert caught.value.code == "no_group"


@pytest.mark.parametrize("name", ["lock", "journal.000001.jsonl", "snapshot.json"])
def test_links_and_open_files_are_refused(office: Office, tmp_path: Path, name: str) -> None:
    office.repository.write_snapshot()
    file = office.path / name
    file.chmod(0o666)
    with pytest.raises(NoStore) as caught:
        open_again(office)
    assert caught.value.code == "foreign_file"
    file.chmod(0o600)
    file.rename(tmp_path / name)
    file.symlink_to(tmp_path / name)
    with pytest.raises(NoStore):
        open_again(office)


@pytest.mark.skipif(os.geteuid() != 0, reason="giving files away needs root")
def test_files_of_others_are_refused(office: Office) -> None:
    os.chown(office.path / "journal.000001.jsonl", 12345, 12345)
    with pytest.raises(NoStore) as caught:
        open_again(office)
    assert caught.value.code == "foreign_file"


@pytest.mark.skipif(os.geteuid() != 0, reason="giving files away needs root")
def test_what_root_makes_is_the_stores_owners(office: Office) -> None:
    for path in (office.path, *office.path.iterdir()):
        os.chown(path, 12345, 12345)
    store = open_again(office)
    report(store, "x")
    store.write_snapshot()
    store.close()
    assert {p.stat().st_uid for p in office.path.iterdir()} == {12345}


def restore_cut_off(
    office: Office, monkeypatch: pytest.MonkeyPatch, kept: io.BytesIO, steps: int
) -> None:
    """A restore that is killed behind so many renames of what takes the store's place."""
    real, left = Path.replace, [steps]

    def stops(self: Path, target: Path) -> Path:
        if READY in str(self) or "next" in str(target) or "before" in str(target):
            left[0] -= 1
            if left[0] < 0:
                raise KeyboardInterrupt
        return real(self, target)

    kept.seek(0)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", stops)
        with suppress(KeyboardInterrupt):
            restore(office.path, kept, "b", FOUNDER, NOW)


@pytest.mark.parametrize("steps", range(12))
def test_a_replacement_that_was_cut_off_is_finished(
    office: Office, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    report(office.repository, "old")
    kept = io.BytesIO()
    write_backup(office.repository, kept, NOW)
    report(office.repository, "newer")
    restore_cut_off(office, monkeypatch, kept, steps)
    again = open_again(office)
    found = texts(again)
    assert found in (["old"], ["old", "newer"])
    if found == ["old"]:
        (before,) = office.path.glob(KEPT + "*")
        old = Repository(before)
        assert texts(old) == ["old", "newer"]
        old.close()
    assert not pending(office.path)
    report(again, "on")
    again.close()
    assert check(office.path).sound


@pytest.mark.parametrize("steps", range(1, 12))
def test_what_an_open_board_saves_behind_a_replacement_cut_off_is_kept(
    office: Office, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    """Whoever restores is killed while a board is open; what the board saves then is in what stands there."""
    kept = io.BytesIO()
    write_backup(office.repository, kept, NOW)
    board, shown = open_again(office), open_again(office)
    restore_cut_off(office, monkeypatch, kept, steps)
    report(board, "behind it")
    shown.catch_up()
    assert "behind it" in texts(shown)
    again = open_again(office)
    assert "behind it" in texts(again)
    for repository in (board, shown, again):
        repository.close()
    assert check(office.path).sound


def test_a_board_that_has_to_wait_for_a_replacement_comes_round(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    report(office.repository, "old")
    kept = io.BytesIO()
    write_backup(office.repository, kept, NOW)
    report(office.repository, "newer")
    with office.repository.writing():
        begin_next(office.repository.reader)
    report(office.repository, "newest")
    board = Follower(office.path)
    left_half(office, monkeypatch, kept)
    with Lock(office.path / "lock").held(), monkeypatch.context() as patch:
        patch.setattr(Lock.held.__wrapped__, "__defaults__", (0.0,))  # type: ignore[attr-defined]
        for _ in range(2):
            assert board.fresh()
            with pytest.raises(Busy):
                board.catch_up()
    assert [changes.op for changes in board.catch_up()] == [RELOADED]
    assert [item.description for item in board.town.items.values()] == ["old"]
    board.close()


def left_half(office: Office, monkeypatch: pytest.MonkeyPatch, kept: io.BytesIO) -> None:
    """A restore that is killed when the journals have been moved away and the new ones have not come."""

    def stops(*_: object) -> None:
        raise KeyboardInterrupt

    kept.seek(0)
    with monkeypatch.context() as patch:
        patch.setattr("store.history.replacing._move_photos", stops)
        with suppress(KeyboardInterrupt):
            restore(office.path, kept, "b", FOUNDER, NOW)
    assert pending(office.path)


def test_backup_and_restore(office: Office, tmp_path: Path) -> None:
    report(office.repository, "kept")
    office.repository.write_snapshot()
    report(office.repository, "kept too")
    out = io.BytesIO()
    manifest, _lacking = write_backup(office.repository, out, NOW)
    assert manifest.seq == office.town.seq
    for target in (tmp_path / "new", office.path):
        out.seek(0)
        done = restore(target, out, "b", FOUNDER, NOW)
        assert done.manifest == manifest
        assert (done.kept is None) == (target != office.path)
        store = Repository(target)
        assert texts(store) == ["kept", "kept too"]
        assert [e.action for e in store.history(1)] == ["report"]
        assert store.transactions()[-1].op == "restore"
        store.close()
        assert check(target).sound


def test_a_backup_that_is_not_one_replaces_nothing(office: Office) -> None:
    out = io.BytesIO()
    write_backup(office.repository, out, NOW)
    whole = out.getvalue()
    before = {p.name for p in office.path.iterdir()}
    import gzip

    packed = gzip.decompress(whole)
    changed = gzip.compress(packed.replace("测试镇".encode(), "别的镇".encode(), 2))
    for data in (b"", b"x" * 3000, whole[:-200], whole[: len(whole) // 2], changed):
        with pytest.raises(FileRefused):
            restore(office.path, io.BytesIO(data), "b", FOUNDER, NOW)
    assert {p.name for p in office.path.iterdir()} == before
    report(office.repository, "on")


def test_a_week_of_a_board(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Left open over new journals, snapshots, backups, a restore and a repair."""
    monkeypatch.setattr("store.history.repository.ROTATE", 1500)
    board = open_again(office)
    worker = open_again(office)
    kept = io.BytesIO()
    for number in range(8):
        report(worker, str(number))
        if number == 3:
            worker.write_snapshot()
            write_backup(worker, kept, NOW)
        assert board.fresh()
        assert [c.op for c in board.catch_up()] == ["report"]
    assert board.town == worker.town
    kept.seek(0)
    restore(office.path, kept, "b", FOUNDER, NOW)
    assert board.fresh()
    assert board.catch_up()[0].op == RELOADED
    assert texts(board) == [str(n) for n in range(4)]
    report(board, "board")
    report(worker, "worker")
    board.catch_up()
    assert texts(board) == texts(worker) == [*map(str, range(4)), "board", "worker"]
    assert not board.fresh()
    board.close()
    worker.close()
    assert check(office.path).sound


def test_a_newer_program_says_restart(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    board = open_again(office)
    with monkeypatch.context() as newer:
        newer.setattr("store.history.repository.ROTATE", 1)
        for name in ("journals.rotation", "journals.format", "repository"):
            newer.setattr(f"store.history.{name}.FORMAT", 99)
        report(office.repository, "x")
    for _ in range(2):
        with pytest.raises(Damaged) as caught:
            board.catch_up()
        assert caught.value.code == "newer_format"
    board.close()


def test_clashes_are_named_and_other_fields_merged(office: Office) -> None:
    key = office.reported()
    seen = office.item(key)
    office.do(Correct(item=key, fields={"location": "别处"}), actor=CLERK)
    office.do(Correct(item=key, fields={"severity": "较重"}), actor=CLERK)
    note = Correct(item=key, fields={"note": "记"})
    office.repository.commit([Wish(note, seen.revision, {"note": ""})], FOUNDER, NOW)
    assert (office.item(key).location, office.item(key).note) == ("别处", "记")
    wish = Wish(
        Correct(item=key, fields={"location": "第三处"}),
        seen.revision,
        {"location": seen.location},
    )
    with pytest.raises(RuleError) as caught:
        office.repository.commit([wish], FOUNDER, NOW)
    fields = caught.value.refusal.fields
    assert (fields["who"], fields["field"], fields["now"]) == ("clerk", "location", "别处")
    assert fields["when"].hour == 10


def test_staging_starts_clean(office: Office) -> None:
    staged = stage(office.path)
    (staged / "left").write_bytes(b"x")
    assert list(stage(office.path).iterdir()) == []


def ledger_rows(count: int) -> list[Wish]:
    return [
        Wish(
            TakeIn(
                report=Report(
                    zone=1, description=f"行{n}", found_on=date(2026, 3, 1), origin=f"o{n}"
                ),
                accept=Accept(item=0, category="宣传", subcategory="其他"),
                assign=Assign(item=0, lead=2, due=date(2026, 4, 2)),
            )
        )
        for n in range(count)
    ]


def test_what_was_decided_outside_the_lock_is_moved_behind_what_others_saved(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    wishes = ledger_rows(5)
    prepared = office.repository.preview(wishes, CLERK, NOW, op="import")
    other = open_again(office)
    for number in range(3):
        report(other, f"之间{number}")
    key = next(iter(other.town.items))
    accept = Accept(item=key, category="宣传", subcategory="其他", found_on=date(2026, 3, 1))
    other.commit([Wish(accept)], CLERK, NOW)
    with monkeypatch.context() as patch:
        patch.setattr(Repository, "_decided", lambda *words: pytest.fail("decided again"))
        office.repository.commit(wishes, CLERK, NOW, op="import", prepared=prepared)
    items = list(office.town.items.values())
    assert [i.report_no for i in items] == [f"R-{n:04d}" for n in range(1, 9)]
    assert sorted(i.number for i in items if i.number) == [f"CW-2026-{n:04d}" for n in range(1, 7)]
    imported = next(i for i in items if i.description == "行0")
    assert [e.action for e in office.repository.history(imported.id)] == [
        "report",
        "accept",
        "assign",
    ]
    assert check(office.path).sound
    with pytest.raises(RuleError):
        again = other.preview(wishes, CLERK, NOW, op="import")
        office.do(*(w.action for w in ledger_rows(1)))
        other.commit(wishes, CLERK, NOW, op="import", prepared=again)
    other.close()


def test_what_an_import_rests_on_and_was_changed_is_decided_anew(office: Office) -> None:
    wishes = ledger_rows(2)
    prepared = office.repository.preview(wishes, CLERK, NOW, op="import")
    other = open_again(office)
    other.commit(
        [
            Wish(Edit(table="staff", record=2, fields={"active": False})),
            Wish(Edit(table="units", record=2, fields={"active": False})),
        ],
        FOUNDER,
        NOW,
    )
    other.close()
    with pytest.raises(RuleError) as caught:
        office.repository.commit(wishes, CLERK, NOW, op="import", prepared=prepared)
    assert caught.value.refusal.code == "retired_unit"
