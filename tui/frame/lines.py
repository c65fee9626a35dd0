"""Texts drawn line by line: the title, the key bar, a page that scrolls, a list of rows."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.events import Click, MouseScrollDown, MouseScrollUp, Resize
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.terminal.wrapping import fit, spread, wrap

NARROW = 12
"""Cells below which the name of a row gets a line of its own."""


class TitleBar(Widget):
    """One line: something left, something right."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._left = self._right = ""

    def say(self, left: str, right: str = "") -> None:
        """Show these texts."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.refresh()

    def put_right(self, right: str) -> None:
        """Show something else on the right."""
        self.say(self._left, right)

    def render_line(self, y: int) -> Strip:
        """The line."""
        width = self.size.width
        text = spread(" " + self._left, self._right + " ", width) if y == 0 else " " * width
        return Strip([Segment(text, self.rich_style)])


class Page(Widget, can_focus=True):
    """Paragraphs, broken by Chinese rules, with a head line for each; scrolls."""

    COMPONENT_CLASSES = {"page--head", "page--text"}

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._paragraphs: tuple[tuple[str, str], ...] = ()
        self._lines: list[tuple[str, str]] = []
        self._top = 0

    def show(self, paragraphs: Sequence[tuple[str, str]], *, keep_place: bool = False) -> None:
        """Show paragraphs of a class, `head` or `text`, each."""
        if tuple(paragraphs) == self._paragraphs:
            return
        before, top = self._lines, self._top
        self._paragraphs = tuple(paragraphs)
        self._lay_out()
        self._top = min(self._top, self._last_top) if keep_place else 0
        if self._top != top:
            self.refresh()
            return
        for y in range(self.content_size.height):
            if _at(before, y + top) != _at(self._lines, y + top):
                self.refresh(Region(0, y, self.size.width, 1).translate(self.gutter.top_left))

    @property
    def text(self) -> str:
        """Everything it says."""
        return "\n".join(text for _kind, text in self._paragraphs)

    def _lay_out(self) -> None:
        width = max(4, self.content_size.width - 1)
        self._lines = [
            (kind, line) for kind, text in self._paragraphs for line in wrap(text, width)
        ]

    @property
    def _last_top(self) -> int:
        return max(0, len(self._lines) - self.content_size.height)

    def scroll_lines(self, step: int) -> None:
        """Scroll by lines."""
        top = max(0, min(self._last_top, self._top + step))
        if top != self._top:
            self._top = top
            self.refresh()

    def scroll_to_line(self, paragraph: int) -> None:
        """Bring a paragraph into sight."""
        width = max(4, self.content_size.width - 1)
        before = sum(len(wrap(text, width)) for _kind, text in self._paragraphs[:paragraph])
        lines = len(wrap(self._paragraphs[paragraph][1], width))
        height = max(1, self.content_size.height)
        top = min(before, max(self._top, before + lines - height))
        self.scroll_lines(top - self._top)

    def scroll_pages(self, step: int) -> None:
        """Scroll by screenfuls."""
        self.scroll_lines(step * max(1, self.content_size.height - 1))

    def on_resize(self, event: Resize) -> None:
        """Break the lines anew."""
        self._lay_out()
        self._top = min(self._top, self._last_top)
        self.refresh()

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """The wheel scrolls."""
        self.scroll_lines(3)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """The wheel scrolls."""
        self.scroll_lines(-3)

    def render_line(self, y: int) -> Strip:
        """One line."""
        width = self.content_size.width
        at = y + self._top
        if at >= len(self._lines):
            return Strip([Segment(" " * width, self.rich_style)])
        kind, text = self._lines[at]
        return Strip([Segment(fit(text, width), self.get_component_rich_style(f"page--{kind}"))])


def _at(lines: Sequence[tuple[str, str]], number: int) -> tuple[str, str]:
    return lines[number] if number < len(lines) else ("", "")


class RowList(Widget, can_focus=True):
    """Rows of cells under headings with a cursor; of any length."""

    COMPONENT_CLASSES = {"rows--head", "rows--text", "rows--focus"}

    class Rested(Message):
        """The cursor came to a row."""

        def __init__(self, key: int | None) -> None:
            super().__init__()
            self.key = key

    class Chosen(Message):
        """A row was chosen with the mouse."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._heads: tuple[str, ...] = ()
        self._widths: tuple[int, ...] = ()
        self._rows: list[tuple[int, tuple[str, ...]]] = []
        self._at = self._top = 0

    def show(
        self,
        heads: Sequence[str],
        widths: Sequence[int],
        rows: Sequence[tuple[int, tuple[str, ...]]],
    ) -> None:
        """Show rows by id; a width of 0 takes what is left, a negative one is flush right."""
        here = self.cursor
        self._heads, self._widths = tuple(heads), tuple(widths)
        self._rows = list(rows)
        keys = [key for key, _cells in self._rows]
        self._at = keys.index(here) if here in keys else min(self._at, max(0, len(keys) - 1))
        self._keep_in_sight()
        self.refresh()
        self.post_message(self.Rested(self.cursor))

    @property
    def cursor(self) -> int | None:
        """Id of the row under the cursor."""
        return self._rows[self._at][0] if self._rows else None

    @property
    def place(self) -> str:
        """Which row of how many, where they do not all fit."""
        return f"{self._at + 1}/{len(self._rows)}" if len(self._rows) > self._whole else ""

    def go_to(self, key: int) -> None:
        """Put the cursor on a row."""
        keys = [row for row, _cells in self._rows]
        if key in keys:
            self.move(keys.index(key) - self._at)

    def move(self, step: int) -> None:
        """Move by rows."""
        at = max(0, min(len(self._rows) - 1, self._at + step))
        if at == self._at or not self._rows:
            return
        before, top = self._at, self._top
        self._at = at
        self._keep_in_sight()
        if self._top != top:
            self.refresh()
        else:
            for row in (before, at):
                tall = self._tall
                self.refresh(Region(0, (row - self._top) * tall + 1, self.size.width, tall))
        self.post_message(self.Rested(self.cursor))

    def page(self, step: int) -> None:
        """Move by screenfuls."""
        self.move(step * max(1, self._whole - 1))

    @property
    def _tall(self) -> int:
        """Lines of a row: two where its numbers and names would not fit beside each other."""
        width = self.size.width
        fixed = sum(abs(w) + 2 for w in self._widths if w)
        return 2 if self._rows and 0 in self._widths and width - fixed - 2 < NARROW else 1

    @property
    def _second(self) -> int:
        """The column with which the second line of a tall row begins."""
        name = self._widths.index(0) if 0 in self._widths else len(self._widths)
        return name + 1 if name < 2 else name

    @property
    def _whole(self) -> int:
        """Rows that are whole on the screen, behind the heading."""
        return max(1, (self.size.height - 1) // self._tall)

    def _keep_in_sight(self) -> None:
        if not self.size.height:  # not laid out yet
            return
        height = self._whole
        if self._at < self._top:
            self._top = max(0, self._at - height + 1)
        elif self._at >= self._top + height:
            self._top = min(self._at, len(self._rows) - height)

    def on_resize(self, event: Resize) -> None:
        """Keep the cursor in sight."""
        self._keep_in_sight()
        self.refresh()

    def on_click(self, event: Click) -> None:
        """Put the cursor on the row clicked; a second click chooses it."""
        at = (event.y - 1) // self._tall + self._top
        if 0 <= at < len(self._rows) and event.y:
            if at == self._at:
                self.post_message(self.Chosen())
            self.move(at - self._at)

    def _line(self, cells: Sequence[str], style: Style, part: int = 0) -> Strip:
        """A line of a row: all of it, or of a tall one the names (0) or the rest (1)."""
        width = self.size.width
        tall = self._tall > 1
        fixed = sum(abs(w) + 2 for w in self._widths if w)
        text = "  " if part else ""
        for at, (cell, wide) in enumerate(zip(cells, self._widths, strict=True)):
            if tall and (at >= self._second) != bool(part):
                continue
            if tall:
                text += f"{cell.strip()}  " if cell.strip() else ""
            elif wide < 0:
                text += " " * max(0, -wide - cell_len(cell)) + cell + "  "
            else:
                text += fit(cell, wide or max(4, width - fixed - 2)) + "  "
        return Strip([Segment(fit(" " + text.rstrip(), width), style)])

    def render_line(self, y: int) -> Strip:
        """One line."""
        if y == 0:
            style = self.get_component_rich_style("rows--head")
            if self._tall > 1:
                first, second = self._heads[: self._second], self._heads[self._second :]
                text = " / ".join("  ".join(filter(None, part)) for part in (first, second))
                return Strip([Segment(fit(" " + text, self.size.width), style)])
            return self._line(self._heads, style)
        row, part = divmod(y - 1, self._tall)
        at = row + self._top
        if at >= len(self._rows):
            return Strip([Segment(" " * self.size.width, self.rich_style)])
        name = "rows--focus" if at == self._at else "rows--text"
        return self._line(self._rows[at][1], self.get_component_rich_style(name), part)
