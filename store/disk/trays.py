"""Trays: what people send in and fetch through the gate, a flat directory each below the store (docs/gate.md 3).

No part of the town: not in backups, restores or what `zg check` proves.
"""

import fcntl
import os
import re
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath
from unicodedata import category, normalize

from msgspec import Struct

from store.disk.files import LEFTOVER, aside_in, open_file, sweep, sync_directory, write_all
from store.errors import FileRefused, NoStore

TRAYS = "trays"
MOST_FILES = 200
MOST_BYTES = 200 << 20
"""Of one tray."""
LARGEST = 50 << 20
"""Bytes of one file."""
DAYS = 30
"""After which a file goes."""
SHARE = 10
"""All trays together have one in so many of the disk."""
LITTLE = 1 << 30
"""Bytes free below which nothing more is taken; on a small disk a tenth."""
LONGEST_NAME = 120
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_PIECE = 1 << 16


class Lying(Struct, frozen=True):
    """A file in a tray."""

    name: str
    size: int
    at: float
    """When it was put there, seconds since 1970."""


def tray_name(text: str) -> str:
    """The name a file may have in a tray. Raises `FileRefused("bad_tray_name")`."""
    name = normalize("NFC", text).strip()
    bad = (
        not name
        or name[0] in ".-"
        or len(name) > LONGEST_NAME
        or len(name.encode("utf-8", "replace")) > 255
        or any(
            char in "/\\" or category(char)[0] == "C" or category(char) in ("Zl", "Zp")
            for char in name
        )
        or _RESERVED.fullmatch(name) is not None
    )
    if bad:
        raise FileRefused("bad_tray_name", file=text[:LONGEST_NAME])
    return name


class Tray:
    """The tray of one person."""

    def __init__(self, store: Path, person: str) -> None:
        self._all = store / TRAYS
        self.path = self._all / person

    def make(self) -> None:
        """Have the directory, nobody else's and no link. Raises `FileRefused`, `OSError`."""
        for directory in (self._all, self.path):
            with suppress(FileExistsError):
                directory.mkdir(mode=0o700)
                sync_directory(directory.parent)
            found = directory.lstat()
            if (
                not stat.S_ISDIR(found.st_mode)
                or found.st_uid != os.geteuid()
                or found.st_mode & 0o077
            ):
                raise FileRefused("foreign_tray", file=directory.name)

    def names(self) -> list[Lying]:
        """What lies there, the latest first; links, devices and the like are passed over."""
        found = []
        with suppress(FileNotFoundError):
            for entry in os.scandir(self.path):
                if entry.name[0] != "." and entry.is_file(follow_symlinks=False):
                    held = entry.stat(follow_symlinks=False)
                    found.append(Lying(entry.name, held.st_size, held.st_mtime))
        return sorted(found, key=lambda each: (-each.at, each.name))

    def sweep(self, now: float | None = None) -> None:
        """Take away what has lain there for `DAYS`."""
        sweep(self.path, LEFTOVER)
        before = (time.time() if now is None else now) - DAYS * 86400
        for each in self.names():
            if each.at < before:
                with suppress(OSError):
                    (self.path / each.name).unlink()

    def free_name(self, name: str) -> str:
        """A name that nothing there has, in whatever case it is written."""
        taken = {normalize("NFKC", entry.name).casefold() for entry in os.scandir(self.path)}
        path, found, number = PurePath(name), name, 1
        while normalize("NFKC", found).casefold() in taken:
            number += 1
            found = f"{path.stem}({number}){path.suffix}"
        return found

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Several may be sent at once; what there is room for is counted one after the other."""
        descriptor = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def drop(self, name: str) -> None:
        """Take a file away for good. Raises `FileRefused`."""
        wanted = tray_name(name)
        try:
            (self.path / wanted).unlink()
        except OSError as error:
            raise FileRefused("not_in_tray", file=wanted) from error

    def check_room(self, more: int = 1) -> None:
        """Refuse where the tray, all trays or the disk are full, or would be by so many bytes `more`.

        Raises `FileRefused`.
        """
        import shutil  # nobody asks it but who sends a file

        lying = self.names()
        if len(lying) >= MOST_FILES or sum(each.size for each in lying) + more > MOST_BYTES:
            raise FileRefused("tray_full", count=MOST_FILES, limit=MOST_BYTES >> 20)
        disk = shutil.disk_usage(self.path)
        if disk.free < min(LITTLE, disk.total // SHARE):
            raise FileRefused("disk_nearly_full", limit=min(LITTLE, disk.total // SHARE) >> 20)
        every = sum(
            entry.stat(follow_symlinks=False).st_size
            for tray in os.scandir(self._all)
            if tray.is_dir(follow_symlinks=False)
            for entry in os.scandir(tray.path)
            if entry.is_file(follow_symlinks=False)
        )
        if every > disk.total // SHARE:
            raise FileRefused("trays_full", count=SHARE)

    def put(self, name: str, read: Callable[[int], bytes]) -> str:
        """Take in what `read` gives, for good; the name it lies under. Raises `FileRefused`, `OSError`."""
        self.make()
        self.sweep()
        self.check_room()
        kept = self.free_name(tray_name(name))
        aside = aside_in(self.path)
        descriptor = open_file(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        try:
            size = 0
            while piece := read(_PIECE):
                size += len(piece)
                if size > LARGEST:
                    raise FileRefused("too_big", file=kept, limit=LARGEST >> 20)
                write_all(descriptor, piece)
            if not size:
                raise FileRefused("nothing_sent", file=kept)
            os.fsync(descriptor)
            with self._alone():
                self.check_room(size)
                kept = self.free_name(kept)
                aside.rename(self.path / kept)
            sync_directory(self.path)
        finally:
            os.close(descriptor)
            aside.unlink(missing_ok=True)
        return kept

    def read(self, name: str, write: Callable[[bytes], object]) -> None:
        """Give a file out in pieces. Raises `FileRefused`."""
        wanted = tray_name(name)
        try:
            descriptor = open_file(self.path / wanted, os.O_RDONLY)
        except (OSError, NoStore) as error:
            raise FileRefused("not_in_tray", file=wanted) from error
        with os.fdopen(descriptor, "rb") as file:
            while piece := file.read(_PIECE):
                write(piece)
