"""Every column with its count, where only one is in sight."""

from collections.abc import Sequence

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from tui.board.drawn.margins import strip_lines
from tui.terminal.wrapping import fit


class ColumnStrip(Widget):
    """Names and counts on as many lines as they need; the one the cursor is in stands in brackets."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[str] = []
        self._parts: tuple[tuple[str, bool], ...] = ()

    def show(self, parts: Sequence[tuple[str, bool]]) -> None:
        """Show these columns."""
        if tuple(parts) != self._parts:
            self._parts = tuple(parts)
            self._lay_out()

    def _lay_out(self) -> None:
        self._lines = strip_lines(self._parts, max(10, self.size.width or self.app.size.width))
        self.styles.height = max(1, len(self._lines))
        self.refresh()

    def on_resize(self) -> None:
        """Break the lines anew."""
        self._lay_out()

    def render_line(self, y: int) -> Strip:
        """One line."""
        text = self._lines[y] if y < len(self._lines) else ""
        return Strip([Segment(fit(text, self.size.width), self.rich_style)])
