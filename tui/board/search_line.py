"""The line opened by `/`: narrows as it is typed, Tab completes, Enter keeps, Esc clears."""

from textual.binding import Binding
from textual.widgets import Input

from core.finding.completion import completions, last_word
from core.town.town import Town
from tui.board.narrowing import Narrowing
from tui.frame.key_bar import KeyBar
from tui.words.i18n import _


class SearchLine(Input):
    """One line for a query; what it held before is replaced by typing, Tab or → goes on with it."""

    BINDINGS = [
        Binding("escape", "clear", show=False),
        Binding("tab", "complete(1)", show=False),
        Binding("shift+tab", "complete(-1)", show=False),
    ]

    def __init__(self, narrowing: Narrowing, town: Town, bar: KeyBar) -> None:
        """`bar` shows what the last word may be meant as."""
        super().__init__(
            narrowing.query,
            placeholder=_("words, unit:城管, zone:Z03, overdue; Tab completes, Esc clears"),
            select_on_focus=True,
        )
        self.cursor_blink = False
        self._narrowing = narrowing
        self._town = town
        self._bar = bar
        self._offers: list[str] = []
        self._taken = -1
        self._completing = False

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow as it is typed; an unfinished term waits."""
        event.stop()
        if not self._completing:
            self._offers, self._taken = completions(event.value, self._town), -1
        self._completing = False
        left = self._offers[self._taken + 1 :] + self._offers[: max(0, self._taken)]
        self._bar.offer(left)
        self._narrowing.typed(event.value)

    def action_complete(self, step: int) -> None:
        """Put the next term in place of the last word."""
        if not self._offers:
            return
        word = last_word(self.value)
        self._taken = (self._taken + step) % len(self._offers) if self._taken >= 0 else 0
        completed = self.value[: len(self.value) - len(word)] + self._offers[self._taken]
        self._completing = completed != self.value
        self.value = completed
        self.cursor_position = len(self.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the search, or say what is wrong with it."""
        event.stop()
        fault = self._narrowing.fault(event.value)
        if fault:
            self._bar.say(fault, warning=True)
            return
        self._close()
        if self._narrowing.query and not self._narrowing.finds:
            self._bar.say(_("Nothing is found; Esc shows all again."), warning=True)

    def action_clear(self) -> None:
        """Give the search up."""
        self._close()
        self._narrowing.to("")

    def _close(self) -> None:
        self._bar.offer(())
        self.screen.set_focus(None)
        self.remove()
