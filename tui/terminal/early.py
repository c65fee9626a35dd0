"""The first frame before Textual is loaded: painted into the alternate screen, on a terminal that keeps what is typed.

Textual takes the screen over as it stands (`tui.terminal.driver`); whatever fails here leaves it to Textual.
"""

import os
import signal
import sys
import termios
from collections.abc import Mapping, Sequence
from contextlib import suppress

from tui.terminal.probe import colours
from tui.terminal.shades import SHADES

ENTERING = "\x1b[?1049h"
IN, OUT = f"{ENTERING}\x1b[?25l", "\x1b[?1049l\x1b[?25h"
AMBIGUOUS = "—"
"""A character that takes two cells where ambiguous ones do."""
ASKED = "\x1b[6n"
"""Where the cursor is."""


class Alternate:
    """The alternate screen of this process."""

    entered = False
    """Whether it is in sight already, and Textual is not to enter it again."""
    ask = False
    """Whether the terminal is still to be asked how wide ambiguous characters are; nobody waits for its answer."""


class EarlyScreen:
    """A terminal from the first frame to the end, when it is as it was."""

    def __init__(self) -> None:
        self._keys = sys.stdin.fileno()
        self._screen = sys.__stderr__.fileno() if sys.__stderr__ else 2
        self._before = termios.tcgetattr(self._keys)

    def paint(
        self, rows: Sequence[Sequence[tuple[str, str]]], environment: Mapping[str, str]
    ) -> None:
        """Show rows of runs. Raises `OSError`, `termios.error`."""
        shades = SHADES.get(colours(environment))
        if shades is None:
            return
        data = painted(rows, shades).encode("utf-8", "replace")
        flags = termios.tcgetattr(self._keys)
        flags[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
        flags[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
        flags[6][termios.VMIN] = 1
        # as Textual has it; nothing that was typed is lost
        termios.tcsetattr(self._keys, termios.TCSANOW, flags)
        for number in (signal.SIGTERM, signal.SIGHUP):  # until the app has handlers of its own
            signal.signal(number, _end)
        Alternate.entered = True
        while data:
            data = data[os.write(self._screen, data) :]

    def leave(self) -> None:
        """Back to how the terminal was before."""
        with suppress(OSError, termios.error):  # the terminal may be gone
            if Alternate.entered:
                Alternate.entered = False
                os.write(self._screen, OUT.encode())
            termios.tcsetattr(self._keys, termios.TCSANOW, self._before)


def _end(_number: int, _frame: object) -> None:
    """The line broke, or somebody ends the program: the terminal is put back on the way out."""
    raise SystemExit(0)


def painted(rows: Sequence[Sequence[tuple[str, str]]], shades: Mapping[str, str]) -> str:
    """What is written for a frame."""
    parts = [IN, asked(len(rows))]
    for y, row in enumerate(rows, start=1):
        parts.append(f"\x1b[{y};1H")
        parts += [f"\x1b[{shades[name]}m{text}\x1b[0m" for text, name in row]
    return "".join(parts)


def asked(height: int) -> str:
    """The question how wide ambiguous characters are, on the last line, which is painted over; nothing the second time."""
    ask, Alternate.ask = Alternate.ask, False
    return f"\x1b[{height};1H{AMBIGUOUS}{ASKED}" if ask else ""
