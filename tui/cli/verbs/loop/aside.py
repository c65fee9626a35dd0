"""`zg suspend|resume`: standing aside."""

from tui.cli.verbs.verb import VerbCommands
from tui.words.i18n import _

COMMANDS = VerbCommands()
COMMANDS.as_asked("suspend", _("What cannot be done now is planned; a leader approves."))
COMMANDS.as_asked("resume", _("Back to work with a new deadline."))
