"""Whose a store's files are: modes, owners, and the file system they lie on (docs/format.md 1).

A store is its owner's alone (0700), or shared with the group of its directory (2770): the mode of
the directory is the one place where that is said.
"""

import grp
import os
import stat
from contextlib import suppress
from pathlib import Path

from store.disk.files import open_file
from store.errors import NoStore, NotSaved

ALONE, SHARED = 0o700, 0o2770
NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "glusterfs", "lustre", "fuse.sshfs"}
)
"""File systems on which a lock or a sync may mean nothing."""
MEMORY = frozenset({"tmpfs", "ramfs"})
PIECE = 16 * 1024
"""Bytes in which a last line is looked for first."""
LITTLE_SPACE = 50 * 1024 * 1024
"""Bytes free below which a store warns."""


def is_shared(directory: os.stat_result) -> bool:
    """Whether the group model holds: what is made in the directory is its group's."""
    return bool(directory.st_mode & stat.S_ISGID) and bool(directory.st_mode & stat.S_IWGRP)


def closed_mode(directory: Path) -> int:
    """The mode of a journal that no longer grows."""
    return 0o440 if is_shared(directory.stat()) else 0o400


class OpenFile:
    """A file of a store that stays open as long as anybody holds this."""

    def __init__(self, path: Path) -> None:
        """Raises as `open_kept`."""
        self.descriptor = open_kept(path, os.O_RDONLY)

    def __del__(self) -> None:
        with suppress(AttributeError):  # it was never opened
            os.close(self.descriptor)


def open_kept(path: Path, flags: int) -> int:
    """A descriptor of a file of the store.

    Raises `NoStore("foreign_file")` where it is a link, somebody else's, or open to all.
    """
    directory = path.parent.stat()
    shared = is_shared(directory)
    descriptor = open_file(path, flags, 0o660 if shared else 0o600)
    found = os.fstat(descriptor)
    ours = found.st_uid in (directory.st_uid, os.geteuid()) or (
        shared and found.st_gid == directory.st_gid
    )
    if not ours or found.st_mode & 0o002:
        os.close(descriptor)
        raise NoStore("foreign_file", path=str(path))
    if flags & os.O_CREAT:
        entrust(descriptor, directory, found)
    return descriptor


def read_kept(path: Path) -> bytes:
    """The content of a file of the store. Raises `NoStore("foreign_file")`, `OSError`."""
    with os.fdopen(open_kept(path, os.O_RDONLY), "rb") as file:
        return file.read()


def first_line(path: Path) -> bytes:
    """The first line of a file of the store, read as `read_kept` reads."""
    with os.fdopen(open_kept(path, os.O_RDONLY), "rb") as file:
        return file.readline()


def last_line(path: Path) -> bytes:
    """The last whole line of a file of the store, read as `read_kept` reads; empty where there is none."""
    with os.fdopen(open_kept(path, os.O_RDONLY), "rb") as file:
        size, back = os.fstat(file.fileno()).st_size, PIECE
        while True:
            file.seek(max(0, size - back))
            _before, newline, line = file.read().rpartition(b"\n")[0].rpartition(b"\n")
            if newline or back >= size:
                return line
            back *= 8


def entrust(descriptor: int, directory: os.stat_result, found: os.stat_result) -> None:
    """Give a file that was just made the mode of its store and, made by root, the store's owner."""
    if found.st_uid != os.geteuid():
        return
    wanted = 0o660 if is_shared(directory) else 0o600
    if stat.S_IMODE(found.st_mode) != wanted:
        os.fchmod(descriptor, wanted)
    if not os.geteuid() and (found.st_uid, found.st_gid) != (directory.st_uid, directory.st_gid):
        os.fchown(descriptor, directory.st_uid, directory.st_gid)


def check_directory(path: Path) -> None:
    """Refuse a directory that is not ours, or that others could have written to."""
    try:
        found = path.stat()
    except OSError as error:
        raise NoStore("no_store", path=str(path)) from error
    if not stat.S_ISDIR(found.st_mode):
        raise NoStore("no_store", path=str(path))
    ours = (
        not os.geteuid()
        or found.st_uid == os.geteuid()
        or (is_shared(found) and found.st_gid in (os.getegid(), *os.getgroups()))
    )
    if not ours or found.st_mode & 0o002:
        raise NoStore("foreign_directory", path=str(path))
    kind = file_system(path)
    if kind in NETWORK:
        raise NoStore("network", path=str(path), value=kind)


def owns(path: Path) -> bool:
    """Whether a store is the caller's own, or the caller is root."""
    return os.geteuid() in (0, path.stat().st_uid)


def make_directory(path: Path, group: str = "") -> None:
    """A directory of ours alone, or shared with `group`; `NotSaved` where it cannot be made."""
    try:
        path.mkdir(mode=ALONE, parents=True, exist_ok=True)
        if any(entry.name != "lock" for entry in path.iterdir()):
            return  # somebody's; whether it may be used is the caller's to say
        if group:
            os.chown(path, -1, grp.getgrnam(group).gr_gid)
        if group or not is_shared(path.stat()):
            path.chmod(SHARED if group else ALONE)  # behind mkdir, which drops the setgid bit
    except KeyError as error:
        raise NotSaved("no_group", value=group) from error
    except OSError as error:
        raise NotSaved("cannot_write", path=str(path), why=os.strerror(error.errno or 0)) from error


def make_inside(path: Path) -> None:
    """A directory inside a store, as the store itself is; nothing where it is there."""
    directory = path.parent.stat()
    try:
        path.mkdir(mode=ALONE)
    except FileExistsError:
        return
    path.chmod(SHARED if is_shared(directory) else ALONE)
    if not os.geteuid():
        os.chown(path, directory.st_uid, directory.st_gid)


def file_system(path: Path) -> str:
    """The kind of file system a path lies on, as the kernel names it; empty where it cannot tell."""
    device = path.stat().st_dev
    wanted = f"{os.major(device)}:{os.minor(device)}"
    try:
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    kind = ""
    for line in mounts.splitlines():
        words, _dash, rest = line.partition(" - ")
        if words.split()[2] == wanted:
            kind = rest.split(" ", 1)[0]
    return kind


def free_space(path: Path) -> int:
    """Bytes that may still be written there."""
    found = os.statvfs(path)
    return found.f_bavail * found.f_frsize


def cautions(path: Path) -> list[str]:
    """Codes of what does not stop the store and should be known."""
    found = []
    if free_space(path) < LITTLE_SPACE:
        found.append("little_space")
    if file_system(path) in MEMORY:
        found.append("in_memory")
    return found
