"""The line opened by `/`: narrows as it is typed, Enter keeps, Esc clears."""

from textual.binding import Binding
from textual.message import Message
from textual.widgets import Input

from tui.i18n import _


class SearchLine(Input):
    """One line for a query."""

    BINDINGS = [Binding("escape", "clear", show=False)]

    class Typed(Message):
        """The text so far."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Kept(Typed):
        """Enter was pressed."""

    class Cleared(Message):
        """Esc was pressed."""

    def __init__(self, text: str) -> None:
        super().__init__(
            text,
            placeholder=_("words, unit:城管, zone:Z03, overdue; Enter keeps, Esc clears"),
            select_on_focus=False,
        )
        self.cursor_blink = False

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell what was typed."""
        event.stop()
        self.post_message(self.Typed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Tell what is to be kept."""
        event.stop()
        self.post_message(self.Kept(event.value))

    def action_clear(self) -> None:
        """Give the search up."""
        self.post_message(self.Cleared())
