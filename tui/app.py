"""The app: holds the session, passes its messages to the places that show them."""

import asyncio
import gc
import signal
import time
from collections.abc import Callable, Iterable
from typing import Any

from textual.app import App, SystemCommand
from textual.dom import DOMNode
from textual.events import CursorPosition, Event, InputEvent, Key
from textual.screen import Screen

from tui.board.screen import BoardScreen
from tui.exit_codes import ExitCode
from tui.messages import (
    ClosedRead,
    Committed,
    Died,
    Failed,
    GivenUp,
    HistoryRead,
    Refused,
    Reloaded,
    Warned,
)
from tui.places.place import Place
from tui.session.session import Session
from tui.session.unfinished import kept
from tui.terminal.display import draw_plain, is_plain
from tui.terminal.driver import NotUtf8, OfficeDriver
from tui.words import i18n
from tui.words.i18n import _
from tui.words.texts import sentence

THEMES = ("textual-dark", "textual-light", "ansi-dark", "ansi-light")
"""Dark and light, in pairs: for terminals of many colours, and of sixteen."""
LONGEST_KEY = 0.2
"""Seconds after which the next key is looked at all the same."""
WIDE_BEHIND = 2
"""Column, from 0, behind an ambiguous character that is wide."""
IDLE_LOOK = 60.0
"""Seconds between two looks at whether anybody is there."""
LONGEST_OPENING = 2.0
"""Seconds after which keys are no longer held back for a screen that is being opened."""


