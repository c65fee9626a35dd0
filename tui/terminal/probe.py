"""What the terminal at the other end is like, asked before anything is drawn."""

import os
import re
import select
import sys
import termios
import time
import tty

PATIENCE = 0.25
"""Seconds to wait for a terminal to answer."""
_PLACE = re.compile(rb"\x1b\[(\d+);(\d+)R")
SIXTEEN = ("linux", "xterm", "screen", "vt100", "vt220", "ansi", "cygwin")


def few_colours() -> bool:
    """Whether only sixteen colours are there."""
    if os.environ.get("COLORTERM") in ("truecolor", "24bit"):
        return False
    return os.environ.get("TERM", "") in SIXTEEN


def ambiguous_is_wide() -> bool:
    """Whether ambiguous characters take two cells here: `ZG_AMBIGUOUS`, else the terminal is asked."""
    said = os.environ.get("ZG_AMBIGUOUS")
    if said in ("1", "2"):
        return said == "2"
    return _column_after("—") == 3


def _column_after(text: str) -> int | None:
    """The column the cursor is in behind `text` at the start of a line; None without an answer."""
    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor)
        sys.stderr.write(f"\r{text}\x1b[6n")
        sys.stderr.flush()
        answer = b""
        until = time.monotonic() + PATIENCE
        while (left := until - time.monotonic()) > 0:
            if not select.select([descriptor], [], [], left)[0]:
                break
            answer += os.read(descriptor, 64)
            match = _PLACE.search(answer)
            if match:
                return int(match.group(2))
        return None
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
        termios.tcsetattr(descriptor, termios.TCSANOW, before)
