"""Keys that most places have: moving in a list, going to a place, leaving."""

from tui.frame.key import Key
from tui.words.i18n import N_

GO = Key("g", "places", N_("Go to a place"), "g", bar=True)
EVERYWHERE = (
    Key("colon", "palette", N_("Everything by name"), ":"),
    Key("L", "language", N_("中文 / English"), "L"),
    Key("E", "mouse", N_("Mouse on or off, to select text"), "E"),
    Key("Z", "theme", N_("Dark or light"), "Z"),
    Key("question_mark,f1", "help", N_("Help"), "?", bar=True),
)

BRING = Key("I", "bring", N_("Bring a list in"), "I")
LIST_MOVES = (
    GO,
    Key("up,k", "move(-1)", N_("Line above"), "↑ k"),
    Key("down,j", "move(1)", N_("Line below"), "↓ j"),
    Key("pageup", "page(-1)", N_("A page up"), "PgUp"),
    Key("pagedown", "page(1)", N_("A page down"), "PgDn"),
    Key("home", "edge(-1)", N_("First line"), "Home g g"),
    Key("end,G", "edge(1)", N_("Last line"), "End G"),
)
TELLING_MOVES = (
    GO,
    Key("up,k", "move(-1)", N_("Line above"), "↑ k"),
    Key("down,j", "move(1)", N_("Line below"), "↓ j"),
    Key("pagedown", "page(1)", N_("Message further down"), "PgDn"),
    Key("pageup", "page(-1)", N_("Message further up"), "PgUp"),
    Key("home", "edge(-1)", N_("First line"), "Home g g"),
    Key("end,G", "edge(1)", N_("Last line"), "End G"),
)
LEAVE = (
    *EVERYWHERE,
    Key("q,escape,left,f10", "leave", N_("Back"), "q", bar=True),
)
