"""Keys of the places of the year: the hub, shops, duties, campaigns, the log, indicators, pledges, summary, archive."""

from tui.frame.common_keys import BRING, LEAVE, TELLING_MOVES
from tui.frame.key import Key
from tui.frame.own_keys import owned
from tui.words.i18n import N_

_UNDO = Key("u", "undo", N_("Undo"), "u")
_TRACE = Key("equals_sign", "trace", N_("Where the number comes from"), "=", bar=True)
_PERIODS = (
    Key("left_square_bracket", "period(-1)", N_("Period before"), "["),
    Key("right_square_bracket", "period(1)", N_("Next period"), "]"),
    Key("minus", "period(-1)", N_("Period before"), "-", told=False),
    Key("plus", "period(1)", N_("Next period"), "+", told=False),
)
HUB = owned(
    "the year",
    (
        Key("enter", "choose", N_("Open it"), "Enter", bar=True),
        Key("a", "log", N_("Enter what happened"), "a", bar=True),
        *(Key(str(n), f"line({n})", N_("Open a line"), "1 - 8", told=n == 1) for n in range(1, 9)),
        _TRACE,
        *_PERIODS,
        _UNDO,
        *LEAVE,
        *TELLING_MOVES,
    ),
)
SHOPS = owned(
    "shops",
    (
        Key("enter", "choose", N_("Its problems"), "Enter", bar=True),
        Key("space", "mark", N_("Mark"), N_("Space"), bar=True),
        Key("asterisk", "mark_all", N_("Mark all in sight"), "*"),
        Key("s", "sign", N_("Sign the agreement"), "s", bar=True),
        Key("b", "plate", N_("Put up the plate"), "b", bar=True),
        Key("c", "check", N_("Check"), "c", bar=True),
        Key("f", "narrow", N_("Narrow the list"), "f", bar=True),
        Key("slash", "search", N_("Search"), "/", bar=True),
        Key("a", "add", N_("Add"), "a"),
        Key("e", "edit", N_("Edit"), "e"),
        Key("t", "transfer", N_("Another keeper"), "t"),
        Key("X", "close", N_("It has closed"), "X"),
        Key("p", "walk", N_("List to check"), "p"),
        Key("w", "credit", N_("Credit record"), "w"),
        _TRACE,
        BRING,
        _UNDO,
        *LEAVE,
        *TELLING_MOVES,
    ),
)
DIVIDING = owned(
    "dividing a zone",
    (
        Key("enter,space", "turn", N_("To the next part"), "Enter", bar=True),
        *(Key(str(n), f"put({n})", N_("To this part"), "1 - 9", told=n == 1) for n in range(1, 10)),
        Key("s", "save", N_("Divide it"), "s", bar=True),
        *LEAVE,
        *TELLING_MOVES,
    ),
)
DUTIES = owned(
    "recurring duties",
    (
        Key("enter", "choose", N_("It was done"), "Enter", bar=True),
        Key("x", "excuse", N_("Not needed this time"), "x", bar=True),
        Key("a", "add", N_("Add"), "a", bar=True),
        Key("e", "edit", N_("Edit"), "e", bar=True),
        Key("X", "retire", N_("Retire"), "X", bar=True),
        Key("f", "narrow", N_("Only what is due"), "f", bar=True),
        Key("n", "usual", N_("The usual duties"), "n"),
        _TRACE,
        *_PERIODS,
        BRING,
        _UNDO,
        *LEAVE,
        *TELLING_MOVES,
    ),
)
CAMPAIGNS = owned(
    "pest campaigns",
    (
        Key("enter", "choose", N_("Enter coverage"), "Enter", bar=True),
        Key("a", "add", N_("Begin a campaign"), "a", bar=True),
        Key("t", "tick", N_("The same everywhere"), "t", bar=True),
        Key("d", "drug", N_("Drug laid out"), "d", bar=True),
        Key("m", "density", N_("Density"), "m", bar=True),
        Key("n", "sample", N_("Rooms looked at again"), "n", bar=True),
        Key("s", "close", N_("Close it"), "s", bar=True),
        Key("left_square_bracket", "campaign(-1)", N_("Campaign before"), "["),
        Key("right_square_bracket", "campaign(1)", N_("Next campaign"), "]"),
        Key("minus", "campaign(-1)", N_("Campaign before"), "-", told=False),
        Key("plus", "campaign(1)", N_("Next campaign"), "+", told=False),
        _TRACE,
        BRING,
        _UNDO,
        *LEAVE,
        *TELLING_MOVES,
    ),
)
LOGS = owned(
    "log",
    (
        Key("enter", "choose", N_("Details"), "Enter", bar=True),
        Key("a", "log", N_("Enter what happened"), "a", bar=True),
        Key("e", "edit", N_("Correct"), "e", bar=True),
        Key("x", "void", N_("Make it void"), "x", bar=True),
        Key("U", "attach", N_("Attach evidence"), "U", bar=True),
        Key("slash", "search", N_("Search"), "/", bar=True),
        Key("f", "narrow", N_("Only without evidence"), "f"),
        *_PERIODS,
        BRING,
        _UNDO,
        *LEAVE,
        *TELLING_MOVES,
    ),
)
TARGETS = owned(
    "indicators and targets",
    (
        Key("enter,equals_sign", "trace", N_("Where the number comes from"), "Enter =", bar=True),
        Key("a", "figure", N_("Enter a figure"), "a", bar=True),
        Key("s", "target", N_("Set the target"), "s", bar=True),
        Key("e", "edit", N_("Edit"), "e", bar=True),
        Key("n", "add", N_("Add"), "n"),
        Key("X", "retire", N_("Retire"), "X"),
        Key("f", "narrow", N_("All, or what counts"), "f", bar=True),
        Key("b", "pledges", N_("Pledges"), "b", bar=True),
        Key("p", "write", N_("Write the table"), "p"),
        *_PERIODS,
        BRING,
        _UNDO,
        *LEAVE,
        *TELLING_MOVES,
    ),
)
PLEDGES = owned(
    "pledges",
    (
        Key("enter", "choose", N_("Sign a pledge"), "Enter", bar=True),
        Key("a", "choose", N_("Sign a pledge"), "a", told=False),
        Key("w", "write", N_("Write the table"), "w", bar=True),
        _TRACE,
        *_PERIODS,
        _UNDO,
        *LEAVE,
        *TELLING_MOVES,
    ),
)
SUMMARY = owned(
    "work summary",
    (
        Key("enter", "choose", N_("Edit the words"), "Enter", bar=True),
        Key("t,equals_sign", "trace", N_("Where the number comes from"), "t =", bar=True),
        Key("N", "next_gap", N_("Next gap"), "N", bar=True),
        Key("a", "add", N_("A paragraph of one's own"), "a"),
        Key("x", "off", N_("Leave it out"), "x", bar=True),
        Key("o", "accept", N_("Accept the gap"), "o"),
        Key("n", "draft", N_("Draft it anew"), "n", bar=True),
        Key("d", "diff", N_("What has moved"), "d"),
        Key("s", "sign", N_("Sign"), "s", bar=True),
        Key("e", "write", N_("Write it to a file"), "e", bar=True),
        Key("y", "copy", N_("Copy the text"), "y"),
        *_PERIODS,
        _UNDO,
        *LEAVE,
        *TELLING_MOVES,
    ),
)
ARCHIVE = owned(
    "archive",
    (
        Key("enter", "choose", N_("What there is"), "Enter", bar=True),
        Key("a", "add", N_("File a document"), "a", bar=True),
        Key("e", "write", N_("Write the archive"), "e", bar=True),
        *_PERIODS,
        _UNDO,
        *LEAVE,
        *TELLING_MOVES,
    ),
)
TRACE = owned(
    "lines of a number",
    (
        Key("enter", "choose", N_("Show it"), "Enter", bar=True),
        Key("w", "write", N_("Write it to a file"), "w", bar=True),
        *LEAVE,
        *TELLING_MOVES,
    ),
)
YEAR_PLACES: tuple[tuple[str, tuple[Key, ...]], ...] = (
    (N_("The year's archive"), HUB),
    (N_("Shops"), SHOPS),
    (N_("Recurring duties"), DUTIES),
    (N_("Pest campaigns"), CAMPAIGNS),
    (N_("Log"), LOGS),
    (N_("Indicators and targets"), TARGETS),
    (N_("Pledges"), PLEDGES),
    (N_("Work summary"), SUMMARY),
    (N_("Archive for the visit"), ARCHIVE),
    (N_("Lines of a number"), TRACE),
    (N_("Dividing a zone"), DIVIDING),
)