class ZhenggaiApp(App[None]):
    """The board and what opens over it."""

    CSS_PATH = "styles/board.tcss"
    ENABLE_COMMAND_PALETTE = False
    TITLE = "整改"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-high")]  # as Textual has it

    def __init__(
        self,
        session: Session,
        *,
        few_colours: bool = False,
        idle: float = 0.0,
        measured: Callable[[bool], None] | None = None,
    ) -> None:
        """`idle` are the seconds after which a board that nobody touches ends, 0 for never; `measured` is told whether
        ambiguous characters turn out to be wide."""
        super().__init__(driver_class=OfficeDriver)
        self._idle, self._touched = idle, time.monotonic()
        self._told_width = measured
        self._drawn_plain, self._begun = is_plain(), False
        self._session = session
        self._board = BoardScreen(session)
        self.fault: BaseException | None = None
        self.left_at: dict[str, int] = {}
        """The row one was on in each place."""
        self._gone = False
        self._bound_for: str | None = None
        """What of the board opens the place that has just been chosen."""
        self.animation_level = "none"
        if few_colours:
            self.theme = "ansi-dark"

    def get_default_screen(self) -> Screen[None]:
        """The board."""
        return self._board

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """None of Textual's own: they write files and speak English."""
        return ()

    async def on_event(self, event: Event) -> None:
        """Let a key be dealt with whole before the next one is looked at.

        On a slow line keys arrive in bursts. Textual sends a key down to the focused line and
        lets it come up again, while the next one is already on its way down; a letter typed
        behind Tab or Enter would reach the line that the focus is about to leave.
        """
        if isinstance(event, CursorPosition):
            self._measured(wide=event.x == WIDE_BEHIND)
            return
        if isinstance(event, InputEvent):
            self._touched = time.monotonic()
        if self._gone and isinstance(event, Key):
            return
        if not isinstance(event, Key) or event.is_forwarded or not self._running:
            await super().on_event(event)
            return
        target = self.focused or self.screen
        typed = self.focused is not None and event.is_printable
        screen = self.screen
        if typed or not await self._check_bindings(event.key):
            await super().on_event(event)
        await self._settled(target)
        if self._bound_for is not None:
            await self._arrive()
        if self.screen is not screen:
            await self._opened(self.screen)

    def _measured(self, *, wide: bool) -> None:
        """The terminal says how wide it draws what is ambiguous."""
        told, self._told_width = self._told_width, None
        if told is None:
            return
        told(wide)
        draw_plain(wide)
        if self._begun:
            self._redraw_plain()

    def _redraw_plain(self) -> None:
        """Draw anew where look-alikes are shown now, or no longer."""
        if is_plain() != self._drawn_plain:
            self._drawn_plain = is_plain()
            self.action_reword()

    async def _opened(self, screen: Screen[Any]) -> None:
        """Wait until a screen that a key has opened can take the next one."""
        loop = asyncio.get_running_loop()
        until = loop.time() + LONGEST_OPENING
        while not screen.is_mounted and loop.time() < until:  # noqa: ASYNC110  # tells nobody
            await asyncio.sleep(0.002)
        await self._settled(screen)

    async def _settled(self, node: DOMNode) -> None:
        """Wait until a widget and those around it have done what they were told."""
        for pump in node.ancestors_with_self:
            if pump is self or not pump.is_running:
                return
            done = asyncio.Event()
            pump.call_later(done.set)
            try:
                await asyncio.wait_for(done.wait(), LONGEST_KEY)
            except TimeoutError:
                return

    def on_mount(self) -> None:
        """Follow the store; end well when the line breaks."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGHUP, signal.SIGTERM):
            loop.add_signal_handler(number, self._leave)
        self.call_after_refresh(self._begin)
        if self._idle:
            self.set_interval(min(IDLE_LOOK, self._idle), self._end_if_idle)

    def _begin(self) -> None:
        """Behind the first frame: follow the store, and collect garbage from here on."""
        gc.freeze()
        gc.enable()
        self._session.start(self.post_message)
        self._begun = True
        self._redraw_plain()
        left = kept(self._session.store, self._session.now)
        if left is not None:
            from tui.board.left_off import offer

            offer(self._board, self._board.verbs, left, lambda: self.quiet_for)

    @property
    def quiet_for(self) -> float:
        """Seconds since somebody touched it last."""
        return time.monotonic() - self._touched

    def _leave(self, message: str | None = None) -> None:
        """The line broke: what is half typed is kept for the next login, and nothing else is lost."""
        from tui.board.left_off import keep_dialog

        keep_dialog(self._session, self.screen)
        self.exit(message=message)

    def _end_if_idle(self) -> None:
        """Nobody has touched it for long: it ends as when the line breaks, and says why."""
        if self.quiet_for >= self._idle:
            self._leave(_("Nobody touched the board for long; it was closed. Nothing is lost."))

    def exit(self, *args: Any, **kwargs: Any) -> None:
        """End; keys that are still on their way open nothing any more."""
        self._gone = True
        super().exit(*args, **kwargs)

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """No browser is opened from a terminal on a server."""

    def action_help_quit(self) -> None:
        """Ctrl+C is what people press to get out: say which key does."""
        self._places[-1].tell(_("q leaves, Esc goes back."), warning=True)

    def action_language(self) -> None:
        """中文 / English, while running."""
        i18n.use(i18n.ENGLISH if i18n.language() == i18n.CHINESE else i18n.CHINESE)
        self.action_reword()

    def action_reword(self) -> None:
        """Say everything again: in another language, or on another day."""
        for place in self._places:
            place.reworded()

    def go(self, action: str) -> None:
        """Leave whatever is open over the board, and do there what opens a place; before the next key is looked at."""
        self._bound_for = action
        self.call_later(self._arrive)

    async def _arrive(self) -> None:
        action, self._bound_for = self._bound_for, None
        if action is None:
            return
        while self.screen is not self._board:
            await self.pop_screen()
        await self._board.run_action(action)

    def action_theme(self) -> None:
        """Dark or light."""
        here = THEMES.index(self.theme) if self.theme in THEMES else 0
        self.theme = THEMES[here ^ 1]

    def action_mouse(self) -> None:
        """Give the mouse to the terminal, so that text can be selected, or take it back."""
        driver = self._driver
        if isinstance(driver, OfficeDriver):
            text = _("Mouse on.") if driver.turn_mouse() else _("Mouse off: select text as usual.")
            self._places[-1].tell(text)

    @property
    def _places(self) -> list[Place[Any]]:
        """The board first, then what is open over it."""
        return [screen for screen in self.screen_stack if isinstance(screen, Place)]

    def on_committed(self, message: Committed) -> None:
        """Something was saved."""
        for place in self._places:
            place.bring(message, in_front=place is self._places[-1])

    def on_closed_read(self, message: ClosedRead) -> None:
        """Closed items are there."""
        self._board.take_closed(message)
        for place in self._places[1:]:
            place.reworded()

    def on_reloaded(self, message: Reloaded) -> None:
        """The store was read anew."""
        for place in self._places:
            place.take_anew(message)

    def on_history_read(self, message: HistoryRead) -> None:
        """A history is there."""
        for place in self._places:
            place.take_history(message)

    def on_refused(self, message: Refused) -> None:
        """A wish was refused."""
        for place in self._places:
            place.refused(message)

    def on_given_up(self, message: GivenUp) -> None:
        """A wish that could not be saved is given up."""
        for place in self._places:
            place.given_up(message)

    def on_warned(self, message: Warned) -> None:
        """Something of the store is not as it should be."""
        self.notify(sentence(message.code, {"path": str(self._session.path)}), markup=False)

    def on_failed(self, message: Failed) -> None:
        """The store can no longer be followed, or can again."""
        self._board.failed(message)

    def on_died(self, message: Died) -> None:
        """The thread that saves has ended: so does the board, with a report."""
        self._handle_exception(message.error or RuntimeError("the store thread ended"))

    def _handle_exception(self, error: BaseException) -> None:
        """End without showing values on the terminal; whoever runs the app writes the report."""
        self.fault = self.fault or error
        self._return_code = ExitCode.FAULT
        if self._exception is None and isinstance(error, Exception):
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()

    def on_not_utf8(self, message: NotUtf8) -> None:
        """The terminal sends another encoding."""
        self.notify(sentence("not_utf8", {}), severity="warning", markup=False, timeout=15)
