"""What other processes do to a store in the tests: run as a program, or forked by a nursery.

Every change that was acknowledged is written to a file of its own before the next one begins.
"""

import io
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import store.history.repository as repository_module  # noqa: E402
from core.actions.coming_in import TakeIn  # noqa: E402
from core.actions.loop.correcting import Correct  # noqa: E402
from core.actions.loop.road import Report  # noqa: E402
from core.actions.wish import Wish  # noqa: E402
from core.roles import ALL_HANDS, Actor  # noqa: E402
from store.care.backup import write_backup  # noqa: E402
from store.care.restoring import restore  # noqa: E402
from store.history import follower  # noqa: E402
from store.history.repository import Repository  # noqa: E402

EVER = 10**9
LONG = 8 * 1024
"""Bytes after which a line counts as long: an import of fifty rows does."""
PROGRAM = __file__


class Worker:
    """One process at work on a store."""

    def __init__(self, path: Path, name: str, acks: Path, count: int) -> None:
        self.path, self.name, self.count = path, name, count
        self.actor = Actor(name, ALL_HANDS, via="cli")
        self._acks = os.open(acks, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._told = 0

    def ack(self, text: str) -> None:
        os.write(self._acks, text.encode() + b"\n")

    def opened(self) -> Repository:
        return Repository(self.path)

    def report(self, repository: Repository) -> None:
        text = f"{self.name}-{self._told}"
        self._told += 1
        wish = Wish(Report(zone=1, location="x", description=text))
        repository.commit([wish], self.actor, datetime.now(UTC), wait=60)
        self.ack(text)

    def add(self) -> None:
        """Reports, one after the other; snapshots where they are due."""
        repository = self.opened()
        for _ in range(self.count):
            self.report(repository)
            if repository.snapshot_due():
                repository.write_snapshot()

    def change(self) -> None:
        """Changes to one item that everybody changes."""
        repository = self.opened()
        for number in range(self.count):
            text = f"{self.name}-{number}"
            wish = Wish(Correct(item=1, fields={"note": text}))
            repository.commit([wish], self.actor, datetime.now(UTC), wait=60)
            self.ack(text)

    def bring_in(self) -> None:
        """Imports of fifty rows each, decided outside the lock."""
        repository = self.opened()
        for number in range(self.count):
            texts = [f"{self.name}-{number}-{row}" for row in range(50)]
            wishes = [Wish(TakeIn(report=Report(zone=1, description=t))) for t in texts]
            now = datetime.now(UTC)
            prepared = repository.preview(wishes, self.actor, now, op="import")
            repository.commit(wishes, self.actor, now, op="import", wait=60, prepared=prepared)
            self.ack("\n".join(texts))

    def snapshots(self) -> None:
        """Head starts, as fast as they can be written."""
        repository = self.opened()
        for _ in range(self.count):
            repository.write_snapshot()

    def backups(self) -> None:
        """Backups, one over the other."""
        repository = self.opened()
        for _ in range(self.count):
            with (self.path.parent / f"{self.name}.tar.gz").open("wb") as out:
                write_backup(repository, out, datetime.now(UTC))

    def restores(self) -> None:
        """Changes, a backup, more changes, and the backup put back."""
        for _ in range(self.count):
            repository = self.opened()
            self.report(repository)
            kept = io.BytesIO()
            write_backup(repository, kept, datetime.now(UTC))
            self.report(repository)
            repository.close()
            kept.seek(0)
            restore(self.path, kept, "b", self.actor, datetime.now(UTC), wait=60)


MODES: dict[str, Callable[[Worker], None]] = {
    "add": Worker.add,
    "change": Worker.change,
    "import": Worker.bring_in,
    "snapshot": Worker.snapshots,
    "backup": Worker.backups,
    "restore": Worker.restores,
}


def work(words: list[str]) -> None:
    mode, path, name, acks, count, rotate = words
    repository_module.ROTATE = int(rotate)
    repository_module.LONG = follower.LONG = LONG
    MODES[mode](Worker(Path(path), name, Path(acks), int(count)))


def nursery() -> None:
    """Fork a worker for every line read, and say its number."""
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
                signal.signal(number, signal.SIG_DFL)  # whatever started us may ignore them
            try:
                work(line.split())
            finally:
                os._exit(0)
        print(pid, flush=True)
        while os.waitpid(-1, 0)[0] != pid:
            pass
        print("gone", flush=True)


if __name__ == "__main__":
    if sys.argv[1:]:
        work(sys.argv[1:])
    else:
        nursery()
