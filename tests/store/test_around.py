"""What lies around a store: outputs into it, foreign directories, photos, the snapshot as a bridge."""

import errno
import io
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tests_support import CLERK, FOUNDER, NOW, Office, open_again

from core.actions.loop.photos import Attach
from core.actions.loop.road import Report
from core.actions.wish import Wish
from core.model import Settings, Shows
from store.care.backup import save_backup, write_backup
from store.care.check import check
from store.care.found import create
from store.care.repair import repair
from store.care.restoring import restore
from store.disk.files import replace_file
from store.errors import Damaged, FileRefused, NoStore
from store.history.head_start import snapshot
from store.history.journals import journal
from store.history.journals.format import FORMAT
from store.history.repository import Repository

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8


def state_of(path: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(path)): p.read_bytes()
        for p in sorted(path.rglob("*"))
        if p.is_file() and p.name != "lock"
    }


def flipped(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.chmod(0o600)
    path.write_bytes(bytes(data))


def graves(path: Path) -> list[str]:
    return [f.code for f in check(path).findings if f.grave]


# Outputs


@pytest.mark.parametrize("place", ["journal.000001.jsonl", "journal.000002.jsonl", "x/y.csv", "x"])
def test_no_file_is_put_into_a_store(office: Office, tmp_path: Path, place: str) -> None:
    (office.path / "x").mkdir(exist_ok=True)
    before = state_of(office.path)
    link = tmp_path / "elsewhere"
    link.symlink_to(office.path)
    for root in (office.path, link):
        with pytest.raises(FileRefused, match="inside_store"):
            replace_file(root / place, [b"x"])
        with pytest.raises(FileRefused, match="inside_store"):
            save_backup(office.repository, root / place, NOW, force=True)
    assert state_of(office.path) == before


def test_no_store_is_made_or_put_inside_another(office: Office) -> None:
    out = io.BytesIO()
    write_backup(office.repository, out, NOW)
    for name in ("next-x", "going-x", "below/it"):
        with pytest.raises(FileRefused, match="inside_store"):
            create(office.path / name, Settings(), (), FOUNDER, NOW)
        with pytest.raises(FileRefused, match="inside_store"):
            restore(office.path / name, io.BytesIO(out.getvalue()), "b", FOUNDER, NOW)
        assert not (office.path / name).exists()
    assert check(office.path).sound


@pytest.mark.parametrize("name", ["next-x", "going-x"])
def test_a_directory_without_our_manifest_is_no_replacement(
    office: Office, tmp_path: Path, name: str
) -> None:
    office.reported()
    foreign = create(tmp_path / "other", Settings(), (), FOUNDER, NOW)
    foreign.close()
    shutil.copytree(tmp_path / "other", office.path / name)
    with pytest.raises(Damaged, match="foreign_replacement"):
        Repository(office.path)
    assert "foreign_replacement" in graves(office.path)
    mended = repair(office.path, FOUNDER, NOW)
    assert (mended.kept / name / "journal.000001.jsonl").exists()
    again = open_again(office)
    assert len(again.town.items) == 1
    again.close()
    assert check(office.path).sound


def test_what_killed_runs_left_beside_a_target_is_taken_away(tmp_path: Path) -> None:
    left = tmp_path / ".zg-999999999-0a1b2c3d.tmp"
    mine = tmp_path / f".zg-{os.getpid()}-0a1b2c3d.tmp"
    other = tmp_path / ".zg-notes.tmp"
    for path in (left, mine, other):
        path.write_bytes(b"x")
    replace_file(tmp_path / "out.csv", [b"data"])
    assert [p.exists() for p in (left, mine, other)] == [False, True, True]


# Newer programs


def test_what_a_newer_program_wrote_is_no_damage(office: Office) -> None:
    path = journal.path_of(office.path, 1)
    out = io.BytesIO()
    write_backup(office.repository, out, NOW)
    header, rest = path.read_bytes().split(b"\n", 1)
    payload = header[17:].replace(b'"format":%d' % FORMAT, b'"format":99')
    path.write_bytes(journal.frame("", payload)[0] + rest)
    before = state_of(office.path)
    for act in (
        lambda: check(office.path),
        lambda: repair(office.path, FOUNDER, NOW),
        lambda: repair(office.path, FOUNDER, NOW, older=True),
        lambda: restore(office.path, io.BytesIO(out.getvalue()), "b", FOUNDER, NOW),
        lambda: Repository(office.path),
    ):
        with pytest.raises(Damaged) as caught:
            act()
        assert caught.value.code == "newer_format"
    assert state_of(office.path) == before


@pytest.mark.parametrize(
    "delta",
    [
        b'{"t":"drones","id":"1","put":{"name":"x"},"was":null}',
        b'{"t":"units","id":"1","put":{"colour":"x"},"was":{}}',
        b'{"t":"units","id":"9","put":{"name":"x","colour":"y"},"was":null}',
        b'{"t":"items","id":"9","put":{"state":"frozen"},"was":null}',
        b'{"t":"units","id":"1","put":{"short":"x"},"was":{},"why":"y"}',
        b'{"t":"units","id":"1","put":{"short":"x"},"was":{}}],"new":[',
        b'{"t":"units","id":"1","put":{"former":[{"name":"x","until":"2026-01-01","why":"y"}]},"was":{"former":[]}}',
    ],
)
def test_a_line_with_a_right_hash_and_more_than_is_known(office: Office, delta: bytes) -> None:
    last = office.repository.reader
    line = b'{"s":%d,"t":"2026-03-31T02:00:00Z","who":"founder","op":"x","d":[%s]}' % (
        last.seq + 1,
        delta,
    )
    path = journal.path_of(office.path, 1)
    path.write_bytes(path.read_bytes() + journal.frame(last.hash, line)[0])
    flipped(path, path.read_bytes().index(b"\n") + 40)  # damage elsewhere does not open the door
    before = state_of(office.path)
    for act in (
        lambda: check(office.path),
        lambda: repair(office.path, FOUNDER, NOW),
        lambda: repair(office.path, FOUNDER, NOW, older=True),
    ):
        with pytest.raises(Damaged, match="newer_format"):
            act()
    assert state_of(office.path) == before


# Photos


def attached(office: Office, data: bytes = JPEG) -> Path:
    key = office.reported()
    file = office.repository.photos.keep(data, "1.jpg", Shows.BEFORE)
    office.do(Attach(item=key, files=(file,)))
    return office.repository.photos.path(file)


def test_a_rotten_photo_is_replaced_by_the_right_one(office: Office) -> None:
    path = attached(office)
    flipped(path, 20)
    assert "photo_damaged" in graves(office.path)
    office.repository.photos.keep(JPEG, "again.jpg", Shows.BEFORE)
    assert path.read_bytes() == JPEG
    assert check(office.path).sound


def test_a_backup_names_what_is_not_whole_and_goes_on(office: Office, tmp_path: Path) -> None:
    rotten, whole, gone = (attached(office, JPEG + bytes([n])) for n in range(3))
    flipped(rotten, 20)
    gone.unlink()
    out = io.BytesIO()
    _manifest, lacking = write_backup(office.repository, out, NOW)
    assert [photo.code for photo in lacking] == ["photo_damaged", "photo_gone"]
    done = restore(tmp_path / "new", io.BytesIO(out.getvalue()), "b", FOUNDER, NOW)
    assert done.damaged == ()
    assert [photo.label for photo in done.lacking] == ["R-0001", "R-0003"]
    assert [p.name for p in (tmp_path / "new" / "photos").iterdir()] == [whole.name]
    again = Repository(tmp_path / "new")
    again.load_closed()
    assert len(again.town.items) == 3
    again.close()


def test_a_restore_sets_a_rotten_photo_right(office: Office) -> None:
    path = attached(office)
    out = io.BytesIO()
    write_backup(office.repository, out, NOW)
    flipped(path, 20)
    restore(office.path, io.BytesIO(out.getvalue()), "b", FOUNDER, NOW)
    assert path.read_bytes() == JPEG
    assert check(office.path).sound


def test_a_backup_cut_off_among_its_photos_brings_what_is_whole(
    office: Office, tmp_path: Path
) -> None:
    paths = [attached(office, JPEG + os.urandom(50_000)) for _ in range(3)]
    out = io.BytesIO()
    write_backup(office.repository, out, NOW)
    done = restore(tmp_path / "new", io.BytesIO(out.getvalue()[:-70_000]), "b", FOUNDER, NOW)
    here = {p.name for p in (tmp_path / "new" / "photos").iterdir()}
    assert here < {p.name for p in paths} and here
    labels = [f"R-{n:04d}" for n, p in enumerate(paths, 1) if p.name not in here]
    assert [photo.label for photo in done.lacking] == labels
    again = Repository(tmp_path / "new")
    again.load_closed()
    assert again.town.items == office.town.items
    again.close()


def test_a_refused_restore_leaves_nothing(office: Office, tmp_path: Path) -> None:
    attached(office)
    out = io.BytesIO()
    write_backup(office.repository, out, NOW)
    for target in (tmp_path / "new", office.path):
        photos = target / "photos"
        shutil.rmtree(photos, ignore_errors=True)
        before = state_of(target) if target.exists() else None
        with pytest.raises(FileRefused):
            restore(target, io.BytesIO(out.getvalue()[:800]), "b", FOUNDER, NOW)
        assert not photos.exists()
        assert (state_of(target) if target.exists() else None) == before


@pytest.mark.timeout(20)
def test_a_pipe_in_the_place_of_a_photo_or_journal_holds_nobody_up(office: Office) -> None:
    path = attached(office)
    path.unlink()
    os.mkfifo(path)
    os.mkfifo(office.path / "odd")
    assert {"photo_gone", "foreign_file"} <= set(graves(office.path))
    _manifest, lacking = write_backup(office.repository, io.BytesIO(), NOW)
    assert [photo.code for photo in lacking] == ["photo_gone"]
    os.mkfifo(journal.path_of(office.path, 2))
    with pytest.raises(NoStore, match="foreign_file"):
        Repository(office.path)
    with pytest.raises(NoStore, match="foreign_file"):
        check(office.path)


def test_what_a_killed_writer_left_among_photos_goes_with_the_next_change(office: Office) -> None:
    path = attached(office)
    left = path.with_name(f"999999999-{path.name}")
    tmp = path.with_name(f"999999999-{path.name}.tmp")
    for stray in (left, tmp):
        stray.write_bytes(b"half")
    again = open_again(office)
    again.commit([Wish(Report(zone=1, location="x", description="y"))], CLERK, NOW)
    again.close()
    assert [p.name for p in path.parent.iterdir()] == [path.name]


# The snapshot as the only bridge


def archived(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.history.repository.ROTATE", 4000)
    for number in range(30):
        wish = Wish(Report(zone=1, location="x", description=f"problem {number}"))
        office.repository.commit([wish], CLERK, NOW)
    office.repository.write_snapshot()
    for number in range(5):
        wish = Wish(Report(zone=2, location="x", description=f"later {number}"))
        office.repository.commit([wish], CLERK, NOW)
    gen = snapshot.Snapshot(office.path / snapshot.NAME).meta.gen
    for old in journal.generations(office.path):
        if old < gen:
            journal.path_of(office.path, old).unlink()


@pytest.mark.parametrize("where", ["meta", "record", "key", "line end", "anywhere"])
def test_a_flipped_bit_in_the_only_bridge_is_damage(
    office: Office, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    archived(office, monkeypatch)
    path = office.path / snapshot.NAME
    data = path.read_bytes()
    at = {
        "meta": 60,
        "record": data.index(b"problem 3") + 3,
        "key": data.index(b'"5":{"id":5') + 1,
        "line end": data.index(b",\n", data.index(b'"items":{')) + 1,
        "anywhere": len(data) // 2,
    }[where]
    flipped(path, at)
    try:
        opened = Repository(office.path)
        with pytest.raises(Damaged, match="bridge_damaged"):
            opened.load_closed()
            opened.history()
        opened.close()
    except Damaged as error:
        assert error.code == "bridge_damaged"
    assert "bridge_damaged" in graves(office.path)
    repair(office.path, FOUNDER, NOW)
    again = Repository(office.path)
    again.load_closed()
    assert len(again.town.items) == 35
    assert len(again.town.units) == 3
    again.close()
    assert check(office.path).sound


def items_of(path: Path) -> dict[int, Any]:
    repository = Repository(path)
    repository.load_closed()
    repository.close()
    return {i.id: replace(i, revision=0) for i in repository.town.items.values()}


@pytest.mark.parametrize(
    "text", [b"problem 3", b'"description":"problem 7', b'"zone":1', b'"id":9,']
)
def test_one_bit_of_what_was_archived_is_set_right(
    office: Office, monkeypatch: pytest.MonkeyPatch, text: bytes
) -> None:
    archived(office, monkeypatch)
    before = items_of(office.path)
    path = office.path / snapshot.NAME
    flipped(path, path.read_bytes().index(text) + len(text) - 2)
    mended = repair(office.path, FOUNDER, NOW)
    assert (mended.records, mended.doubted) == ((), ()) and mended.mended
    assert items_of(office.path) == before
    report = check(office.path)
    assert report.sound
    assert not [f for f in report.findings if f.code not in ("lies_on", "kept_store")]


def test_what_is_lost_of_the_archived_is_named_and_stays_told(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    archived(office, monkeypatch)
    path = office.path / snapshot.NAME
    data = path.read_bytes()
    at = data.index(b"problem 3")
    path.write_bytes(data[: at + 2] + b"\xff\xff" + data[at + 4 :])
    mended = repair(office.path, FOUNDER, NOW)
    assert (mended.records, mended.doubted) == (("R-0004",), ("items",))
    assert len(items_of(office.path)) == 34
    assert [
        f.fields["tables"] for f in check(office.path).findings if f.code == "taken_unproven"
    ] == [("items",)]


# Repair


def test_swapped_lines_are_taken_by_their_number(office: Office) -> None:
    for number in range(6):
        office.reported(description=str(number))
    path = journal.path_of(office.path, 1)
    lines = path.read_bytes().splitlines(keepends=True)
    lines[5], lines[6] = lines[6], lines[5]
    path.write_bytes(b"".join(lines))
    mended = repair(office.path, FOUNDER, NOW)
    assert (mended.lost, mended.altered) == ((), ())
    again = Repository(office.path)
    assert len(again.town.items) == 6
    again.close()
    assert check(office.path).sound


def test_new_damage_stands_out_after_a_repair_that_lost_something(office: Office) -> None:
    for number in range(3):
        office.accepted(description=str(number))
    path = journal.path_of(office.path, 1)
    lines = path.read_bytes().splitlines(keepends=True)
    lines[5] = b"x" * (len(lines[5]) - 1) + b"\n"
    path.write_bytes(b"".join(lines))
    repair(office.path, FOUNDER, NOW)
    assert graves(office.path) == []
    again = Repository(office.path)
    again.commit([Wish(Report(zone=1, location="x", description="new"))], CLERK, NOW)
    again.close()
    flipped(path, path.stat().st_size - 30)
    assert graves(office.path) != []


@pytest.mark.parametrize("name", ["snapshot.json", "closed.index"])
def test_what_one_may_not_read_is_not_damaged(
    office: Office, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    office.reported()
    office.repository.write_snapshot()
    may = os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode: Path(path).name != name and may(path, mode)
    )
    with pytest.raises(NoStore) as caught:
        check(office.path)
    assert caught.value.code == "unreadable_store" and name in caught.value.fields["path"]


def test_the_file_one_may_not_read_is_named(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def refusing(path: Any, *rest: Any, **more: Any) -> int:
        if Path(os.fspath(path)).name.startswith("journal."):
            raise PermissionError(errno.EACCES, "no", str(path))
        return opened(path, *rest, **more)

    monkeypatch.setattr(os, "open", refusing)
    with pytest.raises(NoStore) as caught:
        Repository(office.path)
    assert "journal.000001" in caught.value.fields["path"]
