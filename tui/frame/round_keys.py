"""Keys of rounds, their sheets, statistics, the overview and circulars."""

from tui.frame.common_keys import EVERYWHERE, GO, LEAVE, LIST_MOVES, TELLING_MOVES
from tui.frame.key import Key
from tui.frame.own_keys import owned
from tui.words.i18n import N_

_GRID_MOVES = (
    GO,
    Key("up,k", "move(0,-1)", N_("Line above"), "↑ k"),
    Key("down,j", "move(0,1)", N_("Line below"), "↓ j"),
    Key("left,h", "move(-1,0)", N_("Cell to the left"), "← h"),
    Key("right,l", "move(1,0)", N_("Cell to the right"), "→ l"),
    Key("pageup", "page(-1)", N_("A page up"), "PgUp"),
    Key("pagedown", "page(1)", N_("A page down"), "PgDn"),
    Key("home", "edge(-1)", N_("First line"), "Home g g"),
    Key("end,G", "edge(1)", N_("Last line"), "End G"),
)
_LEAVE_GRID = (*EVERYWHERE, Key("q,escape,f10", "leave", N_("Back"), "q", bar=True))
_UNDO = Key("u", "undo", N_("Undo"), "u", bar=True)
ROUNDS = owned(
    "inspection rounds",
    (
        Key("enter", "choose", N_("Sheet"), "Enter", bar=True),
        Key("a", "add", N_("Plan one"), "a", bar=True),
        Key("n", "plan", N_("Plan the year"), "n", bar=True),
        Key("e", "edit", N_("Edit"), "e", bar=True),
        Key("s", "step", N_("Next state"), "s", bar=True),
        Key("p", "walk", N_("List to walk"), "p", bar=True),
        Key("w", "write", N_("Write it to a file"), "w", bar=True),
        Key("o", "reopen", N_("Open again"), "o"),
        Key("X", "cancel", N_("Not held"), "X", bar=True),
        _UNDO,
        *LEAVE,
        *LIST_MOVES,
    ),
)
ROUND_SHEET = owned(
    "sheet of a round",
    (
        Key("a", "add", N_("Add a find"), "a", bar=True),
        Key("enter", "choose", N_("Show items"), "Enter", bar=True),
        Key("n", "not_applicable", N_("Does not apply"), "n", bar=True),
        Key("v", "unseen", N_("Not seen"), "v", bar=True),
        Key("o", "seen", N_("Seen"), "o", bar=True),
        Key("tab", "next_find(1)", N_("Next find"), "Tab"),
        Key("t", "factor", N_("Repeated: ×1 ×2 ×0"), "t", bar=True),
        Key("x", "waive", N_("Waive"), "x", bar=True),
        Key("X", "drop", N_("Entered by mistake"), "X"),
        Key("e", "edit", N_("Edit the find"), "e"),
        Key("f", "marks", N_("Marks for papers"), "f", bar=True),
        Key("s", "step", N_("Next state"), "s", bar=True),
        Key("p", "walk", N_("List to walk"), "p"),
        Key("w", "write", N_("Write it to a file"), "w"),
        Key("y", "copy", N_("Copy the sheet"), "y"),
        _UNDO,
        *_LEAVE_GRID,
        *_GRID_MOVES,
    ),
)
STATISTICS = owned(
    "statistics",
    (
        Key("enter", "choose", N_("Show items"), "Enter", bar=True),
        Key("tab", "indicator(1)", N_("Next figure"), "Tab", bar=True),
        Key("shift+tab", "indicator(-1)", N_("Figure before"), "Shift+Tab"),
        Key("o", "group", N_("By unit, zone, category, group"), "o", bar=True),
        Key("left_square_bracket", "period(-1)", N_("Period before"), "[", bar=True),
        Key("right_square_bracket", "period(1)", N_("Next period"), "]", bar=True),
        Key("t", "length", N_("Month, quarter, half, year"), "t", bar=True),
        Key("b", "basis", N_("Rolling or cohort"), "b", bar=True),
        Key("m", "before", N_("Against the period before"), "m", bar=True),
        Key("f", "parts", N_("Parts of the score"), "f", bar=True),
        Key("w", "write", N_("Write it to a file"), "w"),
        Key("y", "copy", N_("Copy"), "y"),
        Key("C", "circular", N_("Its circular"), "C", bar=True),
        *LEAVE,
        *LIST_MOVES,
    ),
)
OVERVIEW = owned(
    "overview",
    (
        Key("enter", "choose", N_("Show items"), "Enter", bar=True),
        Key("o", "group", N_("By zone or unit"), "o", bar=True),
        Key("tab,shift+tab", "other", N_("Cells or months"), "Tab", bar=True),
        *_LEAVE_GRID,
        *_GRID_MOVES,
    ),
)
CIRCULARS = owned(
    "appraisal circulars",
    (
        Key("enter", "choose", N_("Its text"), "Enter", bar=True),
        Key("n", "draft", N_("Draft the next"), "n", bar=True),
        Key("s", "step", N_("Publish, sign, serve"), "s", bar=True),
        Key("e", "edit", N_("The clerk's words"), "e", bar=True),
        Key("a", "appeals", N_("Appeals that wait"), "a", bar=True),
        Key("w", "write", N_("Write it to a file"), "w", bar=True),
        Key("y", "copy", N_("Copy the message"), "y", bar=True),
        Key("x", "withdraw", N_("Withdraw the paper"), "x"),
        Key("u", "undo", N_("Undo"), "u"),
        *LEAVE,
        *TELLING_MOVES,
    ),
)
