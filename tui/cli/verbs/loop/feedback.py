"""`zg receive|submit|withdraw`: what a unit says."""

from core.actions import Action
from core.model import Item, Proposed
from tui.cli.frame.office import Office
from tui.cli.verbs.asks import Said
from tui.cli.verbs.verb import Make, VerbCommands
from tui.words.i18n import _

COMMANDS = VerbCommands()
COMMANDS.as_asked("receive", _("The unit has signed for it."))
COMMANDS.as_asked("withdraw", _("The unit takes its feedback back."))


@COMMANDS.verb("submit", _("The unit says it is done."))
def submit(_office: Office, given: Said) -> Make:
    """反馈整改 T9. What is not said is what a ledger proposed."""

    def make(item: Item) -> Action:
        proposed = item.proposed or Proposed()
        return given.wish(
            item,
            measure=given["measure"] or proposed.measure,
            progress=given["progress"] or proposed.progress,
            photos=given["photos"] or proposed.photos_after,
            on=given.day or proposed.feedback_on,
        )

    return make
