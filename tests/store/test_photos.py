"""Photos beside the store: whole, proved, backed up, given back."""

import io
import stat
from pathlib import Path

import pytest
from tests_support import FOUNDER, NOW, Office

from core.actions.loop.photos import Attach
from core.model import Shows
from store.care.backup import write_backup
from store.care.check import check
from store.care.restoring import restore
from store.disk.photos import LARGEST, Photos
from store.errors import FileRefused
from store.history.repository import Repository

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8


def test_a_photo_is_kept_once_and_read_back(office: Office) -> None:
    photos = office.repository.photos
    first = photos.keep(JPEG, "1.jpg", Shows.BEFORE)
    again = photos.keep(JPEG, "别名.jpg", Shows.AFTER)
    assert first.digest == again.digest
    assert [photos.read(f) for f in (first, again)] == [JPEG, JPEG]
    (path,) = photos.paths()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "not_a_photo"), (b"<svg onload=x>", "not_a_photo"), (JPEG + b"0" * LARGEST, "too_big")],
)
def test_what_is_no_photo_is_refused(office: Office, data: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as caught:
        office.repository.photos.keep(data, "a.jpg", Shows.BEFORE)
    assert caught.value.code == code
    assert list(office.repository.photos.paths()) == []


def test_a_link_in_place_of_a_photo_is_not_followed(office: Office, tmp_path: Path) -> None:
    photos = office.repository.photos
    file = photos.keep(JPEG, "1.jpg", Shows.BEFORE)
    secret = tmp_path / "secret"
    secret.write_bytes(JPEG)
    photos.path(file).unlink()
    photos.path(file).symlink_to(secret)
    with pytest.raises(FileRefused, match="photo_gone"):
        photos.read(file)


def attached(office: Office) -> Path:
    key = office.reported()
    file = office.repository.photos.keep(JPEG, "1.jpg", Shows.BEFORE)
    office.do(Attach(item=key, files=(file,)))
    return office.repository.photos.path(file)


def test_check_tells_of_a_photo_that_is_gone_or_damaged(office: Office) -> None:
    path = attached(office)
    assert check(office.path).sound
    path.write_bytes(JPEG[:-1] + b"x")
    assert "photo_damaged" in {f.code for f in check(office.path).findings if f.grave}
    path.unlink()
    assert "photo_gone" in {f.code for f in check(office.path).findings if f.grave}


def test_a_backup_holds_the_photos_and_gives_them_back(office: Office, tmp_path: Path) -> None:
    attached(office)
    out = io.BytesIO()
    write_backup(office.repository, out, NOW)
    elsewhere = tmp_path / "elsewhere"
    restore(elsewhere, io.BytesIO(out.getvalue()), "b.tar.gz", FOUNDER, NOW)
    with_photo = Repository(elsewhere)
    (file,) = with_photo.town.item(1).files
    assert Photos(elsewhere).read(file) == JPEG
    with_photo.close()
    assert check(elsewhere).sound
