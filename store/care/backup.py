"""One file that holds a store as it is at one moment, and the way back from it.

A backup is a tar archive, packed by gzip: `backup.json`, the snapshot where there is one, the
journals and the photos. Taking it holds nobody up; putting it back keeps the old store beside the new one.
"""

import io
import os
import re
import tarfile
from datetime import date, datetime
from pathlib import Path
from typing import IO

import msgspec
from msgspec import Struct

from core.changes import stamp
from store.care.survey import verify
from store.disk import photos
from store.disk.custody import open_kept
from store.disk.files import check_target, replacing
from store.errors import Damaged, FileRefused
from store.history.head_start import snapshot
from store.history.journals import journal
from store.history.repository import Repository

MANIFEST = "backup.json"
NAMES = re.compile(
    r"backup\.json|snapshot\.json|journal\.\d{6}\.jsonl|"
    + photos.DIRECTORY
    + "/"
    + photos.NAMES.pattern
)
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


def write_backup(
    repository: Repository, out: IO[bytes], now: datetime
) -> tuple[Manifest, list[Lacking]]:
    """Write a backup of what has been saved up to now, and say which photos it lacks.

    A photo that is not whole would make no archive better; the rest goes on. Every line is read as a restore reads
    it, whatever a head start has passed over. Raises `OSError`, and `Damaged` where a line is not what was written.
    """
    repository.refresh()
    repository.load_closed()
    reader = repository.reader
    head_start = _proved(repository)
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
        if head_start is not None:
            with head_start.opened() as file:
                _add(archive, snapshot.NAME, file, None, now)
        for gen in journal.generations(path):
            if gen > reader.gen:
                break
            name = journal.path_of(path, gen)
            with os.fdopen(open_kept(name, os.O_RDONLY), "rb") as file:
                _add(archive, name.name, file, reader.offset if gen == reader.gen else None, now)
        return manifest, _add_photos(archive, repository, now)


def _proved(repository: Repository) -> snapshot.Snapshot | None:
    """The head start to be kept, without which a whole store can do. Raises `Damaged` where what is about to be kept
    could not be put back."""
    taken = repository.head_start
    whole = journal.generations(repository.path)[:1] == [1]
    try:
        if taken is not None:
            snapshot.verify(taken)
    except Damaged:
        if not whole:
            raise
        taken = None
    verify(repository.path, None if whole else taken, repository.reader.seq)
    return taken


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
