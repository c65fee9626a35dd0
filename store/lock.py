"""The lock: one writer at a time, freed by the kernel when its holder dies."""

import fcntl
import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store.errors import Busy, NoStore, NotSaved
from store.files import open_file

WAIT = 10.0
"""Seconds a writer waits before it says that someone else is saving."""
FIRST_PAUSE, LONGEST_PAUSE = 0.0005, 0.010
_MARK = re.compile(rb"(\d+) ([0-9a-f]{16})\n")
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGTSTP)


class Lock:
    """`flock` on a side file, which also holds the last transaction known to be safe."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self._path = path
        flags = os.O_RDWR | (os.O_CREAT if create else 0)
        try:
            self._descriptor = open_file(path, flags)
            self.writable = True
        except OSError as error:
            if create:
                raise NotSaved(
                    "cannot_write", path=str(path), why=os.strerror(error.errno or 0)
                ) from error
            if not path.exists():
                raise NoStore("no_store", path=str(path.parent)) from error
            self._descriptor = open_file(path, os.O_RDONLY)
            self.writable = False
        self._threads = threading.RLock()

    @contextmanager
    def held(self, wait: float = WAIT) -> Iterator[None]:
        """Hold it, with signals that would end the program put off. Raises `Busy`, `NotSaved`."""
        if not self.writable:
            raise NotSaved("read_only", path=str(self._path.parent))
        with self._threads:
            blocked = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
            try:
                self._acquire(wait)
                try:
                    yield
                finally:
                    fcntl.flock(self._descriptor, fcntl.LOCK_UN)
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, blocked)

    def _acquire(self, wait: float) -> None:
        until = time.monotonic() + wait
        pause = FIRST_PAUSE
        while True:
            try:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() >= until:
                    raise Busy("busy", seconds=round(wait), pid=self.holder()) from None
                time.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    def holder(self) -> int | None:
        """The process that holds the lock, as far as the kernel tells."""
        inode = os.fstat(self._descriptor).st_ino
        try:
            lines = Path("/proc/locks").read_text(encoding="ascii").splitlines()
        except OSError:
            return None
        for line in lines:
            words = line.split()
            if len(words) > 5 and words[1] == "FLOCK" and words[5].endswith(f":{inode}"):
                return int(words[4])
        return None

    def safe(self) -> tuple[int, str] | None:
        """Number and hash of the last transaction known to be safe; None where it cannot be read.

        Losing it is normal after a power cut: it is written without a sync.
        """
        match = _MARK.fullmatch(os.pread(self._descriptor, 64, 0))
        return (int(match.group(1)), match.group(2).decode()) if match else None

    def mark(self, seq: int, hash16: str) -> None:
        """Remember that transaction `seq` is safe; call it holding the lock."""
        line = b"%d %s\n" % (seq, hash16.encode())
        os.pwrite(self._descriptor, line, 0)
        os.ftruncate(self._descriptor, len(line))

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._descriptor)


@contextmanager
def exclusive(path: Path) -> Iterator[bool]:
    """Hold a lock file if nobody else does; yields whether it was got."""
    descriptor = open_file(path, os.O_RDWR | os.O_CREAT)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(descriptor)
