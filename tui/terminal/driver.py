"""The terminal driver: Textual's own, mended where terminals in offices break it.

No hover reports (they would cost a slow line hundreds of kilobytes a second), bytes that are not
UTF-8 do not end the program, Esc answers at once. Leans on private names of Textual 8.
"""

import os
import selectors
import signal
import sys
from codecs import getincrementaldecoder
from typing import Any

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key
from textual.message import Message

from tui.terminal.early import ENTERING, Alternate, asked

QUICK, SLOW = 0.02, 0.5
"""Seconds between two looks at whether a lone Esc was the Esc key: while one may be on its way,
and while nothing is typed."""
REPLACEMENT = "\ufffd"


def entered(event: Message) -> Message:
    """A key; a line feed is Enter, which the terminal makes of it until the board has taken over."""
    if isinstance(event, Key) and event.key == "ctrl+j":
        return Key("enter", "\r")
    return event


class NotUtf8(Message):
    """The terminal sent bytes that are not UTF-8."""


class OfficeDriver(LinuxDriver):
    """`LinuxDriver` for slow lines and old terminals."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """The screen is drawn on a descriptor of its own: a library that is silenced on stderr for
        a moment (`store.ledgers.coming_in.grids`) silences nothing else."""
        super().__init__(*args, **options)
        own = os.dup(sys.__stderr__.fileno() if sys.__stderr__ else 2)
        self._file = os.fdopen(own, "w", encoding="utf-8", errors="replace", newline="")

    def write(self, data: str) -> None:
        """Write; the alternate screen that the first frame stands in is not entered again."""
        if data != ENTERING or not Alternate.entered:
            super().write(data)

    def start_application_mode(self) -> None:
        """Begin, and ask what the first frame has not asked."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self.write(asked(self._get_terminal_size()[1]))

    def stop_application_mode(self) -> None:
        """Leave the alternate screen, whoever entered it."""
        super().stop_application_mode()
        Alternate.entered = False

    def _enable_mouse_support(self) -> None:
        """Clicks and drags, but no reports of a mouse that only moves."""
        if not self._mouse:
            return
        for mode in ("1000", "1002", "1006"):
            self.write(f"\x1b[?{mode}h")
        self.flush()

    def turn_mouse(self) -> bool:
        """Give the mouse to the terminal or take it back; whether it is ours now."""
        if self._mouse:
            self._disable_mouse_support()
        self._mouse = not self._mouse
        self._enable_mouse_support()
        return self._mouse

    def run_input_thread(self) -> None:
        """Read keys, forgiving what is not UTF-8."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        selector = selectors.SelectSelector()
        selector.register(self.fileno, selectors.EVENT_READ)
        try:
            quick = 0
            while not self.exit_event.is_set():
                quick -= 1
                if selector.select(QUICK if quick > 0 else SLOW):
                    quick = int(SLOW / QUICK)
                    try:
                        raw = os.read(self.fileno, 4096)
                    except OSError:
                        raw = b""
                    if not raw:  # the terminal is gone, with or without a hang-up
                        os.kill(os.getpid(), signal.SIGHUP)
                        break
                    data = decode(raw)
                    if REPLACEMENT in data:
                        self.send_message(NotUtf8())
                        data = data.replace(REPLACEMENT, "")
                    if data:
                        for event in parser.feed(data):
                            self.process_message(entered(event))
                for event in parser.tick():
                    self.process_message(event)
        finally:
            selector.close()
            try:
                for _event in parser.feed(""):
                    pass
            except (EOFError, ParseError):
                pass
