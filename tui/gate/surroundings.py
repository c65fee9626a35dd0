"""What a visit runs in: an environment made anew, limits, and lines for whoever runs the machine (docs/gate.md 4)."""

import io
import os
import re
import resource
import select
import sys
import syslog
from collections.abc import Mapping

from core.errors import RuleError

PATH = "/usr/local/bin:/usr/bin:/bin"
_TERM = re.compile(r"[a-z0-9.+-]{1,32}")
_LANGUAGE = re.compile(r"[A-Za-z_.@0-9-]{1,32}")
_COLOURS = ("truecolor", "24bit")
STALLED = 60.0
"""Seconds without a byte after which standard input is given up."""
MOST_SENT = 51 << 20
"""Bytes on standard input; a file may have 50 MB."""
CPU_SECONDS = 600
"""Of a command; a board has no such limit."""


def surroundings(given: Mapping[str, str]) -> dict[str, str]:
    """The environment of a visit: nothing of what was sent but a terminal's name and a language, if they are such."""
    made = {"PATH": PATH, "HOME": "/nonexistent"}
    if _TERM.fullmatch(given.get("TERM", "")):
        made["TERM"] = given["TERM"]
    for name in ("LANG", "LC_ALL", "LC_CTYPE"):
        if _LANGUAGE.fullmatch(given.get(name, "")):
            made[name] = given[name]
    if given.get("COLORTERM") in _COLOURS:
        made["COLORTERM"] = given["COLORTERM"]
    return made


def enter(given: Mapping[str, str], *, board: bool) -> None:
    """Leave behind what came with the login."""
    kept = surroundings(given)
    os.environ.clear()
    os.environ.update(kept)
    os.umask(0o077)
    os.chdir("/")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not board:
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 5))
        sys.stdin = io.TextIOWrapper(io.BufferedReader(Patient()), encoding="utf-8")


class Patient(io.RawIOBase):
    """Standard input that is waited for, and not for ever."""

    def __init__(self) -> None:
        super().__init__()
        self._read = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def fileno(self) -> int:
        """That of standard input."""
        return 0

    def isatty(self) -> bool:
        """Whether somebody types."""
        return os.isatty(0)

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Some bytes. Raises `RuleError`: `stdin_stalled`, `too_much_sent`."""
        if not os.isatty(0) and not select.select([0], [], [], STALLED)[0]:
            raise RuleError("stdin_stalled", count=int(STALLED))
        data = os.read(0, len(buffer))
        self._read += len(data)
        if self._read > MOST_SENT:
            raise RuleError("too_much_sent", limit=MOST_SENT >> 20)
        buffer[: len(data)] = data
        return len(data)


def note_session(person: str, fingerprint: str, address: str, word: str, code: int) -> None:
    """A line a session for the machine's own log."""
    syslog.openlog("zg-gate", 0, syslog.LOG_AUTH)
    syslog.syslog(syslog.LOG_INFO, f"{person} {fingerprint} {address} {word} {code}")
