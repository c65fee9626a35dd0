"""`zg suspend|resume`: standing aside."""

from datetime import date
from typing import Annotated

import typer

from core.actions import (
    Resume,
    Suspend,
)
from core.words.deadlines import wording
from tui.cli.frame.office import Office
from tui.cli.frame.options import (
    Due,
    Note,
    Reason,
    Requirement,
    Unit,
)
from tui.cli.verbs.verb import Make, VerbCommands
from tui.words.i18n import _

COMMANDS = VerbCommands()


@COMMANDS.verb("suspend", _("What cannot be done now is planned; a leader approves."))
def suspend(
    office: Office,
    day: date | None,
    reason: Reason = "",
    measure: Annotated[
        str,
        typer.Option(
            "--measure", metavar="TEXT", show_default=False, help=_("What is done meanwhile.")
        ),
    ] = "",
    plan: Annotated[
        str | None,
        typer.Option(
            "--plan",
            metavar="DATE",
            show_default=False,
            help=_("The day by which it is planned, within a year."),
        ),
    ] = None,
    reference: Annotated[
        str,
        typer.Option(
            "--reference",
            metavar="TEXT",
            show_default=False,
            help=_("The funds or the project it hangs on."),
        ),
    ] = "",
    note: Note = "",
) -> Make:
    """挂账 T15."""
    planned = office.due(plan, day)
    return lambda item: Suspend(
        item=item.id,
        reason=reason,
        measure=measure,
        plan_on=planned,
        reference=reference,
        note=note,
        on=day,
    )


@COMMANDS.verb("resume", _("Back to work with a new deadline."))
def resume(
    office: Office,
    day: date | None,
    due: Due = None,
    unit: Unit = None,
    requirement: Requirement = "",
    note: Note = "",
) -> Make:
    """销挂 T16."""
    lead = office.unit(unit).id if unit else None
    until = office.due(due, day)
    return lambda item: Resume(
        item=item.id,
        due=until,
        deadline=wording(due),
        lead=lead,
        requirement=requirement,
        note=note,
        on=day,
    )
