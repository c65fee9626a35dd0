"""Photos and scans beside the store, each under the digest of its content (docs/format.md).

A file is written once and never changed, so that whoever names it may read it without a lock, a backup may
copy it at any time, and two people who bring the same photo keep one.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

from msgspec import Struct

from core.model import Document, File, Record, Shows
from core.registers import TABLES
from store.disk.custody import make_inside, open_kept
from store.disk.files import replacing, sweep, sync_directory, write_all
from store.disk.pictures import Look, looked_at
from store.errors import FileRefused, NoStore, NotSaved

DIRECTORY = "photos"
LARGEST = 20 * 1024 * 1024
"""Bytes of one file."""
NAMES = re.compile(r"([0-9a-f]{64})\.[a-z]{3,4}")
_LEFTOVER = re.compile(r"(\d+)-[0-9a-f]{64}\.[a-z]{3,4}(?:\.tmp)?")
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

PICTURES = frozenset(kind for _mark, _at, kind in _KINDS) - {"pdf"}
"""Kinds that may be decoded as a picture."""
_PAPERS: tuple[tuple[bytes, frozenset[str]], ...] = (
    (b"PK\x03\x04", frozenset({"docx", "xlsx", "pptx", "ofd"})),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", frozenset({"doc", "xls", "ppt", "wps"})),
)
"""Beginnings of office files, with the endings of their names that are kept beside a line of the log."""


def paper_kind(data: bytes, name: str) -> str | None:
    """What an office file is, by its first bytes and its ending; None where it is none."""
    ending = name.rpartition(".")[2].lower()
    return next(
        (ending for mark, ends in _PAPERS if data.startswith(mark) and ending in ends), None
    )


def kind_of(data: bytes) -> str | None:
    """What a content is, by its first bytes; None where it is no photo or scan."""
    return next((kind for mark, at, kind in _KINDS if data[at : at + len(mark)] == mark), None)


def template_file(digest: str, kind: str = "docx") -> File:
    """An office's own Word file, or somebody's form (xlsx), kept by its content like a photo."""
    return File(name=f"{digest[:8]}.{kind}", digest=digest, kind=kind)


class Photos:
    """The photos of one store, and its templates."""

    def __init__(self, store: Path) -> None:
        self._directory = store / DIRECTORY

    def keep(self, data: bytes, name: str, shows: Shows, *, papers: bool = False) -> File:
        """Keep a content; safe on the disk when it returns. Office files are, where `papers` are wanted.

        Raises `FileRefused`, `NotSaved`.
        """
        kind = kind_of(data) or (paper_kind(data, name) if papers else None)
        if kind is None:
            raise FileRefused("not_a_photo", file=name)
        if len(data) > LARGEST:
            raise FileRefused("too_big", file=name, limit=LARGEST // (1 << 20))
        digest = _digest(data)
        seen = looked_at(data, name) if kind in PICTURES else Look()
        file = File(
            name=name,
            digest=digest,
            kind=kind,
            size=len(data),
            shows=shows,
            taken=seen.taken,
            look=seen.look,
        )
        try:
            self._write(self.path(file), data)
        except OSError as error:
            why = os.strerror(error.errno or 0)
            raise NotSaved("cannot_write", path=str(self.path(file)), why=why) from error
        return file

    def keep_template(self, data: bytes, kind: str = "docx") -> str:
        """Keep a Word file or a form; its digest. Raises `NotSaved`."""
        file = template_file(_digest(data), kind)
        try:
            self._write(self.path(file), data)
        except OSError as error:
            why = os.strerror(error.errno or 0)
            raise NotSaved("cannot_write", path=str(self.path(file)), why=why) from error
        return file.digest

    def is_whole(self, name: str) -> bool:
        """Whether what lies here under a name is what the name says."""
        return self.proved(name) is not None

    def proved(self, name: str) -> bytes | None:
        """What lies here under a name, where it is what the name says."""
        try:
            data = _content(self._directory / name)
        except (OSError, NoStore):
            return None
        return data if is_named(name, data) else None

    def _write(self, path: Path, data: bytes) -> None:
        if self.is_whole(path.name):
            return
        make_inside(self._directory)
        sync_directory(self._directory.parent)
        # Others may be writing the same photo: each under a name of their own.
        own = path.with_name(f"{os.getpid()}-{path.name}")
        with replacing(own, open_kept) as descriptor:
            write_all(descriptor, data)
        own.replace(path)
        sync_directory(self._directory)

    def path(self, file: File) -> Path:
        """Where the content of a file lies."""
        return self._directory / f"{file.digest}.{file.kind}"

    def read(self, file: File) -> bytes:
        """The content of a file, proved by its digest. Raises `FileRefused`."""
        try:
            data = _content(self.path(file))
        except (FileNotFoundError, NoStore) as error:
            raise FileRefused("photo_gone", file=file.name) from error
        except OSError as error:
            why = os.strerror(error.errno or 0)
            raise FileRefused("photo_unreadable", file=file.name, why=why) from error
        if _digest(data) != file.digest:
            raise FileRefused("photo_damaged", file=file.name)
        return data

    def paths(self) -> Iterator[Path]:
        """Every photo that lies here."""
        if self._directory.is_dir():
            yield from sorted(p for p in self._directory.iterdir() if NAMES.fullmatch(p.name))

    def strangers(self) -> Iterator[Path]:
        """What lies here and is no plain file: a link, a FIFO, a device."""
        if self._directory.is_dir():
            entries = sorted(os.scandir(self._directory), key=lambda entry: entry.name)
            yield from (Path(e.path) for e in entries if not e.is_file(follow_symlinks=False))

    def sweep(self) -> None:
        """Take away what writers that were killed left half written; the lock is held."""
        if self._directory.is_dir():
            sweep(self._directory, _LEFTOVER)


def is_named(name: str, data: bytes) -> bool:
    """Whether a content is what the name of its file says."""
    return _digest(data) == name.partition(".")[0]


def _content(path: Path) -> bytes:
    with os.fdopen(open_kept(path, os.O_RDONLY), "rb") as opened:
        return opened.read(LARGEST + 1)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def kept_files(tables: Mapping[str, Mapping[int, Record]]) -> Iterator[tuple[str, File]]:
    """Every file that records name, with what people call the record."""
    for name, records in tables.items():
        if not _may_hold(TABLES[name]) and name != "documents":
            continue
        for record in records.values():
            files = [*_files_in(record)]
            if isinstance(record, Document) and record.evidence:
                digest = json.loads(record.evidence).get("template")
                files += [template_file(digest)] if digest else []
            if files:
                label = str(getattr(record, "label", "") or getattr(record, "name", ""))
                yield from ((label, file) for file in files)


def _files_in(value: Any) -> Iterator[File]:
    """Every file that a record names, however deep; only fields that may hold one are looked into."""
    if isinstance(value, File):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _files_in(each)
    elif isinstance(value, Struct):
        for name in _with_files(type(value)):
            yield from _files_in(getattr(value, name))


@cache
def _with_files(kind: type[Struct]) -> tuple[str, ...]:
    """The fields of a record, or of a part of one, that may hold files."""
    return tuple(name for name, hint in get_type_hints(kind).items() if _may_hold(hint))


def _may_hold(hint: Any) -> bool:
    if hint is File:
        return True
    if isinstance(hint, type) and issubclass(hint, Struct):
        return bool(_with_files(hint))
    return any(map(_may_hold, get_args(hint)))
