"""The line opened by `/`: narrows as it is typed, Tab completes, Enter keeps, Esc clears."""

from collections.abc import Sequence

from textual.binding import Binding
from textual.message import Message
from textual.widgets import Input

from core.finding.completion import completions, last_word
from core.town.town import Town
from tui.words.i18n import _


class SearchLine(Input):
    """One line for a query; what it held before is replaced by typing, Tab or → goes on with it."""

    BINDINGS = [
        Binding("escape", "clear", show=False),
        Binding("tab", "complete(1)", show=False),
        Binding("shift+tab", "complete(-1)", show=False),
    ]

    class Typed(Message):
        """The text so far, and what its last word may be meant as."""

        def __init__(self, text: str, offers: Sequence[str] = ()) -> None:
            super().__init__()
            self.text = text
            self.offers = tuple(offers)

    class Kept(Typed):
        """Enter was pressed."""

    class Cleared(Message):
        """Esc was pressed."""

    def __init__(self, text: str, town: Town) -> None:
        super().__init__(
            text,
            placeholder=_("words, unit:城管, zone:Z03, overdue; Tab completes, Esc clears"),
            select_on_focus=True,
        )
        self.cursor_blink = False
        self._town = town
        self._offers: list[str] = []
        self._taken = -1
        self._completing = False

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell what was typed."""
        event.stop()
        if not self._completing:
            self._offers, self._taken = completions(event.value, self._town), -1
        self._completing = False
        left = self._offers[self._taken + 1 :] + self._offers[: max(0, self._taken)]
        self.post_message(self.Typed(event.value, left))

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
        """Tell what is to be kept."""
        event.stop()
        self.post_message(self.Kept(event.value))

    def action_clear(self) -> None:
        """Give the search up."""
        self.post_message(self.Cleared())
