"""Opening, syncing and replacing files: no symlink followed, nothing half written."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from store.errors import FileRefused, NoStore

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


@contextmanager
def replacing(path: Path, opened: Callable[[Path, int], int] = open_file) -> Iterator[int]:
    """A descriptor to write what is put whole in place of `path`, or leaves what was there.

    `opened` makes the new file; a store's own are made by `store.custody.open_kept`. Raises
    `OSError`.
    """
    if opened is open_file:  # beside somebody's own files, whose names are theirs
        temporary = path.with_name(f".zg-{os.getpid()}-{os.urandom(4).hex()}.tmp")
    else:
        temporary = path.with_name(path.name + ".tmp")
        temporary.unlink(missing_ok=True)
    descriptor = opened(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    try:
        try:
            yield descriptor
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_directory(path.parent)


def replace_file(
    path: Path, chunks: Iterable[bytes], opened: Callable[[Path, int], int] = open_file
) -> None:
    """Put a whole file in place of `path`, as `replacing` does."""
    with replacing(path, opened) as descriptor:
        for chunk in chunks:
            write_all(descriptor, chunk)


def check_target(path: Path, *, force: bool) -> None:
    """Refuse to write through a link, into nothing, or over a file unless told to."""
    if path.is_symlink():
        raise FileRefused("is_symlink", file=str(path))
    if path.exists() and (not force or not path.is_file()):
        raise FileRefused("exists" if path.is_file() else "not_regular", file=str(path))
    if not path.parent.is_dir():
        raise FileRefused("no_directory", file=str(path.parent))
