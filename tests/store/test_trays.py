"""Trays: names that are safe, limits, nothing followed."""

import io
import os
from pathlib import Path

import pytest

from store.disk import trays
from store.disk.trays import Tray, tray_name
from store.errors import FileRefused


@pytest.fixture
def tray(tmp_path: Path) -> Tray:
    found = Tray(tmp_path, "ann")
    found.make()
    return found


@pytest.mark.parametrize("name", ["3月台账.xlsx", "a b.txt", "é.txt", "x" * 120])
def test_names_people_give(name: str) -> None:
    assert tray_name(f" {name} ") == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        ".x",
        "-x",
        "../x",
        "/etc/x",
        "a/b",
        "a\\b",
        "x" * 121,
        "台" * 90,
        "a\x1bb",
        "a\x00b",
        "CON",
        "con.txt",
        "LPT1",
        "a\u200bb",
        "a\u202eb",
        "a\nb",
        "a\u2028b",
    ],
)
def test_names_that_are_refused(name: str) -> None:
    with pytest.raises(FileRefused) as caught:
        tray_name(name)
    assert caught.value.code == "bad_tray_name"


def test_what_is_put_is_given_back_and_nothing_is_written_over(tray: Tray) -> None:
    assert tray.put("a.txt", io.BytesIO(b"one").read) == "a.txt"
    assert tray.put("A.TXT", io.BytesIO(b"two").read) == "A(2).TXT"
    out = io.BytesIO()
    tray.read("a.txt", out.write)
    assert out.getvalue() == b"one"
    assert {each.name for each in tray.names()} == {"a.txt", "A(2).TXT"}
    assert (tray.path / "a.txt").stat().st_mode & 0o777 == 0o600


def test_too_big_or_broken_off_leaves_nothing(tray: Tray, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trays, "LARGEST", 10)
    with pytest.raises(FileRefused):
        tray.put("a.txt", io.BytesIO(b"x" * 11).read)

    def broken(size: int) -> bytes:
        raise OSError(5, "gone")

    with pytest.raises(OSError, match="gone"):
        tray.put("b.txt", broken)
    assert list(tray.path.iterdir()) == []


def test_a_full_disk_or_tray_takes_nothing_more(
    tray: Tray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trays, "LITTLE", 1 << 62)
    monkeypatch.setattr(trays, "SHARE", 1)
    with pytest.raises(FileRefused) as caught:
        tray.put("a.txt", io.BytesIO(b"x").read)
    assert caught.value.code == "disk_nearly_full"
    monkeypatch.undo()
    monkeypatch.setattr(trays, "MOST_BYTES", 3)
    tray.put("a.txt", io.BytesIO(b"xxx").read)
    with pytest.raises(FileRefused) as caught:
        tray.put("b.txt", io.BytesIO(b"x").read)
    assert caught.value.code == "tray_full"


def test_links_are_not_followed_and_a_foreign_tray_is_refused(tray: Tray, tmp_path: Path) -> None:
    (tray.path / "link").symlink_to("/etc/passwd")
    assert tray.names() == []
    with pytest.raises(FileRefused):
        tray.read("link", lambda data: None)
    (tray.path / "link").unlink()
    tray.path.rmdir()
    tray.path.symlink_to(tmp_path)
    with pytest.raises(FileRefused) as caught:
        tray.put("a.txt", io.BytesIO(b"x").read)
    assert caught.value.code == "foreign_tray"


def test_what_lay_there_too_long_goes(tray: Tray) -> None:
    tray.put("a.txt", io.BytesIO(b"x").read)
    os.utime(tray.path / "a.txt", (1, 1))
    tray.put("b.txt", io.BytesIO(b"x").read)
    assert [each.name for each in tray.names()] == ["b.txt"]


def test_what_a_killed_sender_left_goes_with_the_next(tray: Tray) -> None:
    (tray.path / ".zg-999999-0123abcd.tmp").write_bytes(b"x")
    (tray.path / f".zg-{os.getpid()}-0123abcd.tmp").write_bytes(b"x")
    tray.put("a.txt", io.BytesIO(b"x").read)
    left = {path.name for path in tray.path.iterdir()}
    assert left == {"a.txt", f".zg-{os.getpid()}-0123abcd.tmp"}


def test_what_is_dropped_is_gone(tray: Tray) -> None:
    tray.put("a.txt", io.BytesIO(b"x").read)
    tray.drop("a.txt")
    assert tray.names() == []
    with pytest.raises(FileRefused) as caught:
        tray.drop("a.txt")
    assert caught.value.code == "not_in_tray"
