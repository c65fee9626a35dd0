"""`zg recheck|reopen`: looking back at what was struck off."""

from tui.cli.frame.office import Office
from tui.cli.verbs.asks import Said
from tui.cli.verbs.verb import Make, VerbCommands
from tui.words.i18n import _

COMMANDS = VerbCommands()
COMMANDS.as_asked("recheck", _("Looked back at: it held."))


@COMMANDS.verb("reopen", _("Looked back at: it came back; opened again at level 2."))
def reopen(_office: Office, given: Said) -> Make:
    """回头看: 反弹 T24; the unit is the one that had it, where no other is named."""
    return lambda item: given.wish(
        item, lead=given["lead"] or (item.assignment.lead if item.assignment else None)
    )
