"""The last line: keys that do something here and now, or what just happened."""

from collections.abc import Sequence

from rich.segment import Segment
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from tui.frame.key import Key, fitting
from tui.terminal.display import shown
from tui.terminal.wrapping import fit, wrap

SHORT, LONG = 4.0, 12.0
"""Seconds a note and a warning are shown."""
TALLEST = 8
"""Lines a sentence may take: what a refusal names is read whole."""


class KeyBar(Widget):
    """Keys and what they do; those that are refused now are left out."""

    COMPONENT_CLASSES = {"keys--key", "keys--text", "keys--note", "keys--warning"}

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[Key, ...] = ()
        self._said = ""
        self._lines: list[str] = []
        """The sentence as it is broken."""
        self._warning = False
        self._ends: Timer | None = None
        self._offers: tuple[str, ...] = ()

    def say(self, text: str, *, warning: bool = False) -> None:
        """Show a sentence in place of the keys, for a while or until `hush`."""
        self._said, self._warning = text, warning
        self._lay_out()
        if self._ends is not None:
            self._ends.stop()
        self._ends = self.set_timer(LONG if warning else SHORT, self.hush)
        self.refresh()

    @property
    def says(self) -> bool:
        """Whether a sentence stands in place of the keys."""
        return bool(self._said)

    def hush(self) -> None:
        """Show the keys again."""
        if self._said:
            self._said = ""
            self._lay_out()
            self.refresh()

    def on_resize(self) -> None:
        """Break the sentence anew."""
        self._lay_out()

    def _lay_out(self) -> None:
        width = max(1, (self.size.width or self.app.size.width) - 2)
        self._lines = wrap(self._said, width, TALLEST) if self._said else []
        height = max(1, len(self._lines))
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height

    def offer(self, offers: Sequence[str]) -> None:
        """Show what Tab would complete, in place of the keys; nothing shows the keys again."""
        if tuple(offers) != self._offers:
            self._offers = tuple(offers)
            self.refresh()

    def show(self, keys: Sequence[Key]) -> None:
        """Show these keys, as many as fit."""
        if tuple(keys) != self._keys:
            self._keys = tuple(keys)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line."""
        if self._said:
            name = "keys--warning" if self._warning else "keys--note"
            style = self.get_component_rich_style(name)
            line = self._lines[y] if y < len(self._lines) else ""
            return Strip([Segment(fit(" " + line, self.size.width), style)])
        if self._offers:
            style = self.get_component_rich_style("keys--text")
            said = f" Tab: {'  '.join(shown(offer) for offer in self._offers)}"
            return Strip([Segment(fit(said, self.size.width), style)])
        key_style = self.get_component_rich_style("keys--key")
        text_style = self.get_component_rich_style("keys--text")
        styles = {"key": key_style, "text": text_style}
        runs = fitting(self._keys, self.size.width)
        return Strip([Segment(text, styles[name]) for text, name in runs])
