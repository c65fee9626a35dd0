"""The board: columns side by side, a cursor over their cards; what does not fit is a key away."""

from collections.abc import Iterable

from msgspec.structs import replace
from rich.style import Style
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import MouseScrollDown, MouseScrollUp, Resize
from textual.message import Message

from core.day.kanban import Column
from core.town.facts import Facts
from tui.board.drawn import cards
from tui.board.drawn.arrangement import Arrangement
from tui.board.drawn.cards import Names
from tui.board.drawn.column import Deck
from tui.board.drawn.lanes import OPEN, Folds, Lane
from tui.board.widgets.lane_view import LaneView


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
        self._all = Arrangement()
        self._views = [LaneView(lane, self._style) for lane in self._all.lanes]
        self._styles_by_name: dict[str, Style] = {}
        self._deck = Deck()
        self._widths: dict[int, int] = {}

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
        return self._all.lanes

    def show(self, columns: Iterable[Column], names: Names, facts: Facts) -> None:
        """Show these columns; the cursor stays on its card, or near where it was."""
        self._deck = Deck(names, facts, self._deck.marks)
        self._all.take(list(columns))
        for number, (view, lane) in enumerate(zip(self._views, self.lanes, strict=True)):
            if view.lane is not lane or view.deck != self._deck:
                view.show(lane, self._deck, here=number == self._all.at)
        self._arrange()
        self.post_message(self.Rested(self.cursor))

    def fold(self, *, group: bool) -> None:
        """Fold the group under the cursor, or the whole column, to its heading."""
        if self._all.fold(group=group):
            self._show_again()

    def unfold(self) -> None:
        """Show every column and group again."""
        self._fold_as(OPEN)

    def unfold_groups(self) -> None:
        """Groups of another kind are about to be shown."""
        self._all.folds = Folds(self._all.folds.states)

    def _fold_as(self, folds: Folds) -> None:
        self._all.folds = folds
        self._show_again()

    def _show_again(self) -> None:
        self.show([lane.column for lane in self.lanes], self._deck.names, self._deck.facts)

    def reworded(self) -> None:
        """Draw everything again."""
        for view in self._views:
            view.refresh()

    def rewind(self) -> None:
        """Columns that are not in hand go back to their top."""
        for number, view in enumerate(self._views):
            if number != self._all.at and view.lane.top:
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
        return self._all.lane.key

    @property
    def column_keys(self) -> tuple[int, ...]:
        """Ids of the cards in the cursor's column, top to bottom."""
        return self._all.lane.cards

    def go_to(self, key: int) -> bool:
        """Put the cursor on a card, unfolding what hides it; False where it is not on the board."""
        hidden = [n for n in self.lanes if key not in n.index and key in n.column.keys]
        if hidden:
            states = self._all.folds.states - {lane.column.state for lane in hidden}
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
            self._move_to(self._all.lane.at + down)
            return
        at = self._all.beside(across)
        if at is not None:
            self._enter(at)
            self.post_message(self.Rested(self.cursor))

    def page(self, step: int) -> None:
        """Move by a screenful."""
        whole = max(1, self._all.body // (cards.HEIGHT + 1))
        self._move_to(self._all.lane.at + step * whole)

    def edge(self, step: int) -> None:
        """Move to the first or the last card."""
        self._move_to(0 if step < 0 else len(self.column_keys) - 1)

    def _enter(self, number: int) -> None:
        """Put the cursor into a column."""
        before = self._all.at
        if before != number:
            self._all.at = number
            self._views[before].enter(here=False)
            self._views[number].enter(here=True)
            self._arrange()

    def _move_to(self, at: int) -> None:
        view = self._views[self._all.at]
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
    def is_single(self) -> bool:
        """Whether the screen is too narrow for columns side by side."""
        return self._all.is_single

    @property
    def strip(self) -> list[tuple[str, bool]]:
        """Every column with its count, and whether the cursor is in it."""
        return self._all.strip

    @property
    def out_of_sight(self) -> list[str]:
        """Columns with cards beyond the edges, with an arrow to where they are."""
        return self._all.out_of_sight

    def _arrange(self) -> None:
        """Bring the cursor's column into sight and share the width out."""
        self._all.lay_out()
        self.post_message(self.Arranged())
        widths = self._all.widths
        if widths != self._widths:
            self._widths = widths
            for number, view in enumerate(self._views):
                view.display = number in widths
                if number in widths:
                    view.styles.width = widths[number]

    # What the terminal sends

    def on_resize(self, event: Resize) -> None:
        """Keep the cursor in sight."""
        self._all.resize(self.size.width, self.size.height)
        for view in self._views:
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
