"""One column drawn line by line; a widget of its own, so that a move redraws nothing beside it."""

from collections.abc import Callable
from datetime import date

from msgspec import Struct
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.events import Click
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from core.model import State
from core.town.facts import Facts
from core.town.town import Town
from tui.board import cards
from tui.board.cards import Names
from tui.board.lanes import Lane
from tui.terminal.wrapping import fit, spread
from tui.words.i18n import N_, _
from tui.words.texts import state_name

HEAD = 1


class Deck(Struct, frozen=True):
    """What cards are drawn from."""

    names: Names = Names({})
    facts: Facts = Facts(Town(), date.min)
    marks: frozenset[int] = frozenset()


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
        return Strip([self._segment(y, self.size.width)])

    def _segment(self, y: int, width: int) -> Segment:
        if y < HEAD:
            style = self._style("head-here" if self._here else "head")
            return Segment(fit(_head(self.lane, self.deck.facts, width), width), style)
        row = self.lane.row(y - HEAD + self.lane.top)
        if row is None:
            return Segment(" " * width, self.rich_style)
        if row.key is None:
            return Segment(fit(row.text, width), self._style("group"))
        deck = self.deck
        item = deck.facts.town.items[row.key]
        marked = row.key in deck.marks
        text = cards.lines(item, deck.names, deck.facts, width, marked=marked)[row.line]
        if self._here and row.key == self.lane.key:
            return Segment(text, self._style("focus"))
        if row.line:
            return Segment(text, self._style("text"))
        return Segment(text, self._style("marked" if marked else cards.tone(item, deck.facts)))

    def on_click(self, event: Click) -> None:
        """Tell which card was clicked."""
        row = self.lane.row(event.y - HEAD + self.lane.top) if event.y >= HEAD else None
        if row is not None and row.key is not None:
            self.post_message(self.Clicked(row.key))


SLOW = N_("slow {count}")
LATE = {
    State.RECTIFYING: N_("late {count}"),
    State.SUSPENDED: N_("due {count}"),
}
"""What is said of the late ones of a column: at the unit, past a plan, else waiting for the office."""


def _head(lane: Lane, facts: Facts, width: int) -> str:
    """The heading of a column as it stands: with what is above its first line in sight, and how much of it is late."""
    text, above = heading(lane), lane.above
    if not above:
        return text
    late = sum(facts.late(facts.town.items[key]) for key in above)
    said = f"^{len(above)}"
    if late:
        said += " " + _(LATE.get(lane.column.state, SLOW)).format(count=late)
    if cell_len(text) + 1 + cell_len(said) > width:
        said = f"^{len(above)}/{late}" if late else f"^{len(above)}"
    return spread(text, said, width)


def heading(lane: Lane) -> str:
    """A column's name and counts; + where it is folded."""
    column = lane.column
    text = (
        f"{'+ ' if lane.folded and column.count else ''}{state_name(column.state)} {column.tally}"
    )
    if column.late:
        said = _(LATE.get(column.state, SLOW))
        text += " " + said.format(count=column.late)
    return text
