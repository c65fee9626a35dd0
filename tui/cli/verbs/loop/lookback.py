"""`zg recheck|reopen`: looking back at what was struck off."""

from datetime import date
from typing import Annotated

import typer

from core.actions import Recheck, Reopen
from core.words.deadlines import wording
from tui.cli.frame.office import Office
from tui.cli.frame.options import (
    Due,
    Note,
    Photos,
    Reason,
    Unit,
)
from tui.cli.verbs.verb import Make, VerbCommands
from tui.words.i18n import _

COMMANDS = VerbCommands()


@COMMANDS.verb("recheck", _("Looked back at: it held."))
def recheck(
    office: Office,
    day: date | None,
    finding: Annotated[
        str,
        typer.Option(
            "--finding", metavar="TEXT", show_default=False, help=_("What was found on the spot.")
        ),
    ] = "",
    photo: Photos = None,
    note: Note = "",
) -> Make:
    """回头看: 保持 T23."""
    return lambda item: Recheck(
        item=item.id, finding=finding, photos=tuple(photo or ()), note=note, on=day
    )


@COMMANDS.verb("reopen", _("Looked back at: it came back; opened again at level 2."))
def reopen(
    office: Office,
    day: date | None,
    reason: Reason = "",
    photo: Photos = None,
    unit: Unit = None,
    due: Due = None,
    note: Note = "",
) -> Make:
    """回头看: 反弹 T24."""
    named = office.unit(unit).id if unit else None
    until = office.due(due, day)
    return lambda item: Reopen(
        item=item.id,
        reason=reason,
        photos=tuple(photo or ()),
        lead=named or (item.assignment.lead if item.assignment else None),
        due=until,
        deadline=wording(due),
        note=note,
        on=day,
    )
