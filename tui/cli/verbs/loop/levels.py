"""`zg remind|supervise|criticise|summon`: levels of escalation."""

from datetime import date
from typing import Annotated

import typer

from core.actions import Criticise, Remind, Summon, Supervise, Trigger
from tui.cli.frame.office import Office
from tui.cli.frame.options import (
    Due,
    Note,
    reason_of,
)
from tui.cli.verbs.verb import Make, VerbCommands
from tui.words.i18n import _

COMMANDS = VerbCommands()


_Reference = Annotated[
    str,
    typer.Option(
        "--reference",
        metavar="TEXT",
        show_default=False,
        help=_("Number of the notice or of the approval."),
    ),
]


@COMMANDS.verb("remind", _("Tell the unit again; level 1."))
def remind(
    office: Office,
    day: date | None,
    note: Note = "",
) -> Make:
    """催办."""
    return lambda item: Remind(item=item.id, note=note, on=day)


@COMMANDS.verb(
    "supervise", _("A supervision notice with a deadline of its own; a leader signs. Level 2.")
)
def supervise(
    office: Office,
    day: date | None,
    reason: Annotated[
        str,
        typer.Option(
            "--reason",
            metavar="REASON",
            show_default=False,
            help=_("逾期, 返工, 上级交办, 领导批示 or 现场效果差."),
        ),
    ] = "",
    due: Due = None,
    reference: _Reference = "",
    note: Note = "",
) -> Make:
    """督办 T20."""
    trigger = reason_of(reason, tuple(Trigger))
    until = office.due(due, day)
    return lambda item: Supervise(
        item=item.id,
        reason=trigger,
        work_until=until,
        reference=reference,
        note=note,
        on=day,
    )


@COMMANDS.verb("criticise", _("Named in a circular, with its approval; level 3."))
def criticise(
    office: Office,
    day: date | None,
    reference: _Reference = "",
    note: Note = "",
) -> Make:
    """通报批评 T21."""
    return lambda item: Criticise(item=item.id, reference=reference, note=note, on=day)


@COMMANDS.verb("summon", _("Talked to or handed over; level 4."))
def summon(
    office: Office,
    day: date | None,
    record: Annotated[
        str,
        typer.Option(
            "--record",
            metavar="TEXT",
            show_default=False,
            help=_("What was said and promised, or where it was handed over."),
        ),
    ] = "",
    due: Due = None,
    note: Note = "",
) -> Make:
    """约谈, 责任追究 T22."""
    until = office.due(due, day)
    return lambda item: Summon(item=item.id, record=record, work_until=until, note=note, on=day)
