"""Opening, syncing and replacing files: no symlink followed, nothing half written."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from store.errors import NoStore, NotSaved

FILE_MODE = 0o600
DIRECTORY_MODE = 0o700
_FLAGS = os.O_NOFOLLOW | os.O_CLOEXEC


def open_file(path: Path, flags: int, mode: int = FILE_MODE) -> int:
    """A descriptor of a regular file; a symlink in its place is refused (`NoStore`)."""
    try:
        descriptor = os.open(path, flags | _FLAGS, mode)
    except OSError as error:
        if path.is_symlink():
            raise NoStore("foreign_file", path=str(path)) from error
        raise
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NoStore("foreign_file", path=str(path))
    return descriptor


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte, however many calls it takes."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def sync_directory(path: Path) -> None:
    """Make the names in a directory durable."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace_file(path: Path, chunks: Iterable[bytes], mode: int = FILE_MODE) -> None:
    """Put a whole file in place of `path`, or leave what was there. Raises `OSError`."""
    temporary = path.with_name(path.name + ".tmp")
    temporary.unlink(missing_ok=True)
    descriptor = open_file(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        try:
            for chunk in chunks:
                write_all(descriptor, chunk)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    sync_directory(path.parent)


def check_directory(path: Path) -> None:
    """Refuse a directory that others could have written to."""
    try:
        found = path.stat()
    except OSError as error:
        raise NoStore("no_store", path=str(path)) from error
    if not stat.S_ISDIR(found.st_mode):
        raise NoStore("no_store", path=str(path))
    if os.getuid() and (found.st_uid != os.getuid() or found.st_mode & 0o002):
        raise NoStore("foreign_directory", path=str(path))


def make_directory(path: Path) -> None:
    """A directory of ours alone; `NotSaved` where it cannot be made."""
    try:
        path.mkdir(mode=DIRECTORY_MODE, parents=True, exist_ok=True)
        if any(path.iterdir()):
            return  # somebody's; whether it may be used is the caller's to say
        path.chmod(DIRECTORY_MODE)
    except OSError as error:
        raise NotSaved("cannot_write", path=str(path), why=os.strerror(error.errno or 0)) from error
