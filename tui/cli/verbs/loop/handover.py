"""`zg return|reassign|extend`: given back, given on, given longer."""

from tui.cli.verbs.verb import VerbCommands
from tui.words.i18n import _

COMMANDS = VerbCommands()
COMMANDS.as_asked("return", _("The unit says it is not theirs; the office decides."))
COMMANDS.as_asked("reassign", _("Give it to another unit; a leader approves."))
COMMANDS.as_asked("extend", _("Ask for a later deadline, before it has passed; a leader approves."))
