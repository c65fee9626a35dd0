"""`zg note`: how it goes with a problem, in a line."""

from typing import Annotated

import typer

from core.actions import Note
from core.errors import Incomplete
from tui.cli.frame.office import Office
from tui.cli.frame.opening import opens
from tui.cli.frame.options import ChannelOption, On, complete_units
from tui.cli.frame.registry import Commands
from tui.cli.verbs.verb import on_behalf
from tui.words.i18n import _

COMMANDS = Commands()


@COMMANDS.command(
    "note",
    _("Write down how it goes with a problem: NUMBER... TEXT; its last line stands in ledgers."),
)
@opens(saves=True)
def note(
    office: Office,
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="NUMBER... TEXT", show_default=False, help=_("Numbers, then the line.")
        ),
    ],
    for_unit: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="UNIT",
            show_default=False,
            autocompletion=complete_units,
            help=_("The unit that told it; nobody by default."),
        ),
    ] = None,
    channel: ChannelOption = "微信",
    on: On = None,
) -> None:
    """记进展."""
    *numbers, text = what
    if not numbers:
        raise Incomplete("note_number_text")
    told = on_behalf(office, "note", for_unit, channel)
    items = office.items(numbers)
    office.commit([Note(item=i.id, line=text, on=office.day(on), **told) for i in items])
