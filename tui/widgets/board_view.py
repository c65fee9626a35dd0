"""The board: columns of cards drawn line by line, so that cost never grows with their number."""

from collections.abc import Iterable, Mapping
from datetime import date

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.events import Click, MouseScrollDown, MouseScrollUp, Resize
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from core.kanban import Column
from core.model import Item
from tui import cards
from tui.cards import Names
from tui.i18n import _
from tui.lanes import Lane, Row
from tui.texts import state_name
from tui.wrapping import fit

GAP = 2
NARROWEST = 22
HEAD = 1


class BoardView(Widget, can_focus=True):
    """Shows columns, moves a cursor over their cards, tells where it rests."""

    COMPONENT_CLASSES = {
        "board--head",
        "board--head-here",
        "board--number",
        "board--late",
        "board--soon",
        "board--text",
        "board--focus",
        "board--group",
        "board--marked",
    }

    class Rested(Message):
        """The cursor came to a card, or to none."""

        def __init__(self, key: int | None) -> None:
            super().__init__()
            self.key = key

    class Opened(Message):
        """A card was chosen with the mouse."""

    def __init__(self) -> None:
        super().__init__()
        self._lanes: list[Lane] = []
        self._items: Mapping[int, Item] = {}
        self._names = Names({})
        self._today = date.min
        self._marks: frozenset[int] = frozenset()
        self._at = 0
        self._first = 0
        self._slots: dict[int, tuple[int, int]] = {}
        self._styles_by_name: dict[str, Style] = {}

    def show(
        self, columns: Iterable[Column], items: Mapping[int, Item], names: Names, today: date
    ) -> None:
        """Show these columns; the cursor stays on its card, or near where it was."""
        here = self.cursor
        kept = [(lane.top, lane.at) for lane in self._lanes]
        self._items, self._names, self._today = items, names, today
        self._lanes = [Lane(column, self._body_height) for column in columns]
        for lane, (top, at) in zip(self._lanes, kept, strict=False):
            lane.restore(top, at)
        if here is not None:
            self._follow(here)
        elif not kept:
            self._at = next((n for n, lane in enumerate(self._lanes) if lane.cards), 0)
        self._show_column()
        self.refresh()
        self.post_message(self.Rested(self.cursor))

    def _follow(self, key: int) -> None:
        """Stay on a card in the column the cursor is in; elsewhere the place is kept."""
        lane = self._lanes[self._at]
        if key in lane.index:
            lane.go(lane.index[key])

    def touch(self, keys: Iterable[int]) -> None:
        """Redraw cards whose place has not changed."""
        for key in keys:
            for number, lane in enumerate(self._lanes):
                if key in lane.index:
                    self._redraw(number, lane.index[key])

    def mark(self, keys: frozenset[int]) -> None:
        """Show these cards as marked."""
        changed = self._marks ^ keys
        self._marks = keys
        self.touch(changed)

    @property
    def cursor(self) -> int | None:
        """Id of the item under the cursor."""
        if not self._lanes:
            return None
        return self._lanes[self._at].key

    @property
    def column_keys(self) -> tuple[int, ...]:
        """Ids of the cards in the cursor's column, top to bottom."""
        return self._lanes[self._at].cards if self._lanes else ()

    def go_to(self, key: int) -> bool:
        """Put the cursor on a card; False where it is not on the board."""
        for number, lane in enumerate(self._lanes):
            if key in lane.index:
                self._at = number
                lane.go(lane.index[key])
                self._show_column()
                self.refresh()
                self.post_message(self.Rested(key))
                return True
        return False

    def move(self, across: int, down: int) -> None:
        """Move by columns and cards; empty columns are passed by."""
        if not self._lanes:
            return
        if across:
            self._move_across(across)
        else:
            lane = self._lanes[self._at]
            self._move_to(lane.at + down)

    def page(self, step: int) -> None:
        """Move by a screenful."""
        if self._lanes:
            lane = self._lanes[self._at]
            self._move_to(lane.at + step * max(1, self._body_height // (cards.HEIGHT + 1)))

    def edge(self, step: int) -> None:
        """Move to the first or the last card."""
        if self._lanes:
            self._move_to(0 if step < 0 else len(self._lanes[self._at].cards) - 1)

    def _move_to(self, at: int) -> None:
        lane = self._lanes[self._at]
        before, top = lane.at, lane.top
        lane.go(at)
        if lane.at == before:
            return
        if lane.top != top:
            self.refresh(self._lane_region(self._at))
        else:
            self._redraw(self._at, before)
            self._redraw(self._at, lane.at)
        self.post_message(self.Rested(self.cursor))

    def _move_across(self, across: int) -> None:
        at = self._at + across
        while 0 <= at < len(self._lanes) and not self._lanes[at].cards:
            at += across
        if not 0 <= at < len(self._lanes):
            return
        before, slots = self._at, self._slots
        self._at = at
        self._show_column()
        if self._slots != slots:
            self.refresh()
        else:
            for number in (before, at):
                self._redraw(number, self._lanes[number].at)
                region = self._lane_region(number)
                self.refresh(Region(region.x, 0, region.width, HEAD))
        self.post_message(self.Rested(self.cursor))

    # Where things are

    @property
    def _body_height(self) -> int:
        return max(1, self.size.height - HEAD)

    def _narrowest(self, number: int) -> int:
        """Cells a column needs; one without cards is folded to its heading."""
        lane = self._lanes[number]
        return NARROWEST if lane.cards else cell_len(heading(lane.column))

    def _fitting(self, first: int) -> list[int]:
        """The columns that fit side by side from `first` on; one at least."""
        found: list[int] = []
        room = self.size.width + GAP
        for number in range(first, len(self._lanes)):
            room -= self._narrowest(number) + GAP
            if room < 0 and found:
                break
            found.append(number)
        return found

    def _show_column(self) -> None:
        """Bring the cursor's column into sight and share the width out."""
        if not self._lanes:
            return
        if self._at < self._first:
            self._first = self._at
        while self._at not in self._fitting(self._first):
            self._first += 1
        while self._first and len(self._lanes) - 1 in self._fitting(self._first - 1):
            self._first -= 1
        shown = self._fitting(self._first)
        spare = self.size.width + GAP - sum(self._narrowest(n) + GAP for n in shown)
        wide = [n for n in shown if self._lanes[n].cards] or shown
        self._slots = {}
        left = 0
        for number in shown:
            width = self._narrowest(number)
            if number in wide:
                at = wide.index(number)
                width += (at + 1) * spare // len(wide) - at * spare // len(wide)
            self._slots[number] = (left, max(1, width))
            left += width + GAP

    @property
    def out_of_sight(self) -> list[str]:
        """Columns beyond the edges, with an arrow to where they are."""
        last = max(self._slots, default=-1)
        before = [f"< {_short(lane)}" for lane in self._lanes[: self._first] if lane.cards]
        return before + [f"{_short(lane)} >" for lane in self._lanes[last + 1 :] if lane.cards]

    def _lane_region(self, number: int) -> Region:
        left, width = self._slots[number]
        return Region(left, 0, width, self.size.height)

    def _redraw(self, number: int, card: int) -> None:
        """Ask for the lines of one card to be drawn again."""
        if number not in self._slots or not self._lanes[number].cards:
            return
        lane = self._lanes[number]
        top = lane.line_of(card) - lane.top + HEAD
        left, width = self._slots[number]
        region = Region(left, top, width, cards.HEIGHT).intersection(
            Region(0, HEAD, self.size.width, self._body_height)
        )
        if region:
            self.refresh(region)

    # Drawing

    def notify_style_update(self) -> None:
        """Forget styles of another theme."""
        super().notify_style_update()
        self._styles_by_name.clear()

    def _style(self, name: str) -> Style:
        found = self._styles_by_name.get(name)
        if found is None:
            found = self.get_component_rich_style(f"board--{name}")
            self._styles_by_name[name] = found
        return found

    def render_line(self, y: int) -> Strip:
        """One line across all columns on screen."""
        base = self.rich_style
        segments: list[Segment] = []
        end = 0
        for number, (left, width) in self._slots.items():
            if left > end:
                segments.append(Segment(" " * (left - end), base))
            segments.append(self._lane_segment(number, y, width))
            end = left + width
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def _lane_segment(self, number: int, y: int, width: int) -> Segment:
        lane = self._lanes[number]
        if y < HEAD:
            style = self._style("head-here" if number == self._at else "head")
            return Segment(fit(heading(lane.column), width), style)
        row = lane.row(y - HEAD + lane.top)
        return self._row_segment(row, lane, width, here=number == self._at)

    def _row_segment(self, row: Row | None, lane: Lane, width: int, *, here: bool) -> Segment:
        if row is None:
            return Segment(" " * width, self.rich_style)
        if row.key is None:
            return Segment(fit(row.text, width), self._style("group"))
        item = self._items[row.key]
        marked = row.key in self._marks
        text = cards.lines(item, self._names, self._today, width, marked=marked)[row.line]
        if here and row.key == lane.key:
            return Segment(text, self._style("focus"))
        if row.line:
            return Segment(text, self._style("text"))
        return Segment(text, self._style("marked" if marked else cards.tone(item, self._today)))

    # What the terminal sends

    def on_resize(self, event: Resize) -> None:
        """Keep the cursor in sight."""
        for lane in self._lanes:
            lane.resize(self._body_height)
        self._show_column()
        self.refresh()

    def on_click(self, event: Click) -> None:
        """Put the cursor on the card clicked; a second click opens it."""
        for number, (left, width) in self._slots.items():
            if not left <= event.x < left + width or event.y < HEAD:
                continue
            lane = self._lanes[number]
            row = lane.row(event.y - HEAD + lane.top)
            if row is None or row.key is None:
                return
            if self.cursor == row.key:
                self.post_message(self.Opened())
            else:
                self.go_to(row.key)

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """The wheel moves the cursor."""
        self.move(0, 1)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """The wheel moves the cursor."""
        self.move(0, -1)


def heading(column: Column) -> str:
    """A column's name and counts."""
    text = f"{state_name(column.state)} {column.count}"
    if column.late:
        text += " " + _("late {count}").format(count=column.late)
    return text


def _short(lane: Lane) -> str:
    return f"{state_name(lane.column.state)} {lane.column.count}"
