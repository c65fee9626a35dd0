"""A column line by line: its heading, groups, cards, each with the class it is drawn in."""

from datetime import date

from msgspec import Struct
from rich.cells import cell_len

from core.model import State
from core.town.facts import Facts
from core.town.town import Town
from tui.board.drawn import cards
from tui.board.drawn.cards import Names
from tui.board.drawn.lanes import Lane
from tui.terminal.wrapping import fit, spread
from tui.words.i18n import N_, _
from tui.words.texts import state_name

HEAD = 1
"""Lines above the cards."""
Run = tuple[str, str]
"""Text and the class it is drawn in; of no class is what stands on the bare board."""


class Deck(Struct, frozen=True):
    """What cards are drawn from."""

    names: Names = Names({})
    facts: Facts = Facts(Town(), date.min)
    marks: frozenset[int] = frozenset()


SLOW = N_("slow {count}")
LATE = {
    State.RECTIFYING: N_("late {count}"),
    State.SUSPENDED: N_("due {count}"),
}
"""What is said of the late ones of a column: at the unit, past a plan, else waiting for the office."""


def line(lane: Lane, deck: Deck, y: int, width: int, *, here: bool) -> Run:
    """One line of a column; `here` says that the cursor is in it."""
    if y < HEAD:
        return fit(_head(lane, deck.facts, width), width), "head-here" if here else "head"
    row = lane.row(y - HEAD + lane.top)
    if row is None:
        return " " * width, ""
    if row.key is None:
        return fit(row.text, width), "group"
    item = deck.facts.town.items[row.key]
    marked = row.key in deck.marks
    text = cards.lines(item, deck.names, deck.facts, width, marked=marked)[row.line]
    if here and row.key == lane.key:
        return text, "focus"
    if row.line:
        return text, "text"
    return text, "marked" if marked else cards.tone(item, deck.facts)


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


def short(lane: Lane) -> str:
    """A column's name and count."""
    return f"{state_name(lane.column.state)} {lane.column.tally}"
