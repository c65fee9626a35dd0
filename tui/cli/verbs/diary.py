"""`zg note`: how it goes with a problem, in a line."""

from typing import Annotated

import typer

from core.errors import Incomplete
from tui.cli.frame.office import Office
from tui.cli.frame.opening import opens
from tui.cli.frame.registry import Commands
from tui.cli.verbs.asks import Said, asking
from tui.words.i18n import _

COMMANDS = Commands()


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
