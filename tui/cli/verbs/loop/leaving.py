"""`zg merge|void|revive`: what leaves the book, and comes back."""

from tui.cli.verbs.verb import VerbCommands
from tui.words.i18n import _

COMMANDS = VerbCommands()
COMMANDS.as_asked("merge", _("The same problem twice: merge into the item that stays."))
COMMANDS.as_asked("void", _("It does not count; once issued, a leader approves."))
COMMANDS.as_asked("revive", _("Void or merged by mistake: back to the state it came from."))
