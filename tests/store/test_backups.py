"""What is kept can be put back: a backup of a damaged store is refused, and takes no older one away."""

import io
from pathlib import Path

import pytest
from tests_support import CLERK, NOW, Office, open_again

from store.care.backup import write_backup
from store.care.restoring import restore
from store.errors import Damaged
from store.history.journals import journal


def flip(path: Path, line: int) -> None:
    """One bit of a line is another one."""
    lines = path.read_bytes().split(b"\n")
    rotten = bytearray(lines[line])
    rotten[60] ^= 1
    lines[line] = bytes(rotten)
    path.write_bytes(b"\n".join(lines))


def test_damage_behind_a_head_start_is_not_kept_as_a_backup(office: Office) -> None:
    for _ in range(4):
        office.reported()
    office.repository.write_snapshot()
    flip(journal.path_of(office.path, 1), 3)
    repository = open_again(office)
    try:
        with pytest.raises(Damaged):
            write_backup(repository, io.BytesIO(), NOW)
    finally:
        repository.close()


def test_a_damaged_head_start_is_left_out_of_a_backup(office: Office, tmp_path: Path) -> None:
    office.reported()
    office.repository.write_snapshot()
    office.close()
    head_start = office.path / "snapshot.json"
    rotten = bytearray(head_start.read_bytes())
    rotten[-20] ^= 1
    head_start.write_bytes(bytes(rotten))
    repository = open_again(office)
    kept = io.BytesIO()
    manifest, _lacking = write_backup(repository, kept, NOW)
    repository.close()
    kept.seek(0)
    assert restore(tmp_path / "back", kept, "b", CLERK, NOW).manifest == manifest
