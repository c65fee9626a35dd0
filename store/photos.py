"""Photos and scans beside the store, each under the digest of its content (docs/format.md).

A file is written once and never changed, so that whoever names it may read it without a lock, a backup may
copy it at any time, and two people who bring the same photo keep one.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from core.model import File, Shows
from store.custody import make_inside, open_kept
from store.errors import FileRefused, NoStore, NotSaved
from store.files import replacing, sync_directory, write_all

DIRECTORY = "photos"
LARGEST = 20 * 1024 * 1024
"""Bytes of one file."""
NAMES = re.compile(r"([0-9a-f]{64})\.[a-z]{3,4}")
_KINDS: tuple[tuple[bytes, int, str], ...] = (
    (b"\xff\xd8\xff", 0, "jpg"),
    (b"\x89PNG\r\n\x1a\n", 0, "png"),
    (b"GIF8", 0, "gif"),
    (b"WEBP", 8, "webp"),
    (b"ftypheic", 4, "heic"),
    (b"ftypmif1", 4, "heic"),
    (b"BM", 0, "bmp"),
    (b"%PDF-", 0, "pdf"),
)
"""Beginnings of the kinds that are kept, where they stand, and the ending of their names."""


def kind_of(data: bytes) -> str | None:
    """What a content is, by its first bytes; None where it is no photo or scan."""
    return next((kind for mark, at, kind in _KINDS if data[at : at + len(mark)] == mark), None)


def template_file(digest: str) -> File:
    """An office's own Word file, kept by its content like a photo."""
    return File(name=f"{digest[:8]}.docx", digest=digest, kind="docx")


class Photos:
    """The photos of one store, and its templates."""

    def __init__(self, store: Path) -> None:
        self._directory = store / DIRECTORY

    def keep(self, data: bytes, name: str, shows: Shows) -> File:
        """Keep a content; safe on the disk when it returns. Raises `FileRefused`, `NotSaved`."""
        kind = kind_of(data)
        if kind is None:
            raise FileRefused("not_a_photo", file=name)
        if len(data) > LARGEST:
            raise FileRefused("too_big", file=name, limit=LARGEST // (1 << 20))
        digest = hashlib.sha256(data).hexdigest()
        file = File(name=name, digest=digest, kind=kind, size=len(data), shows=shows)
        try:
            self._write(self.path(file), data)
        except OSError as error:
            why = os.strerror(error.errno or 0)
            raise NotSaved("cannot_write", path=str(self.path(file)), why=why) from error
        return file

    def keep_template(self, data: bytes) -> str:
        """Keep a Word file; its digest. Raises `NotSaved`."""
        file = template_file(hashlib.sha256(data).hexdigest())
        try:
            self._write(self.path(file), data)
        except OSError as error:
            why = os.strerror(error.errno or 0)
            raise NotSaved("cannot_write", path=str(self.path(file)), why=why) from error
        return file.digest

    def put_back(self, member: str, data: bytes) -> None:
        """A photo out of a backup. Raises `FileRefused`, `OSError`."""
        name = member.rpartition("/")[2]
        if hashlib.sha256(data).hexdigest() != name.partition(".")[0]:
            raise FileRefused("damaged_backup", file=member)
        self._write(self._directory / name, data)

    def _write(self, path: Path, data: bytes) -> None:
        if self._whole(path, len(data)):
            return
        make_inside(self._directory)
        sync_directory(self._directory.parent)
        # Others may be writing the same photo: each under a name of their own.
        own = path.with_name(f"{os.getpid()}-{path.name}")
        with replacing(own, open_kept) as descriptor:
            write_all(descriptor, data)
        own.replace(path)
        sync_directory(self._directory)

    @staticmethod
    def _whole(path: Path, size: int) -> bool:
        try:
            return path.stat().st_size == size
        except FileNotFoundError:
            return False

    def path(self, file: File) -> Path:
        """Where the content of a file lies."""
        return self._directory / f"{file.digest}.{file.kind}"

    def read(self, file: File) -> bytes:
        """The content of a file, proved by its digest. Raises `FileRefused`."""
        try:
            with os.fdopen(open_kept(self.path(file), os.O_RDONLY), "rb") as opened:
                data = opened.read(LARGEST + 1)
        except (OSError, NoStore) as error:
            raise FileRefused("photo_gone", file=file.name) from error
        if hashlib.sha256(data).hexdigest() != file.digest:
            raise FileRefused("photo_damaged", file=file.name)
        return data

    def paths(self) -> Iterator[Path]:
        """Every photo that lies here."""
        if self._directory.is_dir():
            yield from sorted(p for p in self._directory.iterdir() if NAMES.fullmatch(p.name))
