"""A program in a pty: when its first text is there, what a key costs in time and bytes."""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

QUIET = 0.15
"""Seconds without output after which a program is taken to be at rest."""
PATIENCE = 60.0
_ASKS_PLACE = b"\x1b[6n"
_CONTROL = re.compile(rb"\x1b\[[0-9;?<>=]*[A-Za-z]")


class Terminal:
    """Runs a command in a pty and answers what it asks the terminal."""

    def __init__(
        self,
        command: Sequence[str],
        size: tuple[int, int] = (80, 24),
        environment: dict[str, str] | None = None,
    ) -> None:
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(
                {"TERM": "xterm-256color", "LANG": "en_US.UTF-8", **(environment or {})}
            )
            os.environ.pop("COLORTERM", None)
            os.environ.update({"COLUMNS": "", "LINES": ""})
            del os.environ["COLUMNS"], os.environ["LINES"]
            os.execvp(command[0], list(command))
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.seen = b""

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)

    def read(self, timeout: float) -> bytes:
        """What arrives within `timeout` seconds, at most one read."""
        if not select.select([self.fd], [], [], timeout)[0]:
            return b""
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:
            return b""
        if _ASKS_PLACE in data:
            os.write(self.fd, b"\x1b[1;2R")
        self.seen += data
        return data

    def first(self, text: bytes) -> float:
        """Seconds from the start until `text` is on the screen."""
        while text not in self.plain:
            if time.perf_counter() - self.started > PATIENCE:
                raise TimeoutError(self.seen[-2000:])
            self.read(0.05)
        return time.perf_counter() - self.started

    @property
    def plain(self) -> bytes:
        """What was written, without what drives the terminal."""
        return _CONTROL.sub(b"", self.seen)

    def rest(self, quiet: float = QUIET) -> None:
        """Read until nothing more comes."""
        while self.read(quiet):
            pass

    def press(self, key: bytes, quiet: float = QUIET) -> tuple[float, int]:
        """Seconds until the last byte of the answer to a key, and how many bytes it took."""
        begin = last = time.perf_counter()
        size = 0
        os.write(self.fd, key)
        while data := self.read(quiet):
            last = time.perf_counter()
            size += len(data)
        return last - begin, size

    def until(self, text: bytes) -> float:
        """Seconds until `text` is drawn anew."""
        begin = time.perf_counter()
        start = len(self.seen)
        while text not in _CONTROL.sub(b"", self.seen[start:]):
            if time.perf_counter() - begin > PATIENCE:
                raise TimeoutError(text)
            self.read(0.02)
        return time.perf_counter() - begin

    @property
    def resident(self) -> int:
        """Resident memory, KiB."""
        with Path(f"/proc/{self.pid}/status").open(encoding="ascii") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))

    @property
    def cpu(self) -> float:
        """Processor seconds used so far."""
        with Path(f"/proc/{self.pid}/stat").open(encoding="ascii") as file:
            words = file.read().rsplit(")", 1)[1].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
