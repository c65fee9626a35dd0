"""Another store in place of this one, one or the other whole at any moment (docs/format.md 5).

The new files are staged in a directory of the store. Renaming that directory is the moment from
which they hold; what is left is moving files, which the next opening finishes if we cannot.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from store import snapshot
from store.custody import make_inside, open_kept
from store.files import replace_file, sync_directory
from store.lock import Lock
from store.recovery import TORN

STAGE, READY, GOING, KEPT = "next.tmp", "next-", "going-", "before-"


def stage(path: Path) -> Path:
    """An empty directory inside the store in which to lay the new files."""
    staged = path / STAGE
    discard(path)
    make_inside(staged)
    return staged


def mark_of(now: datetime) -> str:
    """A word for a replacement, by its instant."""
    return f"{now:%Y%m%dT%H%M%S%f}"


def discard(path: Path) -> None:
    """Take away what was staged."""
    staged = path / STAGE
    if staged.exists():
        for file in staged.iterdir():
            file.unlink()
        staged.rmdir()


def replace_store(path: Path, mark: str, lock: Lock) -> Path:
    """Put the staged files in place; the lock is held. Where the old ones are kept.

    `mark` is a word without blanks that no earlier replacement of this store bears.
    """
    sync_directory(path / STAGE)
    (path / STAGE).replace(path / (READY + mark))
    sync_directory(path)
    finish(path, lock)
    return path / (KEPT + mark)


def pending(path: Path) -> bool:
    """Whether a replacement was begun and not finished."""
    return any(_begun(path))


def _begun(path: Path) -> Iterator[Path]:
    for prefix in (READY, GOING):
        yield from sorted(path.glob(prefix + "*"))


def _belongings(path: Path) -> Iterator[Path]:
    """The files that are the data of a store."""
    yield from sorted(path.glob("journal.*.jsonl"))
    for name in (snapshot.NAME, TORN):
        if (path / name).exists():
            yield path / name


def finish(path: Path, lock: Lock) -> None:
    """Move the old files away and the new ones in; may be begun again at any point."""
    for ready in path.glob(READY + "*"):
        mark = ready.name.removeprefix(READY)
        kept = path / (KEPT + mark)
        make_inside(kept)
        safe = lock.safe()
        if safe is not None:
            replace_file(kept / "lock", [b"%d %s\n" % (safe[0], safe[1].encode())], open_kept)
        lock.forget()
        for file in _belongings(path):
            file.replace(kept / file.name)
        sync_directory(kept)
        sync_directory(path)
        ready.replace(path / (GOING + mark))
        sync_directory(path)
    for going in path.glob(GOING + "*"):
        for file in sorted(going.iterdir()):
            file.replace(path / file.name)
        sync_directory(path)
        going.rmdir()
