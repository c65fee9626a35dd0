"""Moving items between units and aside: return, reassign, extend, suspend, resume, merge, void, revive."""

from datetime import date
from typing import Annotated

import typer

from core.actions import (
    Action,
    Extend,
    Merge,
    Reassign,
    Resume,
    Return,
    Revive,
    Suspend,
    Void,
)
from core.model import VOIDED_AS, Item
from core.words.deadlines import wording
from tui.cli.frame.office import Office
from tui.cli.frame.options import (
    ChannelOption,
    Due,
    For,
    Note,
    Reason,
    Unit,
    complete_numbers,
    reason_of,
)
from tui.cli.verbs.verb import Make, VerbCommands, on_behalf
from tui.words.i18n import _

COMMANDS = VerbCommands()
_Requirement = Annotated[
    str,
    typer.Option(
        "--requirement", metavar="TEXT", show_default=False, help=_("What is asked of the unit.")
    ),
]


@COMMANDS.verb("return", _("The unit says it is not theirs; the office decides."))
def return_(
    office: Office,
    day: date | None,
    unit: Unit = None,
    reason: Reason = "",
    for_unit: For = None,
    channel: ChannelOption = "微信",
    note: Note = "",
) -> Make:
    """退回 T7."""
    proposed = office.unit(unit).id if unit else None

    def make(item: Item) -> Action:
        return Return(
            item=item.id,
            reason=reason,
            unit=proposed,
            note=note,
            on=day,
            **on_behalf(office, "return", for_unit, channel),
        )

    return make


@COMMANDS.verb("reassign", _("Give it to another unit; a leader approves."))
def reassign(
    office: Office,
    day: date | None,
    unit: Unit = None,
    due: Due = None,
    reason: Reason = "",
    requirement: _Requirement = "",
    note: Note = "",
) -> Make:
    """改派 T8."""
    lead = office.unit(unit).id if unit else None
    until = office.due(due, day)

    def make(item: Item) -> Action:
        return Reassign(
            item=item.id,
            lead=lead,
            due=until,
            deadline=wording(due),
            requirement=requirement,
            reason=reason,
            note=note,
            on=day,
        )

    return make


@COMMANDS.verb("extend", _("Ask for a later deadline, before it has passed; a leader approves."))
def extend(
    office: Office,
    day: date | None,
    due: Due = None,
    reason: Reason = "",
    for_unit: For = None,
    channel: ChannelOption = "微信",
    note: Note = "",
) -> Make:
    """延期 T14. A deadline word counts from the deadline that is."""

    def make(item: Item) -> Action:
        held = item.assignment.due if item.assignment else None
        return Extend(
            item=item.id,
            due=office.due(due, held or day),
            deadline=wording(due),
            reason=reason,
            note=note,
            on=day,
            **on_behalf(office, "extend", for_unit, channel),
        )

    return make


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
    requirement: _Requirement = "",
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


@COMMANDS.verb("merge", _("The same problem twice: merge into the item that stays."))
def merge(
    office: Office,
    day: date | None,
    into: Annotated[
        str,
        typer.Option(
            "--into",
            metavar="NUMBER",
            show_default=False,
            help=_("The item that stays."),
            autocompletion=complete_numbers,
        ),
    ] = "",
    note: Note = "",
) -> Make:
    """合并 T17."""
    main = office.items([into])[0].id if into else None
    return lambda item: Merge(item=item.id, main=main, note=note, on=day)


@COMMANDS.verb("void", _("It does not count; once issued, a leader approves."))
def void(
    office: Office,
    day: date | None,
    reason: Annotated[
        str,
        typer.Option(
            "--reason",
            metavar="REASON",
            show_default=False,
            help=_("误报, 不属实, 不在范围 or 重复登记."),
        ),
    ] = "",
    note: Note = "",
) -> Make:
    """作废 T18."""
    kind = reason_of(reason, VOIDED_AS)
    return lambda item: Void(item=item.id, reason=kind, note=note, on=day)


@COMMANDS.verb("revive", _("Void or merged by mistake: back to the state it came from."))
def revive(
    office: Office,
    day: date | None,
    reason: Reason = "",
    note: Note = "",
) -> Make:
    """撤销作废 T19."""
    return lambda item: Revive(item=item.id, reason=reason, note=note, on=day)
