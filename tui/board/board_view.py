"""The board: columns side by side, a cursor over their cards; what does not fit is a key away."""

from collections.abc import Iterable

from msgspec.structs import replace
from rich.cells import cell_len
from rich.style import Style
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import MouseScrollDown, MouseScrollUp, Resize
from textual.message import Message

from core.day.kanban import COLUMNS, Column
from core.town.facts import Facts
from tui.board import cards
from tui.board.cards import Names
from tui.board.lane_view import HEAD, Deck, LaneView, heading
from tui.board.lanes import GAP, OPEN, Folds, Lane, shared_out
from tui.words.texts import state_name

NARROWEST = 22
ONE_COLUMN = 80
"""Cells below which one column is shown at a time."""


class BoardView(Horizontal):
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

    class Arranged(Message):
        """Other columns are in sight, or the cursor is in another one."""

    def __init__(self) -> None:
        super().__init__()
        self._views = [LaneView(Lane(Column(state), 1), self._style) for state in COLUMNS]
        self._styles_by_name: dict[str, Style] = {}
        self._deck = Deck()
        self._at = 0
        self._first = 0
        self._widths: dict[int, int] = {}
        self._filled = False
        self._folds = Folds()

    def compose(self) -> ComposeResult:
        """A widget a column."""
        yield from self._views

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

    @property
    def lanes(self) -> list[Lane]:
        """The columns as lines."""
        return [view.lane for view in self._views]

    def show(self, columns: Iterable[Column], names: Names, facts: Facts) -> None:
        """Show these columns; the cursor stays on its card, or near where it was."""
        here = self.cursor
        columns = list(columns)
        if not any(c.count for c in columns if c.state not in self._folds.states):
            self._folds = OPEN  # nothing would be left to stand on
        self._deck = Deck(names, facts, self._deck.marks)
        lanes = []
        for before, column in zip(self.lanes, columns, strict=True):
            if before.column is not column or before.folds != self._folds:
                lane = Lane(column, self._body_height, self._folds)
                lane.restore(before.top, before.at)
                lanes.append(lane)
            else:
                lanes.append(before)
        if here is not None and here in lanes[self._at].index:
            lanes[self._at].go(lanes[self._at].index[here])
        if not self._filled or not lanes[self._at].cards:
            near = sorted(range(len(lanes)), key=lambda n: (abs(n - self._at), -n))
            self._at = next((n for n in near if lanes[n].cards), 0)
        self._filled = self._filled or any(lane.cards for lane in lanes)
        for number, (view, lane) in enumerate(zip(self._views, lanes, strict=True)):
            if view.lane is not lane or view.deck != self._deck:
                view.show(lane, self._deck, here=number == self._at)
        self._arrange()
        self.post_message(self.Rested(self.cursor))

    def fold(self, *, group: bool) -> None:
        """Fold the group under the cursor, or the whole column, to its heading."""
        lane = self._views[self._at].lane
        if lane.key is None:
            return
        if group:
            self._fold_as(replace(self._folds, groups=self._folds.groups | {lane.group}))
        else:
            self._fold_as(replace(self._folds, states=self._folds.states | {lane.column.state}))

    def unfold(self) -> None:
        """Show every column and group again."""
        self._fold_as(OPEN)

    def unfold_groups(self) -> None:
        """Groups of another kind are about to be shown."""
        self._folds = Folds(self._folds.states)

    def _fold_as(self, folds: Folds) -> None:
        self._folds = folds
        deck = self._deck
        self.show([lane.column for lane in self.lanes], deck.names, deck.facts)

    def reworded(self) -> None:
        """Draw everything again."""
        for view in self._views:
            view.refresh()

    def rewind(self) -> None:
        """Columns that are not in hand go back to their top."""
        for number, view in enumerate(self._views):
            if number != self._at and view.lane.top:
                view.lane.rewind()
                view.refresh()

    def mark(self, keys: frozenset[int]) -> None:
        """Show these cards as marked."""
        changed = self._deck.marks ^ keys
        self._deck = replace(self._deck, marks=keys)
        for view in self._views:
            view.deck = self._deck
            for key in changed & view.lane.index.keys():
                view.redraw(view.lane.index[key])

    @property
    def cursor(self) -> int | None:
        """Id of the item under the cursor."""
        return self._views[self._at].lane.key

    @property
    def column_keys(self) -> tuple[int, ...]:
        """Ids of the cards in the cursor's column, top to bottom."""
        return self._views[self._at].lane.cards

    def go_to(self, key: int) -> bool:
        """Put the cursor on a card, unfolding what hides it; False where it is not on the board."""
        hidden = [n for n in self.lanes if key not in n.index and key in n.column.keys]
        if hidden:
            states = self._folds.states - {lane.column.state for lane in hidden}
            self._fold_as(Folds(states))
        for number, lane in enumerate(self.lanes):
            if key in lane.index:
                self._enter(number)
                self._move_to(lane.index[key])
                return True
        return False

    def move(self, across: int, down: int) -> None:
        """Move by columns and cards; empty columns are passed by."""
        if not across:
            self._move_to(self._views[self._at].lane.at + down)
            return
        at = self._at + across
        while 0 <= at < len(self._views) and not self._views[at].lane.cards:
            at += across
        if 0 <= at < len(self._views):
            self._enter(at)
            self.post_message(self.Rested(self.cursor))

    def page(self, step: int) -> None:
        """Move by a screenful."""
        whole = max(1, self._body_height // (cards.HEIGHT + 1))
        self._move_to(self._views[self._at].lane.at + step * whole)

    def edge(self, step: int) -> None:
        """Move to the first or the last card."""
        self._move_to(0 if step < 0 else len(self.column_keys) - 1)

    def _enter(self, number: int) -> None:
        """Put the cursor into a column."""
        before = self._at
        if before != number:
            self._at = number
            self._views[before].enter(here=False)
            self._views[number].enter(here=True)
            self._arrange()

    def _move_to(self, at: int) -> None:
        view = self._views[self._at]
        lane = view.lane
        before, top = lane.at, lane.top
        lane.go(at)
        if lane.top != top:
            view.refresh()
        elif lane.at != before:
            view.redraw(before)
            view.redraw(lane.at)
        self.post_message(self.Rested(self.cursor))

    # Which columns are on screen, and how wide

    @property
    def _body_height(self) -> int:
        return max(1, self.size.height - HEAD)

    @property
    def is_single(self) -> bool:
        """Whether the screen is too narrow for columns side by side."""
        return self.size.width < ONE_COLUMN

    @property
    def strip(self) -> list[tuple[str, bool]]:
        """Every column with its count, and whether the cursor is in it."""
        return [(_short(lane), number == self._at) for number, lane in enumerate(self.lanes)]

    def _narrowest(self, number: int) -> int:
        """Cells a column needs; one without cards is folded to its heading."""
        lane = self._views[number].lane
        return NARROWEST if lane.cards else cell_len(heading(lane))

    def _fitting(self, first: int) -> list[int]:
        """The columns that fit side by side from `first` on; one at least."""
        if self.is_single:
            return [first]
        found: list[int] = []
        room = self.size.width + GAP
        for number in range(first, len(self._views)):
            room -= self._narrowest(number) + GAP
            if room < 0 and found:
                break
            found.append(number)
        return found

    def _arrange(self) -> None:
        """Bring the cursor's column into sight and share the width out."""
        if self._at < self._first:
            self._first = self._at
        while self._at not in self._fitting(self._first):
            self._first += 1
        while (
            not self.is_single
            and self._first
            and len(self._views) - 1 in self._fitting(self._first - 1)
        ):
            self._first -= 1
        shown = self._fitting(self._first)
        wide = [n for n in shown if self._views[n].lane.cards] or shown
        widths = shared_out({n: self._narrowest(n) for n in shown}, wide, self.size.width)
        self.post_message(self.Arranged())
        if widths != self._widths:
            self._widths = widths
            for number, view in enumerate(self._views):
                view.display = number in widths
                if number in widths:
                    view.styles.width = widths[number]

    @property
    def out_of_sight(self) -> list[str]:
        """Columns with cards beyond the edges, with an arrow to where they are."""
        if self.is_single:
            return []
        last = max(self._widths, default=-1)
        lanes = self.lanes
        before = [f"< {_short(lane)}" for lane in lanes[: self._first] if lane.column.count]
        return before + [f"{_short(lane)} >" for lane in lanes[last + 1 :] if lane.column.count]

    # What the terminal sends

    def on_resize(self, event: Resize) -> None:
        """Keep the cursor in sight."""
        for view in self._views:
            view.lane.resize(self._body_height)
            view.refresh()
        self._arrange()

    def on_lane_view_clicked(self, event: LaneView.Clicked) -> None:
        """Put the cursor on the card clicked; a second click opens it."""
        event.stop()
        if self.cursor == event.key:
            self.post_message(self.Opened())
        else:
            self.go_to(event.key)

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """The wheel moves the cursor."""
        self.move(0, 1)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """The wheel moves the cursor."""
        self.move(0, -1)


def _short(lane: Lane) -> str:
    return f"{state_name(lane.column.state)} {lane.column.tally}"
