"""What stands above the cards: the title, and every column with its count where only one is in sight."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from core.day.kanban import Grouping, Sorting
from tui.terminal.wrapping import fit
from tui.words.i18n import N_, _

GROUPS = {
    Grouping.ZONE: N_("by zone"),
    Grouping.UNIT: N_("by unit"),
    Grouping.CATEGORY: N_("by category"),
}
ORDERS = {
    Sorting.NUMBER: N_("sorted by number"),
    Sorting.ZONE: N_("sorted by zone"),
    Sorting.LEVEL: N_("sorted by level"),
}


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
        width = max(10, self.size.width or self.app.size.width)
        lines: list[str] = []
        line = ""
        for text, here in self._parts:
            word = f"[{text}]" if here else f" {text} "
            if line and cell_len(line) + cell_len(word) > width:
                lines.append(line)
                line = ""
            line += word
        self._lines = [*lines, line] if line else lines
        self.styles.height = max(1, len(self._lines))
        self.refresh()

    def on_resize(self) -> None:
        """Break the lines anew."""
        self._lay_out()

    def render_line(self, y: int) -> Strip:
        """One line."""
        text = self._lines[y] if y < len(self._lines) else ""
        return Strip([Segment(fit(text, self.size.width), self.rich_style)])


def ordered(grouping: Grouping, sorting: Sorting) -> list[str]:
    """How cards stand, where that is not as usual."""
    found = [GROUPS.get(grouping, ""), ORDERS.get(sorting, "")]
    return [_(word) for word in found if word]


def fitting(left: Sequence[str], right: Sequence[str], login: str, width: int) -> tuple[str, str]:
    """Both sides of the title, as much as fits: what one is looking at matters most, then what is out of sight."""
    words, others = list(left), [*right, login]
    while len(words) > 1 and cell_len("  ".join((*words, *others))) + 2 > width:
        if len(others) > 1 and others[-1] == login:
            others.pop()
        else:
            words.pop(0)
    return "  ".join(words), "  ".join(others)
