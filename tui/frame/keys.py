"""Every key in one table; bindings, the key bar, help and the docs are made from it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tui.frame.common_keys import BRING, EVERYWHERE, GO, LEAVE, LIST_MOVES, TELLING_MOVES
from tui.frame.key import Key as Key
from tui.frame.own_keys import owned
from tui.frame.round_keys import CIRCULARS, OVERVIEW, ROUND_SHEET, ROUNDS, STATISTICS
from tui.frame.year_keys import YEAR_PLACES
from tui.words.i18n import N_

if TYPE_CHECKING:
    from textual.binding import BindingType

MOVES = (
    Key("up,k", "move(0,-1)", N_("Card above"), "↑ k"),
    Key("down,j", "move(0,1)", N_("Card below"), "↓ j"),
    Key("left,h", "move(-1,0)", N_("Column to the left"), "← h"),
    Key("right,l", "move(1,0)", N_("Column to the right"), "→ l"),
    Key("pageup,ctrl+b", "page(-1)", N_("A page up"), "PgUp"),
    Key("pagedown,ctrl+f", "page(1)", N_("A page down"), "PgDn"),
    Key("home", "edge(-1)", N_("First card"), "Home g g"),
    Key("end,G", "edge(1)", N_("Last card"), "End G"),
)
ROAD = owned(
    "board",
    (
        Key("a", "report", N_("Report"), "a", "report", True),
        Key("y", "do('accept')", N_("Accept"), "y", "accept", True),
        Key("x", "do('reject')", N_("Reject"), "x", "reject"),
        Key("s", "do('assign')", N_("Assign"), "s", "assign", True),
        Key("n", "do('receive')", N_("Signed for"), "n", "receive"),
        Key("b", "do('submit')", N_("Feedback"), "b", "submit", True),
        Key("w", "do('withdraw')", N_("Withdraw"), "w", "withdraw"),
        Key("p", "do('pass')", N_("Pass"), "p", "pass", True),
        Key("r", "do('fail')", N_("Rework"), "r", "fail", True),
        Key("i", "do('inspect')", N_("Inspect"), "i", "inspect", True),
        Key("f", "do('fix')", N_("Fix on the spot"), "f", "fix"),
        Key("e", "do('correct')", N_("Correct"), "e", "correct"),
    ),
)
OFF_ROAD = owned(
    "board",
    (
        Key("R", "do('return')", N_("Returned by the unit"), "R", "return"),
        Key("S", "do('reassign')", N_("Reassign"), "S", "reassign"),
        Key("D", "do('extend')", N_("Extend"), "D", "extend"),
        Key("H", "do('suspend')", N_("Suspend"), "H", "suspend"),
        Key("W", "do('resume')", N_("Resume"), "W", "resume", True),
        Key("m", "do('merge')", N_("Merge"), "m", "merge"),
        Key("X", "do('void')", N_("Void"), "X", "void"),
        Key("V", "do('revive')", N_("Revive"), "V", "revive"),
        Key("exclamation_mark", "do('remind')", N_("Remind"), "!", "remind"),
        Key("C", "do('supervise')", N_("Supervise"), "C", "supervise"),
        Key("N", "do('criticise')", N_("Criticise"), "N", "criticise"),
        Key("Y", "do('summon')", N_("Summon"), "Y", "summon"),
        Key("K", "do('recheck')", N_("Look back: held"), "K", "recheck", True),
        Key("P", "do('reopen')", N_("Look back: came back"), "P", "reopen", True),
        Key("ampersand", "do('appeal')", N_("Appeal"), "&", "appeal"),
        Key("U", "do('attach')", N_("Attach photos"), "U", "attach"),
    ),
)
VERBS = (*ROAD, *OFF_ROAD)
SHOWN = (*ROAD, *(key for key in OFF_ROAD if key.bar))
"""Verbs the key bar shows where they are possible: the road, and what has no other hint."""
VIEWS = owned(
    "board",
    (
        Key("v", "more", N_("All actions"), "v", bar=True),
        Key("A", "decide", N_("Decide what waits for approval"), "A"),
        Key("t", "open('triage')", N_("Triage"), "t", bar=True),
        Key("T", "open('today')", N_("Today"), "T", bar=True),
        Key("enter", "detail", N_("Details"), "Enter", bar=True),
        Key("slash", "search", N_("Search"), "/", bar=True),
        Key("F", "open('facets')", N_("Views and facets"), "F", bar=True),
        Key("1", "view(1)", N_("Saved views"), "1 - 9"),
        *(Key(str(n), f"view({n})", N_("Saved views"), str(n), told=False) for n in range(2, 10)),
        Key("0", "view(0)", N_("Show everything"), "0"),
        Key("J", "jump", N_("Go to a number"), "J"),
        Key("c", "open('chase')", N_("Chase"), "c", bar=True),
        Key("Q", "open('papers')", N_("Papers: lists, notices, circulars"), "Q"),
        Key("I", "open('incoming')", N_("Bring a ledger in"), "I"),
        Key("space", "mark", N_("Mark"), N_("Space")),
        Key("B", "mark_range", N_("Mark from the last mark to here"), "B"),
        Key("M", "mark_all", N_("Mark the column"), "M"),
        Key("asterisk", "mark_everything", N_("Mark everything in sight"), "*"),
        Key("escape,backspace", "back", N_("Clear marks, then search"), "Esc"),
        Key("u", "undo", N_("Undo"), "u", bar=True),
        Key("o", "group", N_("Group by zone, unit, category"), "o"),
        Key("O", "sort", N_("Sort by number, zone, level"), "O"),
        Key("minus", "fold", N_("Fold the group or column"), "-"),
        Key("plus", "unfold", N_("Unfold everything"), "+"),
        Key("z", "open('zones')", N_("Zones"), "z", bar=True),
        Key("d", "open('units')", N_("Units"), "d", bar=True),
        GO,
        *EVERYWHERE,
        Key("q,ctrl+q", "quit", N_("Quit"), "q", bar=True),
    ),
)
UNLETTERED = owned(
    "board",
    (
        Key("", "do('split')", N_("Give to several units, in parts"), ":", "split"),
        Key("", "do('note')", N_("Note how it goes"), ":", "note"),
        Key(
            "", "open('find_anywhere')", N_("Find anywhere: problems, papers, shops, the log"), ":"
        ),
        Key("", "pairs", N_("Photos of before and after, to a file"), ":"),
    ),
)
"""What is done by name only: no letter is free."""
BOARD = (*VERBS, *VIEWS, *UNLETTERED, *MOVES)

ZONES = owned(
    "zones",
    (
        Key("enter", "choose", N_("Show items"), "Enter", bar=True),
        Key("a", "add", N_("Add"), "a", bar=True),
        Key("e", "edit", N_("Edit"), "e", bar=True),
        Key("s", "assign", N_("Give to a unit"), "s", bar=True),
        Key("c", "chase", N_("Chase"), "c", bar=True),
        Key("p", "walk", N_("List to walk"), "p", bar=True),
        Key("f", "facts", N_("What it is like"), "f"),
        Key("D", "divide", N_("Divide it"), "D"),
        BRING,
        Key("X", "retire", N_("Retire"), "X", bar=True),
        Key("u", "undo", N_("Undo"), "u", bar=True),
        *LEAVE,
        *LIST_MOVES,
    ),
)
UNITS = tuple(key for key in ZONES if key.action not in ("assign", "walk", "facts", "divide"))
REGISTER = tuple(key for key in UNITS if key.action not in ("choose", "chase"))
CHASE = owned(
    "chase",
    (
        Key("enter,y", "copy", N_("Copy the message"), "Enter", bar=True),
        Key("c", "remind", N_("Record as reminded"), "c", bar=True),
        Key("space", "choose", N_("Show items"), N_("Space"), bar=True),
        Key("u", "undo", N_("Undo"), "u", bar=True),
        *LEAVE,
        *TELLING_MOVES,
    ),
)
FACETS = owned(
    "views and facets",
    (
        Key("enter,space", "choose", N_("Narrow to it, or no longer"), "Enter", bar=True),
        Key("s", "save", N_("Save as a view"), "s", bar=True),
        Key("e", "edit", N_("Change the view"), "e", bar=True),
        Key("X", "retire", N_("Remove the view"), "X", bar=True),
        Key("0", "clear", N_("Show everything"), "0", bar=True),
        Key("u", "undo", N_("Undo"), "u"),
        *LEAVE,
        *LIST_MOVES,
    ),
)
INCOMING = owned(
    "ledger coming in",
    (
        Key("enter", "mend", N_("Mend the row"), "Enter", bar=True),
        Key("n", "doubt(1)", N_("Next doubt"), "n", bar=True),
        Key("N", "doubt(-1)", N_("Doubt before"), "N"),
        Key("s", "save", N_("Save"), "s", bar=True),
        Key("m", "unit", N_("Name a unit for good"), "m"),
        Key("c", "column", N_("Name a column for good"), "c"),
        Key("w", "whole", N_("Values for the whole file"), "w", bar=True),
        Key("p", "split", N_("A row for each problem"), "p"),
        Key("y", "choose_sure", N_("It is that item"), "y"),
        Key("t", "take('theirs')", N_("What the file says holds"), "t"),
        Key("o", "take('ours')", N_("What stands here holds"), "o"),
        Key("x", "leave_out", N_("Leave out"), "x", bar=True),
        Key("f", "only", N_("Only what is in doubt"), "f", bar=True),
        Key("u", "back", N_("Take the last back"), "u"),
        *LEAVE,
        *LIST_MOVES[1:],  # a ledger on the desk is saved or left first
    ),
)
FOUND = owned(
    "what was found",
    (Key("enter", "choose", N_("Go to it"), "Enter", bar=True), *LEAVE, *LIST_MOVES),
)
LIST_COMING = owned(
    "list coming in",
    (
        Key("enter", "mend", N_("Mend the row"), "Enter", bar=True),
        Key("n", "doubt(1)", N_("Next doubt"), "n", bar=True),
        Key("N", "doubt(-1)", N_("Doubt before"), "N"),
        Key("s", "save", N_("Save"), "s", bar=True),
        Key("c", "column", N_("Name a column"), "c", bar=True),
        Key("x", "leave_out", N_("Leave out"), "x", bar=True),
        Key("f", "only", N_("Only what is in doubt"), "f", bar=True),
        Key("u", "back", N_("Take the last back"), "u"),
        *LEAVE,
        *LIST_MOVES[1:],  # a list on the desk is saved or left first
    ),
)
PAPERS = owned(
    "papers",
    (
        Key("enter", "go_on", N_("Draft, sign, write out"), "Enter", bar=True),
        Key("n", "draft", N_("Draft a paper"), "n", bar=True),
        Key("s", "sign", N_("Sign"), "s", bar=True),
        Key("e", "write", N_("Write it to a file"), "e", bar=True),
        Key("y", "copy", N_("Copy the text"), "y", bar=True),
        Key("v", "serve", N_("Served"), "v", bar=True),
        Key("r", "receive", N_("Receipt is in"), "r", bar=True),
        Key("x", "withdraw", N_("Withdraw the paper"), "x"),
        Key("u", "undo", N_("Undo"), "u"),
        *LEAVE,
        *TELLING_MOVES,
    ),
)
TODAY = owned(
    "today", (Key("enter", "choose", N_("Show items"), "Enter", bar=True), *LEAVE, *LIST_MOVES)
)
TRIAGE = owned(
    "triage",
    (
        Key("enter", "take", N_("Do it, next"), "Enter", bar=True),
        Key("space,right", "skip", N_("Skip"), N_("Space"), bar=True),
        Key("tab", "queue(1)", N_("Next queue"), "Tab", bar=True),
        Key("c", "change('category')", N_("Category"), "c"),
        Key("n", "change('lead')", N_("Unit"), "n"),
        Key("d", "change('due')", N_("Deadline"), "d"),
        Key("r", "change('requirement')", N_("Requirement"), "r"),
        Key("x", "do('reject')", N_("Do not take on"), "x", bar=True),
        Key("X", "do('void')", N_("Void"), "X", bar=True),
        Key("m", "do('merge')", N_("Merge"), "m", bar=True),
        Key("f", "do('fix')", N_("Fix on the spot"), "f", bar=True),
        Key("F", "do('fail')", N_("Rework"), "F", bar=True),
        Key("H", "do('suspend')", N_("Suspend"), "H"),
        Key("D", "do('extend')", N_("Extend"), "D"),
        Key("C", "do('supervise')", N_("Supervise"), "C"),
        Key("e", "do('correct')", N_("Correct"), "e"),
        Key("g", "again", N_("Skipped ones again"), "g", bar=True),
        Key("u", "undo", N_("Undo"), "u", bar=True),
        Key("pagedown,j,down", "scroll(1)", N_("A page down"), "PgDn"),
        Key("pageup,k,up", "scroll(-1)", N_("A page up"), "PgUp"),
        *LEAVE,
    ),
)
READING = owned(
    "details and help",
    (
        Key("down,j,space", "move(1)", N_("Line below"), "↓ j", bar=True),
        Key("up,k", "move(-1)", N_("Line above"), "↑ k", bar=True),
        Key("pagedown", "page(1)", N_("A page down"), "PgDn"),
        Key("pageup", "page(-1)", N_("A page up"), "PgUp"),
        Key("home,g", "page(-999)", N_("First line"), "Home g"),
        Key("end,G", "page(999)", N_("Last line"), "End G"),
        Key("y", "copy", N_("Copy"), "y", bar=True),
        Key("q,escape,left,enter,f10", "leave", N_("Back"), "q", bar=True),
    ),
)

PLACES: tuple[tuple[str, tuple[Key, ...]], ...] = (
    (N_("Board"), BOARD),
    (N_("Zones"), ZONES),
    (N_("Units"), UNITS),
    (N_("Register"), REGISTER),
    (N_("Today"), TODAY),
    (N_("Triage"), TRIAGE),
    (N_("Chase"), CHASE),
    (N_("Views and facets"), FACETS),
    (N_("Papers"), PAPERS),
    (N_("Ledger coming in"), INCOMING),
    (N_("List coming in"), LIST_COMING),
    (N_("What was found"), FOUND),
    (N_("Inspection rounds"), ROUNDS),
    (N_("Sheet of a round"), ROUND_SHEET),
    (N_("Statistics"), STATISTICS),
    (N_("Overview"), OVERVIEW),
    (N_("Appraisal circulars"), CIRCULARS),
    *YEAR_PLACES,
    (N_("Details and help"), READING),
)
"""Every place with keys of its own, for help and docs."""


def bindings(keys: Iterable[Key]) -> list[BindingType]:
    """The keys as Textual binds them; what they do is told by our own bar and help."""
    from textual.binding import Binding  # the first frame is drawn without Textual

    return [Binding(key.keys, key.action, key.text, show=False) for key in keys if key.keys]
