"""A grid of cells with a cursor in it: a heading, names on the left, figures on the right; drawn line by line."""

from collections.abc import Sequence

from msgspec import Struct
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.events import Click, Resize
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.terminal.wrapping import fit, fit_right

NARROWEST = 5
"""Cells of a column at the least; where they do not all fit, those around the cursor are shown."""
SHADES = ("", "cool", "warm", "hot")
"""How grave a cell is; its number says it too."""


class GridCell(Struct, frozen=True):
    """What stands in a cell, and how grave it is, 0 to 3."""

    text: str
    shade: int = 0


class GridRow(Struct, frozen=True):
    """One row: names, cells, what stands behind them."""

    key: int
    names: tuple[str, ...]
    cells: tuple[GridCell, ...]
    tail: tuple[str, ...] = ()


class Layout(Struct, frozen=True):
    """The columns of a grid."""

    names: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()
    """Of the names; 0 takes what is left."""
    heads: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    """A second line under the headings, such as weights."""
    tail: tuple[str, ...] = ()
    tail_widths: tuple[int, ...] = ()
    widest: int = 8
    """Cells of a column at the most."""


class CellGrid(Widget, can_focus=True):
    """Cells to move in."""

    COMPONENT_CLASSES = {
        "grid--head",
        "grid--text",
        "grid--row",
        "grid--focus",
        "grid--cool",
        "grid--warm",
        "grid--hot",
    }

    class Rested(Message):
        """The cursor came to a cell."""

    class Chosen(Message):
        """A cell was chosen with the mouse."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._layout = Layout()
        self._rows: list[GridRow] = []
        self._at = self._column = self._top = 0
        self._in_hand = True

    def take_in_hand(self, in_hand: bool) -> None:  # a property that is set
        """Show the cursor, or show it no longer where another grid beside is moved in."""
        self._in_hand = in_hand
        self.refresh()

    def show(self, layout: Layout, rows: Sequence[GridRow]) -> None:
        """Show rows; only lines that differ are drawn anew."""
        before, here = self._rows, self.key
        same = layout == self._layout and [r.key for r in rows] == [r.key for r in before]
        self._layout, self._rows = layout, list(rows)
        if not same:
            keys = [row.key for row in self._rows]
            self._at = keys.index(here) if here in keys else min(self._at, max(0, len(keys) - 1))
            self._column = min(self._column, max(0, len(layout.heads) - 1))
            self._keep_in_sight()
            self.refresh()
        else:
            for at, (old, new) in enumerate(zip(before, self._rows, strict=True)):
                if old != new:
                    self._redraw(at)
        self.post_message(self.Rested())

    @property
    def key(self) -> int | None:
        """Key of the row under the cursor."""
        return self._rows[self._at].key if self._rows else None

    @property
    def column(self) -> int:
        """Column of the cursor, from 0."""
        return self._column

    def go_to(self, key: int, column: int | None = None) -> None:
        """Put the cursor on a row, and in a column."""
        keys = [row.key for row in self._rows]
        if key in keys:
            across = 0 if column is None else column - self._column
            self.move(across, keys.index(key) - self._at)

    def move(self, across: int, down: int) -> bool:
        """Move by columns and rows; whether there was where to."""
        at = max(0, min(len(self._rows) - 1, self._at + down))
        column = max(0, min(len(self._layout.heads) - 1, self._column + across))
        if (at, column) == (self._at, self._column) or not self._rows:
            return False
        before, window, top = self._at, self._window(), self._top
        self._at, self._column = at, column
        self._keep_in_sight()
        if self._window() != window or self._top != top:
            self.refresh()
        else:
            self._redraw(before)
            self._redraw(at)
        self.post_message(self.Rested())
        return True

    def page(self, step: int) -> None:
        """Move by screenfuls."""
        self.move(0, step * max(1, self._whole - 1))

    @property
    def _first(self) -> int:
        """Lines above the rows."""
        return 2 if self._layout.below else 1

    @property
    def _whole(self) -> int:
        return max(1, self.size.height - self._first)

    def _keep_in_sight(self) -> None:
        if not self.size.height:  # not laid out yet
            return
        if self._at < self._top:
            self._top = self._at
        elif self._at >= self._top + self._whole:
            self._top = self._at - self._whole + 1

    def _redraw(self, at: int) -> None:
        y = at - self._top + self._first
        if self._first <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def _window(self) -> tuple[int, int, int]:
        """The first and last column that fit, and the cells of each."""
        count = max(1, len(self._layout.heads))
        behind = sum(self._layout.tail_widths)
        least = sum(width or 8 for width in self._layout.widths)
        room = max(NARROWEST, self.size.width - behind - least)
        width = max(NARROWEST, min(self._layout.widest, room // count))
        fitting = max(1, room // width)
        if fitting >= count:
            return 0, count, width
        begin = min(max(0, self._column - fitting // 2), count - fitting)
        return begin, begin + fitting, width

    def on_resize(self, event: Resize) -> None:
        """Keep the cursor in sight."""
        self._keep_in_sight()
        self.refresh()

    def on_click(self, event: Click) -> None:
        """Put the cursor on the cell clicked; a second click chooses it."""
        at = event.y - self._first + self._top
        if not 0 <= at < len(self._rows) or event.y < self._first:
            return
        begin, end, width = self._window()
        column = begin + (event.x - sum(self._name_widths())) // width
        column = max(begin, min(end - 1, column))
        if (at, column) == (self._at, self._column):
            self.post_message(self.Chosen())
        self.move(column - self._column, at - self._at)

    def _name_widths(self) -> list[int]:
        """Cells of the names, the one that gives way with what is left."""
        begin, end, width = self._window()
        fixed = sum(self._layout.widths) + (end - begin) * width + sum(self._layout.tail_widths)
        left = max(8, self.size.width - fixed)
        return [wide or left for wide in self._layout.widths]

    def render_line(self, y: int) -> Strip:
        """One line."""
        layout = self._layout
        if y == 0 or (y == 1 and layout.below):
            names = layout.names if y == 0 else ("",) * len(layout.names)
            tail = layout.tail if y == 0 else ("",) * len(layout.tail)
            cells = layout.heads if y == 0 else layout.below
            style = self.get_component_rich_style("grid--head" if y == 0 else "grid--text")
            return self._drawn(names, [(cell, style) for cell in cells], tail, style)
        at = y - self._first + self._top
        if at >= len(self._rows):
            return Strip([Segment(" " * self.size.width, self.rich_style)])
        row, here = self._rows[at], at == self._at and self._in_hand
        plain = self.get_component_rich_style("grid--row" if here else "grid--text")
        styled = [
            (cell.text, self._style(cell, plain, focus=here and number == self._column))
            for number, cell in enumerate(row.cells)
        ]
        return self._drawn(row.names, styled, row.tail, plain)

    def _style(self, cell: GridCell, plain: Style, *, focus: bool) -> Style:
        if focus:
            return self.get_component_rich_style("grid--focus")
        return self.get_component_rich_style(f"grid--{SHADES[cell.shade]}") if cell.shade else plain

    def _drawn(
        self,
        names: Sequence[str],
        cells: Sequence[tuple[str, Style]],
        tail: Sequence[str],
        plain: Style,
    ) -> Strip:
        begin, end, width = self._window()
        lead = "".join(
            fit(f" {name}" if number == 0 else name, max(1, wide - 1)) + " "
            for number, (name, wide) in enumerate(zip(names, self._name_widths(), strict=True))
        )
        parts = [Segment(lead, plain)]
        for text, style in cells[begin:end]:
            parts += [Segment(" ", plain), Segment(fit_right(text, width - 1), style)]
        behind = "".join(
            fit_right(text, wide) for text, wide in zip(tail, self._layout.tail_widths, strict=True)
        )
        drawn = cell_len(lead) + (end - begin) * width
        rest = max(0, self.size.width - drawn)
        parts.append(Segment(fit(behind, rest), plain))
        return Strip(parts)
