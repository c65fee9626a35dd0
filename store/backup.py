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
from core.text import clean
from store import journal, photos, snapshot
from store.custody import check_directory, make_directory, open_kept
from store.errors import Damaged, FileRefused, NoStore, NotSaved
from store.files import check_target, replace_file, replacing
from store.following import LOCK
from store.lock import WAIT, Lock
from store.migrations import check_format
from store.recovery import TORN
from store.replacing import (
    GOING,
    KEPT,
    READY,
    STAGE,
    discard,
    finish,
    mark_of,
    pending,
    replace_store,
    stage,
)
from store.repository import SNAPSHOT_LOCK, Repository
from store.snapshot import Snapshot
from store.surveying import verify

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


def write_backup(repository: Repository, out: IO[bytes], now: datetime) -> Manifest:
    """Write a backup of what has been saved up to now. Raises `OSError`."""
    repository.refresh()
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
        for photo in photos.Photos(path).paths():
            with os.fdopen(open_kept(photo, os.O_RDONLY), "rb") as file:
                _add(archive, f"{photos.DIRECTORY}/{photo.name}", file, None, now)
    return manifest


def save_backup(repository: Repository, target: Path, now: datetime, *, force: bool) -> Manifest:
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
) -> tuple[Manifest, Path | None]:
    """Put the store of a backup in place: what it is of, and where the old one is kept.

    It is read and verified whole before anything is replaced. Raises `FileRefused`, `Busy`,
    `NotSaved`, `NoStore`.
    """
    name = clean(name, lines=False)[:200]
    try:
        make_directory(path)
        check_directory(path)
        lock = Lock(path / LOCK)
        try:
            with lock.held(wait):
                if pending(path):
                    finish(path, lock)
                old = bool(journal.generations(path))
                if not old and any(not _ours(entry.name) for entry in path.iterdir()):
                    raise NoStore("not_empty", path=str(path))
                manifest = _unpacked(path, source, name)
                kept = replace_store(path, mark_of(now), lock)
        finally:
            lock.close()
    except OSError as error:
        raise NotSaved("cannot_write", path=str(path), why=os.strerror(error.errno or 0)) from error
    repository = Repository(path)
    try:
        told = Changes(at=stamp(now), who=actor.login, via=actor.via, op="restore", source=name)
        repository.save(told, wait)
    finally:
        repository.close()
    if not old:
        with suppress(OSError):  # it stays where it holds anything
            kept.rmdir()
    return manifest, kept if kept.exists() else None


def _ours(name: str) -> bool:
    """Whether a file may lie in the remains of a store."""
    names = {LOCK, SNAPSHOT_LOCK, snapshot.NAME, TORN, STAGE, photos.DIRECTORY}
    return name in names or name.startswith((KEPT, READY, GOING))


def _unpacked(path: Path, source: IO[bytes], name: str) -> Manifest:
    """Stage what a backup holds, and verify it."""
    staged = stage(path)
    try:
        manifest = _extract(staged, source, name)
        _verify(staged, manifest, name)
    except BaseException:
        discard(path)
        raise
    return manifest


def _extract(staged: Path, source: IO[bytes], name: str) -> Manifest:
    manifest: Manifest | None = None
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
                    photos.Photos(staged.parent).put_back(
                        entry.name, content.read(photos.LARGEST + 1)
                    )
                elif entry.name == MANIFEST:
                    manifest = msgspec.json.decode(content.read(CHUNK), type=Manifest)
                else:
                    replace_file(staged / entry.name, _chunks(content), open_kept)
    except (tarfile.TarError, EOFError, msgspec.MsgspecError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise FileRefused("not_a_backup", file=name) from error
    if manifest is None:
        raise FileRefused("not_a_backup", file=name)
    return manifest


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
