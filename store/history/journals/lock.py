"""The lock: one writer at a time, freed by the kernel when its holder dies."""

import fcntl
import os
import pwd
import re
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from store.disk.custody import open_kept
from store.errors import Busy, NotSaved

LOCK = "lock"
SNAPSHOT = "snapshot.json"

WAIT = 10.0
"""Seconds a writer waits before it says that someone else is saving."""
FIRST_PAUSE, LONGEST_PAUSE = 0.0005, 0.010
_MARK = re.compile(rb"(\d+) ([0-9a-f]{16})\n")
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGTSTP)


class Holder(Struct, frozen=True):
    """The process that holds the lock."""

    pid: int
    login: str
    """Whose process it is, or its uid; empty where the system does not tell."""


class Lock:
    """`flock` on a side file, which also holds the last transaction known to be safe."""

    def __init__(self, path: Path) -> None:
        """Where the file cannot be written, the store can be read and `writable` is False."""
        self._path = path
        self._descriptor: int | None = None
        self._threads = threading.RLock()
        self._depth = 0
        self.writable = True
        try:
            self._descriptor = open_kept(path, os.O_RDWR | os.O_CREAT)
        except OSError:
            self.writable = False
            with suppress(FileNotFoundError):
                self._descriptor = open_kept(path, os.O_RDONLY)

    @contextmanager
    def held(self, wait: float = WAIT) -> Iterator[None]:
        """Hold it, with signals that would end the program put off; may be held within itself.

        Raises `Busy`, `NotSaved`.
        """
        if not self.writable or self._descriptor is None:
            raise NotSaved("read_only", path=str(self._path.parent))
        with self._threads:
            if self._depth:
                self._depth += 1
                try:
                    yield
                finally:
                    self._depth -= 1
                return
            blocked = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
            try:
                self._acquire(wait)
                self._depth = 1
                try:
                    yield
                finally:
                    self._depth = 0
                    with suppress(OSError):  # what was saved is saved; it goes with the descriptor
                        fcntl.flock(self._descriptor, fcntl.LOCK_UN)
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, blocked)

    @property
    def mine(self) -> bool:
        """Whether it is held here just now."""
        return self._depth > 0

    @property
    def nested(self) -> bool:
        """Whether it is held within itself just now."""
        return self._depth > 1

    def _acquire(self, wait: float) -> None:
        assert self._descriptor is not None
        until = time.monotonic() + wait
        pause = FIRST_PAUSE
        while True:
            try:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() >= until:
                    raise self._busy(wait) from None
                time.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    def _busy(self, waited: float) -> Busy:
        holder = self.holder()
        if holder is None:
            return Busy("busy", seconds=round(waited))
        return Busy("busy", seconds=round(waited), pid=holder.pid, who=holder.login)

    def holder(self) -> Holder | None:
        """Who holds the lock, as far as the kernel tells."""
        if self._descriptor is None:
            return None
        inode = os.fstat(self._descriptor).st_ino
        try:
            lines = Path("/proc/locks").read_text(encoding="ascii").splitlines()
        except OSError:
            return None
        for line in lines:
            words = line.split()
            if len(words) > 5 and words[1] == "FLOCK" and words[5].endswith(f":{inode}"):
                return Holder(int(words[4]), _login_of(int(words[4])))
        return None

    def safe(self) -> tuple[int, str] | None:
        """Number and hash of the last transaction known to be safe; None where it cannot be read.

        Losing it is normal after a power cut: it is written without a sync.
        """
        if self._descriptor is None:
            return None
        match = _MARK.fullmatch(os.pread(self._descriptor, 64, 0))
        return (int(match.group(1)), match.group(2).decode()) if match else None

    def mark(self, seq: int, hash16: str) -> None:
        """Remember that transaction `seq` is safe; call it holding the lock."""
        assert self._descriptor is not None
        line = b"%d %s\n" % (seq, hash16.encode())
        os.pwrite(self._descriptor, line, 0)
        os.ftruncate(self._descriptor, len(line))

    def forget(self) -> None:
        """Know of no safe transaction: another store is being put in place of this one."""
        assert self._descriptor is not None
        os.ftruncate(self._descriptor, 0)

    def close(self) -> None:
        """Let go of the file."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _login_of(pid: int) -> str:
    try:
        uid = Path(f"/proc/{pid}").stat().st_uid
    except OSError:
        return ""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"uid{uid}"


@contextmanager
def exclusive(path: Path) -> Iterator[bool]:
    """Hold a lock file if nobody else does; yields whether it was got."""
    descriptor = open_kept(path, os.O_RDWR | os.O_CREAT)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(descriptor)


def has_remains(path: Path) -> bool:
    """Whether a directory without journals once held some."""
    if (path / SNAPSHOT).exists():
        return True
    if not (path / LOCK).exists():
        return False
    lock = Lock(path / LOCK)
    try:
        return lock.safe() is not None
    finally:
        lock.close()
