"""Another store in place of this one, one or the other whole at any moment (docs/format.md 5).

The new files are staged in a directory of the store. Renaming that directory is the moment from
which they hold; what is left is moving files, which the next opening finishes if we cannot.
"""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from store.disk.custody import make_inside, open_kept, read_kept
from store.disk.files import replace_file, sync_directory
from store.errors import Damaged, NoStore
from store.history.head_start import shelf, snapshot
from store.history.journals.lock import Lock
from store.history.journals.seal import sealed
from store.history.journals.torn_tail import TORN

STAGE, READY, GOING, KEPT = "next.tmp", "next-", "going-", "before-"
MANIFEST = "replacement.json"


class Replacement(Struct, frozen=True, kw_only=True):
    """What a finished replacement holds: without this, and true, a directory is none of ours."""

    store: str
    seq: int
    """The last transaction in it."""
    hash: str
    """Of that transaction's line."""
    check: str = ""
    """sha256 of this record with `check` empty."""


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
    _clear(path / STAGE)


def _clear(directory: Path) -> None:
    if not directory.is_dir() or directory.is_symlink():
        directory.unlink(missing_ok=True)
        return
    for entry in directory.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            _clear(entry)
        else:
            entry.unlink()
    directory.rmdir()


def replace_store(path: Path, mark: str, lock: Lock, made: Replacement) -> Path:
    """Put the staged files in place; the lock is held. Where the old ones are kept.

    `mark` is a word without blanks that no earlier replacement of this store bears; `made` is what
    the staged files were proved to hold.
    """
    staged = path / STAGE
    replace_file(staged / MANIFEST, [msgspec.json.encode(sealed(made))], open_kept)
    from store.disk.photos import DIRECTORY  # not needed to read a store

    if (staged / DIRECTORY).is_dir():
        sync_directory(staged / DIRECTORY)
    sync_directory(staged)
    staged.replace(path / (READY + mark))
    sync_directory(path)
    finish(path, lock)
    return path / (KEPT + mark)


def pending(path: Path) -> bool:
    """Whether a replacement was begun and not finished. Raises `Damaged`.

    A directory that is called like one and bears no manifest of ours is no replacement: it is
    neither finished nor passed over (`foreign_replacement`).
    """
    begun = list(_begun(path))
    for entry in begun:
        if not _is_ours(entry):
            raise Damaged("foreign_replacement", path=str(entry))
    return bool(begun)


def _is_ours(entry: Path) -> bool:
    if entry.is_symlink() or (entry.exists() and not entry.is_dir()):
        return False
    try:
        data = read_kept(entry / MANIFEST)
        made = msgspec.json.decode(data, type=Replacement)
    except FileNotFoundError:  # all was moved, and the empty directory is left, or gone by now
        return entry.name.startswith(GOING) and not any(os.scandir(entry) if entry.exists() else ())
    except (OSError, NoStore, msgspec.MsgspecError):
        return False
    return sealed(made) == made


def made_ready(path: Path, mark: str, lock: Lock) -> None:
    """What comes before a store is replaced, under its lock: nothing of a newer program, nothing foreign, nothing
    half done. Raises `Damaged` where a newer program has written it."""
    from store.history.newer import refuse_newer  # not where a store is only opened

    refuse_newer(path)
    set_aside_foreign(path, mark)
    if pending(path):
        finish(path, lock)


def set_aside_foreign(path: Path, mark: str) -> None:
    """Move what is called like a replacement and is none to where the old files are kept."""
    for entry in list(_begun(path)):
        if not _is_ours(entry):
            kept = path / (KEPT + mark)
            make_inside(kept)
            entry.rename(kept / entry.name)
            sync_directory(kept)
    sync_directory(path)


def _begun(path: Path) -> Iterator[Path]:
    """Asked before every save: one look at the directory."""
    names = [entry.name for entry in os.scandir(path)] if path.is_dir() else []
    for prefix in (READY, GOING):
        yield from (path / name for name in sorted(names) if name.startswith(prefix))


def _belongings(path: Path) -> Iterator[Path]:
    """The files that are the data of a store."""
    yield from sorted(path.glob("journal.*.jsonl"))
    for name in (snapshot.NAME, shelf.NAME, TORN):
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
        from store.disk.photos import DIRECTORY

        _move_photos(going / DIRECTORY, path / DIRECTORY)
        for file in sorted(going.iterdir()):
            if file.name != MANIFEST:
                file.replace(path / file.name)
        sync_directory(path)
        (going / MANIFEST).unlink(missing_ok=True)
        going.rmdir()


def _move_photos(source: Path, target: Path) -> None:
    """Photos join those that are there: each is proved, and bears its digest as its name."""
    if not source.is_dir():
        return
    make_inside(target)
    for photo in sorted(source.iterdir()):
        photo.replace(target / photo.name)
    sync_directory(target)
    source.rmdir()
