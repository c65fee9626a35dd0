"""One file that holds a store as it is at one moment, and the way back from it.

A backup is a tar archive, packed by gzip: `backup.json`, the snapshot where there is one, the
journals and the photos. Taking it holds nobody up; putting it back keeps the old store beside the new one.
"""

import io
import os
import re
import tarfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import IO

import msgspec
from msgspec import Struct

from core.changes import Changes, stamp
from core.roles import Actor
from core.words.text import clean
from store.care.survey import verify
from store.disk import photos
from store.disk.custody import check_directory, make_directory, make_inside, open_kept
from store.disk.files import check_target, refuse_inside_store, replace_file, replacing
from store.errors import Damaged, FileRefused, NoStore, NotSaved
from store.history import journal, shelf, snapshot
from store.history.format import check_format
from store.history.lock import LOCK, WAIT, Lock
from store.history.newer import refuse_newer
from store.history.replacing import (
    GOING,
    KEPT,
    READY,
    STAGE,
    Replacement,
    discard,
    finish,
    mark_of,
    pending,
    replace_store,
    set_aside_foreign,
    stage,
)
from store.history.repository import SNAPSHOT_LOCK, Repository
from store.history.snapshot import Snapshot
from store.history.torn_tail import TORN

MANIFEST = "backup.json"
NAMES = re.compile(
    r"backup\.json|snapshot\.json|journal\.\d{6}\.jsonl|"
    + photos.DIRECTORY
    + "/"
    + photos.NAMES.pattern
)
LARGEST = 64 * 1024**3
"""Bytes a backup may unpack to."""
CHUNK = 1 << 20
_DAILY_NAME = re.compile(r"zhenggai-\d{4}-\d\d-\d\d\.tar\.gz")


class Manifest(Struct, frozen=True, kw_only=True):
    """What a backup is of."""

    format: int
    store: str
    office: str
    seq: int
    """The last transaction in it."""
    hash: str
    """Of that transaction's line."""
    at: str
    """When it was taken, UTC."""


class Lacking(Struct, frozen=True):
    """A photo that is not in a backup, and why."""

    code: str
    label: str
    """The item or paper that names it."""
    file: str


class Restored(Struct, frozen=True):
    """What a restore did."""

    manifest: Manifest
    kept: Path | None
    """Where the old store is kept."""
    damaged: tuple[str, ...]
    """Photos of the backup that are not what was kept, and were left out."""
    lacking: tuple[Lacking, ...] = ()
    """Photos that records name and that are not here after it."""


def write_backup(
    repository: Repository, out: IO[bytes], now: datetime
) -> tuple[Manifest, list[Lacking]]:
    """Write a backup of what has been saved up to now, and say which photos it lacks.

    A photo that is not whole would make no archive better; the rest goes on. Raises `OSError`.
    """
    repository.refresh()
    repository.load_closed()
    reader = repository.reader
    manifest = Manifest(
        format=1,
        store=reader.store,
        office=repository.town.settings.office,
        seq=reader.seq,
        hash=reader.hash,
        at=stamp(now),
    )
    with tarfile.open(fileobj=out, mode="w|gz") as archive:
        _add(archive, MANIFEST, io.BytesIO(msgspec.json.encode(manifest)), None, now)
        path = repository.path
        if repository.head_start is not None:
            with repository.head_start.opened() as file:
                _add(archive, snapshot.NAME, file, None, now)
        for gen in journal.generations(path):
            if gen > reader.gen:
                break
            name = journal.path_of(path, gen)
            with os.fdopen(open_kept(name, os.O_RDONLY), "rb") as file:
                _add(archive, name.name, file, reader.offset if gen == reader.gen else None, now)
        return manifest, _add_photos(archive, repository, now)


def _add_photos(archive: tarfile.TarFile, repository: Repository, now: datetime) -> list[Lacking]:
    """Every photo that is what its name says; which of those that records name are not."""
    held = repository.photos
    there: set[str] = set()
    for path in held.paths():
        data = held.proved(path.name)
        if data is not None:
            there.add(path.name)
            _add(archive, f"{photos.DIRECTORY}/{path.name}", io.BytesIO(data), None, now)
    lacking = []
    for label, file in photos.kept_files(repository.town.tables):
        if held.path(file).name not in there:
            try:
                held.read(file)
                code = "photo_gone"
            except FileRefused as error:
                code = error.code
            lacking.append(Lacking(code, label, file.name))
    return lacking


def save_backup(
    repository: Repository, target: Path, now: datetime, *, force: bool
) -> tuple[Manifest, list[Lacking]]:
    """Write a backup to a file that appears whole or not at all. Raises `FileRefused`."""
    try:
        check_target(target, force=force)
        with replacing(target) as descriptor, os.fdopen(os.dup(descriptor), "wb") as out:
            return write_backup(repository, out, now)
    except OSError as error:
        raise FileRefused(
            "cannot_write", file=str(target), why=os.strerror(error.errno or 0)
        ) from error


def _add(
    archive: tarfile.TarFile, name: str, file: IO[bytes], size: int | None, now: datetime
) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = file.seek(0, os.SEEK_END) if size is None else size
    entry.mode, entry.mtime = 0o600, int(now.timestamp())
    file.seek(0)
    archive.addfile(entry, file)


def daily_name(day: date) -> str:
    """The name of the backup of a day."""
    return f"zhenggai-{day.isoformat()}.tar.gz"


def thin_out(directory: Path, keep: int) -> list[Path]:
    """Take away all but the newest `keep` daily backups of a directory; which were taken away."""
    daily = sorted(p for p in directory.iterdir() if _DAILY_NAME.fullmatch(p.name))
    gone = daily[:-keep] if keep else []
    for path in gone:
        path.unlink()
    return gone


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
                refuse_newer(path)
                set_aside_foreign(path, mark_of(now))
                if pending(path):
                    finish(path, lock)
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
