"""One import in a process of its own, as a command runs: without garbage collection, for the floor too.

As a program: `imports.py STORE LEDGER` prints the seconds of calamine's raw read, of the dry import, of the saved
one, and how long that held the lock.
"""

import gc
import io
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[2]


def imported(store: Path, ledger: Path) -> tuple[float, ...]:
    """The figures of one import into a copy of a store."""
    copy = store.with_name("imported")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(store, copy)
    words = [sys.executable, __file__, str(copy), str(ledger)]
    done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True)
    return tuple(map(float, done.stdout.split()))


def main(path: Path, data: bytes) -> None:
    """Print what one import takes."""
    sys.path.insert(0, str(ROOT))
    import python_calamine

    from core.ledger.outcome import Incoming, Skipped
    from core.ledger.row_reader import Reader
    from core.roles import ALL_HANDS, Actor
    from store.history.repository import Repository
    from store.ledgers.coming_in.reading import read_ledger

    gc.disable()
    actor, now = Actor("bench", ALL_HANDS), datetime.now(UTC)
    store = Repository(path)
    store.load_closed()
    begin = time.perf_counter()
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    book.get_sheet_by_index(0).to_python()
    raw = time.perf_counter() - begin
    begin = time.perf_counter()
    reader = Reader(store.town, actor, date.today())

    def taking(rows: Sequence[Incoming | Skipped]) -> None:
        """As the command does."""
        if not rows:
            import_module("core.deciding")
        reader.expect(rows)

    wishes = reader.read(read_ledger(data, "a.xlsx", taking=taking).rows).wishes
    dry = time.perf_counter() - begin
    prepared = store.preview(wishes, actor, now, op="import")
    locked = time.perf_counter()
    store.commit(wishes, actor, now, op="import", prepared=prepared)
    end = time.perf_counter()
    print(raw, dry, end - begin, end - locked)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]).read_bytes())
