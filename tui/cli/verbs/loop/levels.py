"""`zg remind|supervise|criticise|summon`: levels of escalation."""

from tui.cli.verbs.verb import VerbCommands
from tui.words.i18n import _

COMMANDS = VerbCommands()
COMMANDS.as_asked("remind", _("Tell the unit again; level 1."))
COMMANDS.as_asked(
    "supervise",
    _("A supervision notice with a deadline of its own; a leader signs. Level 2."),
)
COMMANDS.as_asked("criticise", _("Named in a circular, with its approval; level 3."))
COMMANDS.as_asked("summon", _("Talked to or handed over; level 4."))
