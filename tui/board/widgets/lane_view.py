"""One column drawn line by line; a widget of its own, so that a move redraws nothing beside it."""

from collections.abc import Callable

from rich.segment import Segment
from rich.style import Style
from textual.events import Click
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.board.drawn import cards
from tui.board.drawn.column import HEAD, Deck, line
from tui.board.drawn.lanes import Lane


class LaneView(Widget):
    """A heading and cards."""

    class Clicked(Message):
        """A card was clicked."""

        def __init__(self, key: int) -> None:
            super().__init__()
            self.key = key

    def __init__(self, lane: Lane, style: Callable[[str], Style]) -> None:
        """`style` gives what a kind of line is drawn in; columns share it."""
        super().__init__()
        self.lane = lane
        self.deck = Deck()
        self._style = style
        self._here = False

    def show(self, lane: Lane, deck: Deck, *, here: bool) -> None:
        """Show a lane anew; `here` says that the cursor is in it."""
        self.lane, self.deck, self._here = lane, deck, here
        self.refresh()

    def enter(self, *, here: bool) -> None:
        """The cursor came into the column or left it."""
        self._here = here
        self.refresh(Region(0, 0, self.size.width, HEAD))
        self.redraw(self.lane.at)

    def redraw(self, card: int) -> None:
        """Draw the lines of one card again, where it is in sight."""
        if not self.lane.cards:
            return
        top = self.lane.line_of(card) - self.lane.top + HEAD
        size = self.size
        region = Region(0, top, size.width, cards.HEIGHT).intersection(
            Region(0, HEAD, size.width, max(0, size.height - HEAD))
        )
        if region:
            self.refresh(region)

    def render_line(self, y: int) -> Strip:
        """One line."""
        text, name = line(self.lane, self.deck, y, self.size.width, here=self._here)
        return Strip([Segment(text, self._style(name) if name else self.rich_style)])

    def on_click(self, event: Click) -> None:
        """Tell which card was clicked."""
        row = self.lane.row(event.y - HEAD + self.lane.top) if event.y >= HEAD else None
        if row is not None and row.key is not None:
            self.post_message(self.Clicked(row.key))
