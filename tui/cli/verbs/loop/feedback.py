"""`zg receive|submit|withdraw|note`: what a unit says, and how it goes."""

from typing import Annotated

import typer

from core.actions.action import Action
from core.errors import Incomplete
from core.model import Item, Proposed
from tui.cli.frame.office import Office
from tui.cli.frame.opening import opens
from tui.cli.verbs.asks import Said, asking
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


@COMMANDS.command(
    "note",
    _("Write down how it goes with a problem: NUMBER... TEXT; its last line stands in ledgers."),
)
@opens(saves=True)
@asking("note", note=False)
def note(
    office: Office,
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="NUMBER... TEXT", show_default=False, help=_("Numbers, then the line.")
        ),
    ],
    given: Said,
) -> None:
    """记进展."""
    *numbers, text = what
    if not numbers:
        raise Incomplete("note_number_text")
    office.commit([given.wish(item, line=text) for item in office.items(numbers)])
