"""Opening, syncing and replacing files: no symlink followed, nothing half written."""

import errno
import gc
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from store.errors import FileRefused, NoStore

FILE_MODE = 0o600
_FLAGS = os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
"""A FIFO or a device in the place of a file is looked at and refused, never waited for."""
LEFTOVER = re.compile(r"\.zg-(\d+)-[0-9a-f]{8}\.tmp")
"""What somebody's file is written under beside its place, and is left under where the process was killed."""


def open_file(path: Path, flags: int, mode: int = FILE_MODE) -> int:
    """A descriptor of a regular file; a symlink in its place is refused (`NoStore`)."""
    try:
        descriptor = os.open(path, flags | _FLAGS, mode)
    except OSError as error:
        if path.is_symlink() or path.is_fifo() or path.is_socket():
            raise NoStore("foreign_file", path=str(path)) from error
        raise
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NoStore("foreign_file", path=str(path))
    return descriptor


def write_all(descriptor: int, data: bytes | bytearray) -> None:
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


def aside_in(directory: Path) -> Path:
    """A new name in a directory to write a file under until it is whole; `LEFTOVER` knows it again."""
    return directory / f".zg-{os.getpid()}-{os.urandom(4).hex()}.tmp"


@contextmanager
def replacing(path: Path, opened: Callable[[Path, int], int] = open_file) -> Iterator[int]:
    """A descriptor to write what is put whole in place of `path`, or leaves what was there.

    `opened` makes the new file; a store's own are made by `store.disk.custody.open_kept`. Raises
    `OSError`.
    """
    if opened is open_file:  # beside somebody's own files, whose names are theirs
        refuse_inside_store(path)
        Confined.room()
        sweep(path.parent, LEFTOVER)
        temporary = aside_in(path.parent)
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


def sweep(directory: Path, leftover: re.Pattern[str]) -> None:
    """Take away what runs that were killed have left half written; a name's first group is the process."""
    for entry in list(directory.iterdir()):
        match = leftover.fullmatch(entry.name)
        if match and not Path("/proc", match[1]).exists():
            with suppress(OSError):  # somebody else's, or gone already
                entry.unlink()


class Confined:
    """The one directory that files of people lie in, where they come through the gate; anywhere else otherwise."""

    to: Path | None = None
    room: Callable[[], None] = staticmethod(lambda: None)
    """Refuses where there is none for more."""


def check_confined(path: Path) -> None:
    """Refuse a file of somebody's outside their tray. Raises `FileRefused("only_tray")`."""
    if Confined.to is not None and path.parent != Confined.to:
        raise FileRefused("only_tray", file=path.name)


def holds_store(directory: Path) -> bool:
    """Whether a directory is a store: it holds a lock and a journal, or what is left of them."""
    if not (directory / "lock").exists():
        return False
    return (directory / "snapshot.json").exists() or any(directory.glob("journal.*.jsonl"))


def refuse_inside_store(path: Path) -> None:
    """Refuse a place at or below a store, whatever it is called and however it is reached.

    A tray is below a store and none of it. Raises `FileRefused("inside_store")`.
    """
    check_confined(path)
    if Confined.to is not None:
        return
    try:
        real = path.parent.resolve() / path.name if path.is_symlink() else path.resolve()
    except OSError as error:  # a name that is too long for one
        why = os.strerror(error.errno or 0)
        raise FileRefused("cannot_write", file=str(path), why=why) from error
    for directory in (real, *real.parents):
        if holds_store(directory):
            raise FileRefused("inside_store", file=str(path), path=str(directory))


def make_output_directory(path: Path) -> None:
    """A directory for files that go out. Raises `FileRefused`."""
    refuse_inside_store(path)
    if Confined.to is not None:  # a tray is flat
        raise FileRefused("only_tray", file=path.name)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = os.strerror(error.errno or 0)
        raise FileRefused("cannot_write", file=str(path), why=why) from error


def check_target(path: Path, *, force: bool) -> None:
    """Refuse to write into a store, through a link, into nothing, or over a file unless told to."""
    refuse_inside_store(path)
    if path.is_symlink():
        raise FileRefused("is_symlink", file=str(path))
    if path.exists() and (not force or not path.is_file()):
        raise FileRefused("exists" if path.is_file() else "not_regular", file=str(path))
    if not path.parent.is_dir():
        raise FileRefused("no_directory", file=str(path.parent))


def keep_private(path: Path, data: bytes) -> None:
    """Keep a person's own state in a file nobody else reads, through no link. Raises `OSError`."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(descriptor, 0o600)
        file.write(data)


def is_there(path: Path) -> bool:
    """Whether there is a file; one that may not be read is not damaged. Raises `PermissionError`."""
    there = path.exists()
    if there and not os.access(path, os.R_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    return there


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Whatever the system refuses while a store is read, as a refusal of ours."""
    try:
        yield
    except OSError as error:
        where = error.filename or path
        raise NoStore("unreadable_store", path=str(where), why=error.strerror) from error


@contextmanager
def uncollected() -> Iterator[None]:
    """Without looking for garbage meanwhile: records are no garbage, and there may be thousands."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
