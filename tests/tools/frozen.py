"""Freezes a town that holds one of everything, as this version writes it, for every later one to open.

    PYTHONPATH=.:tests python tests/tools/frozen.py tests/data/store-N

makes the directory anew; it is run once for a format and what it made is kept as it is.
"""

import shutil
import sys
import tempfile
from pathlib import Path

import msgspec
from everything import fill
from tests_support import NOW, TODAY, Office

from core.ledger.record import Projector
from store.care.backup import save_backup
from store.history.repository import Repository


def freeze(target: Path) -> None:
    """A store, its backup, a copy with one bit turned, and what they hold as portable records."""
    target.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as place:
        office = Office(Path(place) / "store")
        fill(office)
        office.repository.load_closed()
        office.repository.write_snapshot()
        save_backup(office.repository, target / "backup.tar.gz", NOW, force=False)
        office.close()
        shutil.copytree(office.path, target / "store")
        (target / "records.jsonl").write_bytes(
            b"".join(msgspec.json.encode(record) + b"\n" for record in records(office.path))
        )
    shutil.copytree(target / "store", target / "damaged")
    journal = target / "damaged" / "journal.000001.jsonl"
    data = bytearray(journal.read_bytes())
    data[len(data) // 2] ^= 4
    journal.write_bytes(data)


def records(path: Path) -> list[dict[str, object]]:
    """Every item of a store as it goes out."""
    repository = Repository(path)
    repository.load_closed()
    projector = Projector(repository.town, TODAY)
    found = [projector.record(item) for item in repository.town.items.values()]
    repository.close()
    return found


if __name__ == "__main__":
    freeze(Path(sys.argv[1]))
