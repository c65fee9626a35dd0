"""A byte flipped, cut or taken out of any file: found on opening in what is opened, by a check
everywhere; and mended, with nothing readable dropped."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests_support import CLERK, FOUNDER, INSPECTOR, NOW, Office, open_again

from core.actions.loop.correcting import Correct
from core.actions.loop.inspection import Pass
from core.actions.loop.road import Report
from core.actions.wish import Wish
from core.town.town import Town
from store.care.check import check
from store.care.repair import repair
from store.errors import Damaged, StoreError
from store.history.journals import journal
from store.history.repository import Repository

STRIDE = 41
"""Every so many bytes are tried; a prime, so that every kind of place is met."""


@pytest.fixture
def kept(office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A store of several journals, a snapshot and closed items, and a copy to damage."""
    monkeypatch.setattr("store.history.repository.ROTATE", 2500)
    for number in range(3):
        key = office.fed_back(description=f"第{number}件")
        office.do(Pass(item=key, finding="好"), actor=INSPECTOR)
    office.repository.write_snapshot()
    key = office.reported(description="尾")
    office.do(Correct(item=key, fields={"note": "记"}))
    assert len(journal.generations(office.path)) > 2
    return tmp_path / "copy"


def damaged(office: Office, copy: Path) -> Iterator[tuple[str, Path, bytes, int]]:
    """A fresh copy, the name of one of its files, its content, and a place in it, again and again."""
    for name in sorted(p.name for p in office.path.iterdir() if p.is_file()):
        whole = (office.path / name).read_bytes()
        for at in range(0, len(whole), STRIDE):
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(office.path, copy)
            (copy / name).chmod(0o600)
            yield name, copy / name, whole, at


def opened(path: Path) -> Town | None:
    """What opening shows, or None where it says that something is wrong."""
    try:
        store = Repository(path)
    except StoreError:
        return None
    try:
        store.load_closed()
        store.history()
        return store.town
    except StoreError:
        return None
    finally:
        store.close()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("kind", ["flip", "cut", "delete"])
def test_any_byte_of_any_file(office: Office, kept: Path, kind: str) -> None:
    for name, file, whole, at in damaged(office, kept):
        if kind == "flip":
            file.write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
        elif kind == "cut":
            file.write_bytes(whole[:at])
        else:
            file.write_bytes(whole[:at] + whole[at + 1 :])
        seen = opened(kept)
        assert seen is None or seen == office.town, f"{name} {at}: used silently"
        if name not in ("lock", "snapshot.lock"):
            assert not check(kept).sound, f"{name} {at}: not found by a check"


@pytest.mark.parametrize("gen", [1, 2])
def test_a_missing_journal_is_found_and_gone_on_without(
    office: Office, kept: Path, gen: int
) -> None:
    shutil.copytree(office.path, kept)
    journal.path_of(kept, gen).unlink()
    assert not check(kept).sound or gen == 1
    (kept / "snapshot.json").unlink()
    with pytest.raises(Damaged):
        Repository(kept)
    mended = repair(kept, FOUNDER, NOW)
    assert mended.lost
    assert opened(kept) is not None
    assert {p.name for p in mended.kept.iterdir()} >= {"lock", journal.path_of(kept, 3).name}


@pytest.mark.timeout(300)
def test_a_flipped_bit_is_set_right(office: Office, kept: Path) -> None:
    for name, file, whole, at in damaged(office, kept):
        if not name.startswith("journal") or at < 120 or at % 5:
            continue
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
        repair(kept, FOUNDER, NOW)
        store = Repository(kept)
        store.load_closed()
        assert store.town.tables == office.town.tables, f"{name} {at}"
        assert len(store.history()) == len(office.repository.history())
        store.close()
        assert check(kept).sound


def test_what_cannot_be_read_is_taken_from_the_snapshot(office: Office, kept: Path) -> None:
    shutil.copytree(office.path, kept)
    file = journal.path_of(kept, 1)
    file.chmod(0o600)
    lines = file.read_bytes().splitlines(keepends=True)
    lines[3] = lines[3][:17] + b"#" * (len(lines[3]) - 18) + b"\n"
    file.write_bytes(b"".join(lines))
    mended = repair(kept, FOUNDER, NOW)
    assert mended.lost == (3,)
    store = Repository(kept)
    store.load_closed()
    found = {key: item.description for key, item in store.town.items.items()}
    assert found == {key: item.description for key, item in office.town.items.items()}
    assert store.transactions()[-1].op == "repair"
    store.close()
    assert opened(kept) is not None


def test_without_a_snapshot_what_is_readable_stays(office: Office) -> None:
    keys = [office.reported(description=f"第{n}件") for n in range(3)]
    office.do(Correct(item=keys[1], fields={"note": "后来记的"}))
    file = journal.path_of(office.path, 1)
    lines = file.read_bytes().splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if "第1件".encode() in line)
    lines[at] = lines[at][:17] + b"#" * (len(lines[at]) - 18) + b"\n"
    file.write_bytes(b"".join(lines))
    with pytest.raises(Damaged):
        open_again(office)
    partial = Repository(office.path, partial=True)
    assert partial.damage is not None
    assert list(partial.town.items) == keys[:1]
    with pytest.raises(Damaged):
        partial.commit([Wish(Report(zone=1, description="x"))], CLERK, NOW)
    repair(office.path, FOUNDER, NOW)
    partial.commit([Wish(Report(zone=1, description="后"))], CLERK, NOW)
    items = partial.town.items
    assert [items[k].description for k in (keys[0], keys[2])] == ["第0件", "第2件"]
    assert items[keys[1]].note == "后来记的"
    partial.close()


def test_a_copy_put_back_is_accepted_only_when_asked(office: Office) -> None:
    file = journal.path_of(office.path, 1)
    older = file.read_bytes()
    office.reported()
    office.reported()
    office.close()
    file.write_bytes(older)
    assert [f.code for f in check(office.path).findings if f.grave] == ["older_copy"]
    with pytest.raises(Damaged):
        repair(office.path, FOUNDER, NOW)
    mended = repair(office.path, FOUNDER, NOW, older=True)
    assert len(mended.lost) == 2
    store = Repository(office.path)
    assert not store.town.items
    assert store.town.seq == mended.lost[-1] + 1
    store.close()
    assert check(office.path).sound
    office.repository = Repository(office.path)


@pytest.mark.parametrize("line", [1, 4, 9, 14])
def test_a_line_that_is_gone_is_made_up_for_from_a_sound_head_start(
    office: Office, line: int
) -> None:
    """Whatever it was: a report, an issue, a feedback, a look."""
    for _ in range(3):
        office.do(Pass(item=office.fed_back(), finding="好"), actor=INSPECTOR)
    office.repository.write_snapshot()
    before = {key: item.state for key, item in office.town.items.items()}
    office.close()
    path = journal.path_of(office.path, 1)
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join([*lines[: line + 1], *lines[line + 2 :]]))
    repair(office.path, FOUNDER, NOW)
    assert check(office.path).sound
    repository = open_again(office)
    repository.load_closed()
    assert {key: item.state for key, item in repository.town.items.items()} == before
    repository.close()
