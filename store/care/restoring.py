"""Putting a backup back: unpacked beside the store, proved, then put in its place."""

import os
import tarfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import IO

import msgspec
from msgspec import Struct

from core.changes import Changes, stamp
from core.roles import Actor
from core.words.text import clean
from store.care.backup import CHUNK, MANIFEST, NAMES, Lacking, Manifest
from store.care.survey import verify
from store.disk import photos
from store.disk.custody import check_directory, make_directory, make_inside, open_kept
from store.disk.files import refuse_inside_store, replace_file
from store.errors import Damaged, FileRefused, NoStore, NotSaved
from store.history.head_start import shelf, snapshot
from store.history.head_start.snapshot import Snapshot
from store.history.journals import journal
from store.history.journals.format import check_format
from store.history.journals.lock import LOCK, WAIT, Lock
from store.history.journals.torn_tail import TORN
from store.history.replacing import (
    GOING,
    KEPT,
    READY,
    STAGE,
    Replacement,
    discard,
    made_ready,
    mark_of,
    replace_store,
    stage,
)
from store.history.repository import SNAPSHOT_LOCK, Repository

LARGEST = 64 * 1024**3
"""Bytes a backup may unpack to."""


class Restored(Struct, frozen=True):
    """What a restore did."""

    manifest: Manifest
    kept: Path | None
    """Where the old store is kept."""
    damaged: tuple[str, ...]
    """Photos of the backup that are not what was kept, and were left out."""
    lacking: tuple[Lacking, ...] = ()
    """Photos that records name and that are not here after it."""


def restore(
    path: Path, source: IO[bytes], name: str, actor: Actor, now: datetime, *, wait: float = WAIT
) -> Restored:
    """Put the store of a backup in place; the old one is kept.

    It is read and verified whole before anything is replaced; photos that are not what was kept, or lie
    behind where an archive was cut off, are left out and named. Raises `FileRefused`, `Busy`, `NotSaved`,
    `NoStore`, and `Damaged` where a newer program has written what would be replaced.
    """
    name = clean(name, lines=False)[:200]
    made = not path.exists()
    locked = (path / LOCK).exists()
    try:
        refuse_inside_store(path.absolute().parent)
        make_directory(path)
        check_directory(path)
        lock = Lock(path / LOCK)
        try:
            with lock.held(wait):
                made_ready(path, mark_of(now), lock)
                old = bool(journal.generations(path))
                if not old and any(not _ours(entry.name) for entry in path.iterdir()):
                    raise NoStore("not_empty", path=str(path))
                manifest, damaged = _unpacked(path, source, name)
                proved = Replacement(store=manifest.store, seq=manifest.seq, hash=manifest.hash)
                kept = replace_store(path, mark_of(now), lock, proved)
        except BaseException:
            if not locked:
                _unmake(path, made)
            raise
        finally:
            lock.close()
    except OSError as error:
        raise NotSaved("cannot_write", path=str(path), why=os.strerror(error.errno or 0)) from error
    repository = Repository(path)
    try:
        told = Changes(at=stamp(now), who=actor.login, via=actor.via, op="restore", source=name)
        repository.save(told, wait)
        repository.load_closed()
        held = repository.photos
        lacking = tuple(
            Lacking("photo_gone", label, file.name)
            for label, file in photos.kept_files(repository.town.tables)
            if not held.path(file).is_file()
        )
    finally:
        repository.close()
    if not old:
        with suppress(OSError):  # it stays where it holds anything
            kept.rmdir()
    return Restored(manifest, kept if kept.exists() else None, damaged, lacking)


def _unmake(path: Path, made: bool) -> None:
    """Take away the lock and the directory that were made for a restore which was refused."""
    with suppress(OSError):
        if not journal.generations(path):
            (path / LOCK).unlink(missing_ok=True)
        if made:
            path.rmdir()


def _ours(name: str) -> bool:
    """Whether a file may lie in the remains of a store."""
    names = {LOCK, SNAPSHOT_LOCK, snapshot.NAME, shelf.NAME, TORN, STAGE, photos.DIRECTORY}
    return name in names or name.startswith((KEPT, READY, GOING))


def _unpacked(path: Path, source: IO[bytes], name: str) -> tuple[Manifest, tuple[str, ...]]:
    """Stage what a backup holds, and verify it; the photos that are not whole."""
    staged = stage(path)
    try:
        manifest, damaged = _extract(staged, source, name)
        _verify(staged, manifest, name)
    except BaseException:
        discard(path)
        raise
    return manifest, damaged


def _extract(staged: Path, source: IO[bytes], name: str) -> tuple[Manifest, tuple[str, ...]]:
    manifest: Manifest | None = None
    here = photos.Photos(staged.parent)
    damaged: list[str] = []
    left = LARGEST
    try:
        with tarfile.open(fileobj=source, mode="r|gz") as archive:
            for entry in archive:
                left -= entry.size
                if not entry.isreg() or not NAMES.fullmatch(entry.name) or left < 0:
                    raise FileRefused("not_a_backup", file=name)
                content = archive.extractfile(entry)
                assert content is not None
                if entry.name.startswith(photos.DIRECTORY):
                    photo = entry.name.rpartition("/")[2]
                    data = content.read(photos.LARGEST + 1)
                    if not photos.is_named(photo, data):
                        damaged.append(photo)
                    elif not here.is_whole(photo):
                        make_inside(staged / photos.DIRECTORY)
                        replace_file(staged / photos.DIRECTORY / photo, [data], open_kept)
                elif entry.name == MANIFEST:
                    manifest = msgspec.json.decode(content.read(CHUNK), type=Manifest)
                else:
                    replace_file(staged / entry.name, _chunks(content), open_kept)
    except (tarfile.TarError, EOFError, msgspec.MsgspecError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        if manifest is None or not journal.generations(staged):
            raise FileRefused("not_a_backup", file=name) from error
        # cut off, perhaps among the photos: the journals say themselves whether they are whole
    if manifest is None:
        raise FileRefused("not_a_backup", file=name)
    return manifest, tuple(damaged)


def _chunks(content: IO[bytes]) -> Iterator[bytes]:
    while chunk := content.read(CHUNK):
        yield chunk


def _verify(staged: Path, manifest: Manifest, name: str) -> None:
    try:
        check_format(manifest.format, staged)
        taken = Snapshot(staged / snapshot.NAME) if (staged / snapshot.NAME).exists() else None
        try:
            if taken is not None:
                snapshot.verify(taken)
            first = journal.generations(staged)[:1]
            found = verify(staged, taken if first != [1] else None)
        finally:
            if taken is not None:
                taken.close()
    except Damaged as error:
        if error.code == "newer_format":
            raise
        raise FileRefused("damaged_backup", file=name) from error
    if found != (manifest.seq, manifest.hash):
        raise FileRefused("damaged_backup", file=name)
