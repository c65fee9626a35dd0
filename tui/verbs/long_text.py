"""A text of several lines on a form: it wraps, and Enter goes on as on any other line."""

from textual.events import Key, Paste
from textual.message import Message
from textual.widgets import TextArea

from tui.verbs.entries import FormEntry
from tui.verbs.fields import Field


class Wrapped(TextArea):
    """A paragraph that is typed on; it has no line breaks of its own."""

    class Submitted(Message):
        """Enter was pressed."""

    @property
    def value(self) -> str:
        """What stands on it, as one line."""
        return " ".join(self.text.split("\n"))

    def on_paste(self, event: Paste) -> None:
        """Lines of a paste stand behind each other."""
        event.text = " ".join(event.text.split())

    async def _on_key(self, event: Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted())
            return
        await super()._on_key(event)


class LongText(FormEntry):
    """A labelled paragraph."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.add_class("-long")

    def _input(self) -> Wrapped:
        line = Wrapped(
            self._prefilled,
            compact=True,
            highlight_cursor_line=False,
            placeholder=self.field.hint,
        )
        line.cursor_blink = False
        line.move_cursor(line.document.end)
        return line

    @property
    def line(self) -> Wrapped:
        """What is typed on."""
        return self.query_one(Wrapped)

    @property
    def value(self) -> str:
        """What stands on it, as one line."""
        return self.line.value

    def on_wrapped_submitted(self, event: Wrapped.Submitted) -> None:
        """Enter goes on."""
        event.stop()
        self.post_message(self.Finished())
