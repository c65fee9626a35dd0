"""Opening, syncing and replacing files: no symlink followed, nothing half written."""

import os
import stat
from collections.abc import Callable, Iterable
from pathlib import Path

from store.errors import NoStore

FILE_MODE = 0o600
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


def replace_file(
    path: Path, chunks: Iterable[bytes], opened: Callable[[Path, int], int] = open_file
) -> None:
    """Put a whole file in place of `path`, or leave what was there. Raises `OSError`.

    `opened` makes the new file; a store's own are made by `store.custody.open_kept`.
    """
    temporary = path.with_name(path.name + ".tmp")
    temporary.unlink(missing_ok=True)
    descriptor = opened(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
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
