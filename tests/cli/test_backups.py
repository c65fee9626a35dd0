"""Backups from the command line: what is refused takes nothing away."""

from pathlib import Path

from cli_support import Zg

from store.history.journals import journal


def test_a_backup_that_is_refused_takes_no_older_one_away(town: Zg, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    older = [kept / f"zhenggai-2026-01-0{day}.tar.gz" for day in (1, 2)]
    for path in older:
        assert town("backup", path).code == 0
    first = journal.path_of(tmp_path / "store", 1)
    lines = first.read_bytes().split(b"\n")
    rotten = bytearray(lines[40])
    rotten[60] ^= 1
    first.write_bytes(b"\n".join([*lines[:40], bytes(rotten), *lines[41:]]))
    ended = town("backup", "--keep", 1, kept)
    assert ended.code == 9
    assert "damaged" in ended.err
    assert sorted(kept.iterdir()) == older
