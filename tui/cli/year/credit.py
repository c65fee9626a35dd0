"""`zg shop credit`: 诚信档案, the sheet and its letter for the market office (docs/year.md 2)."""

from typing import Annotated

import typer

from core.model import Role
from core.roles import require_role
from store.papers.shops.credit import NAME, write_credit
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.output import Force
from tui.whereabouts import expanded
from tui.words.i18n import _


@opens()
def credit(
    office: Office,
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE.xlsx",
            show_default=False,
            help=_("Where to; the letter stands beside it as a Word file."),
        ),
    ] = NAME,
    force: Force = False,
) -> None:
    """诚信档案."""
    require_role(office.actor, (Role.LEADER,))
    office.repository.load_closed()
    for path in write_credit(office.town, office.today, expanded(output), force=force):
        talk(str(path))
