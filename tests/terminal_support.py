"""Real terminals for tests: a pty whose bytes are seen, and tmux whose screen is."""

import contextlib
import fcntl
import itertools
import os
import pty
import select
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import pytest

ZG = str(Path(sys.executable).parent / "zg")
PATIENCE = 20.0
_SERVERS = itertools.count()


def needs(program: str) -> None:
    """Skip a test whose program is missing; fail it where nothing may be skipped."""
    if shutil.which(program) is None:
        if os.environ.get("ZG_REQUIRE_ALL"):
            pytest.fail(f"{program} is missing")
        pytest.skip(f"needs {program}")


def environment(**more: str) -> dict[str, str]:
    """A plain terminal's environment."""
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME")}
    return {**kept, "TERM": "xterm-256color", "LANG": "en_US.UTF-8", "PYTHONUTF8": "1", **more}


class Pty:
    """A program in a pty; everything it writes is kept."""

    def __init__(self, *command: str, size: tuple[int, int] = (80, 24), **more: str) -> None:
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], list(command), environment(**more))
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.seen = b""
        self.answer = b"\x1b[24;2R"
        """Where the cursor is, when asked."""
        self.status: int | None = None

    def __enter__(self) -> "Pty":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)

    def read(self, timeout: float = 0.05) -> bytes:
        """What comes within a moment."""
        if not select.select([self.fd], [], [], timeout)[0]:
            return b""
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:
            return b""
        if b"\x1b[6n" in data:
            os.write(self.fd, self.answer)
        self.seen += data
        return data

    def until(self, true: Callable[[], bool]) -> None:
        """Read until something is so."""
        end = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < end, self.seen[-3000:]
            self.read()

    def rest(self) -> None:
        """Read until nothing more comes."""
        while self.read(0.3):
            pass

    def write(self, data: bytes) -> None:
        os.write(self.fd, data)

    def ended(self) -> int:
        """Wait for the end; the exit code, or minus the signal."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self.read(0.02)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
                while self.read(0.02):
                    pass
                return self.status
        raise AssertionError("it does not end")


class Tmux:
    """A tmux server of its own with one session."""

    def __init__(
        self, name: str, command: str, size: tuple[int, int] = (80, 24), **more: str
    ) -> None:
        needs("tmux")
        self._tmux = [
            "tmux",
            "-L",
            f"zg-test-{os.getpid()}-{name}-{next(_SERVERS)}",
            "-f",
            "/dev/null",
        ]
        words = " ".join(f"{k}='{v}'" for k, v in environment(**more).items())
        self._run(
            "new-session",
            "-d",
            "-x",
            str(size[0]),
            "-y",
            str(size[1]),
            f"env -i {words} {command}; echo ENDED $?; cat",
        )

    def __enter__(self) -> "Tmux":
        return self

    def __exit__(self, *ignored: object) -> None:
        subprocess.run([*self._tmux, "kill-server"], capture_output=True, check=False)

    def _run(self, *words: str) -> str:
        return subprocess.run(
            [*self._tmux, *words], capture_output=True, text=True, check=True
        ).stdout

    @property
    def screen(self) -> str:
        return self._run("capture-pane", "-p")

    def until(self, text: str) -> None:
        """Wait for a text on the screen."""
        end = time.monotonic() + PATIENCE
        while text not in self.screen:
            assert time.monotonic() < end, self.screen
            select.select([], [], [], 0.05)

    def keys(self, *keys: str) -> None:
        self._run("send-keys", *keys)

    def type(self, text: str) -> None:
        self._run("send-keys", "-l", text)
