"""The board as it first stands, whole: rows of runs, drawn before any widget is there (docs/architecture.md)."""

from collections.abc import Iterator
from datetime import date

from core.day import kanban
from core.day.kanban import Grouping, Sorting
from core.roles import Actor
from core.town.facts import Facts
from core.town.town import Town
from tui.board.drawn import column
from tui.board.drawn.arrangement import Arrangement
from tui.board.drawn.cards import Names
from tui.board.drawn.column import Deck, Run
from tui.board.drawn.lanes import GAP
from tui.board.drawn.margins import fitting, late_said, offered, ordered, strip_lines
from tui.frame.key import fitting as fitting_keys
from tui.terminal.display import shown
from tui.terminal.wrapping import fit, spread
from tui.words.i18n import _

AROUND = 2
"""Lines of the title and of the keys."""
FIRST_GROUPING, FIRST_SORTING = Grouping.NONE, Sorting.PRESSING
"""How cards stand when a board is opened."""


def first_frame(town: Town, actor: Actor, today: date, width: int, height: int) -> list[list[Run]]:
    """Every row of a screen. Classes are `title`, `strip`, those of columns, `bar-key` and `bar-text`."""
    facts = Facts(town, today)
    held = [
        kanban.column(facts, state, FIRST_GROUPING, None, FIRST_SORTING) for state in kanban.COLUMNS
    ]
    shape = Arrangement()
    shape.resize(width, height - AROUND)
    shape.take(held)
    strip = strip_lines(shape.strip, width) if shape.is_single else []
    shape.resize(width, height - AROUND - len(strip))
    shape.lay_out()
    right = [late_said(held), *shape.out_of_sight]
    left = [shown(town.settings.office), _("all"), *ordered(FIRST_GROUPING, FIRST_SORTING)]
    said, beside = fitting(left, right, shown(actor.login), width)
    card = shape.lane.key
    keys = offered([town.items[card]] if card is not None else [], actor)
    deck = Deck(Names.of(town), facts)
    return [
        [(spread(f" {said}", f"{beside} ", width), "title")],
        *([(fit(line, width), "strip")] for line in strip),
        *(list(_row(shape, deck, y)) for y in range(shape.height)),
        [(text, f"bar-{name}") for text, name in fitting_keys(keys, width)],
    ]


def _row(shape: Arrangement, deck: Deck, y: int) -> Iterator[Run]:
    """One line of every column in sight."""
    last = max(shape.widths)
    for number, width in shape.widths.items():
        yield column.line(shape.lanes[number], deck, y, width, here=number == shape.at)
        if number != last:
            yield " " * GAP, ""
