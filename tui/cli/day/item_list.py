"""`zg list`."""

from typing import Annotated

import typer

from tui.cli.day.print_list import DEFAULT, print_list
from tui.cli.frame.office import Office
from tui.cli.frame.opening import opens
from tui.cli.frame.options import NEGATED_WORDS, Query
from tui.cli.frame.registry import Commands
from tui.words.i18n import _

COMMANDS = Commands(own=("list",))


@COMMANDS.command("list", _("List items; open ones unless -a."), context_settings=NEGATED_WORDS)
@opens(json=True)
def list_(
    office: Office,
    query: Query = None,
    every: Annotated[
        bool, typer.Option("--all", "-a", help=_("Closed and void ones too."), show_default=False)
    ] = False,
    columns: Annotated[
        str, typer.Option("--columns", "-c", metavar="KEYS", help=_("Fields, joined by commas."))
    ] = DEFAULT,
    limit: Annotated[
        int,
        typer.Option("--limit", "-n", metavar="N", min=0, help=_("At most so many; 0 for all.")),
    ] = 0,
    *,
    json: bool,
) -> None:
    """列出."""
    print_list(office, query or (), every=every, columns=columns, limit=limit, json=json)
