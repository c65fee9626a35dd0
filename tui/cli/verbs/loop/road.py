"""`zg accept|reject|fix|assign`: the straight road."""

from datetime import date
from typing import Annotated

import typer

from core.actions import (
    Accept,
    Action,
    Assign,
    Fix,
    Reject,
)
from core.day.triage import claimed, plan_of
from core.model import REJECTED_AS, Item, State, VoidKind
from core.town.placing import zone_of
from core.words.categories import OTHER
from core.words.deadlines import wording
from tui.cli.frame.office import Office, talk
from tui.cli.frame.options import (
    Category,
    Co,
    Due,
    Note,
    Photos,
    Unit,
    VoidReason,
    Zone,
    reason_of,
)
from tui.cli.frame.options import (
    Severity as SeverityOption,
)
from tui.cli.verbs.verb import Make, VerbCommands, complete_phrases
from tui.verbs.suggesting import suggestion_text
from tui.words.i18n import _

COMMANDS = VerbCommands()


@COMMANDS.verb("accept", _("Take on as a case; prints the item number."))
def accept(
    office: Office,
    day: date | None,
    category: Category = "",
    severity: SeverityOption = "",
    zone: Zone = None,
    found: Annotated[
        str | None,
        typer.Option("--found", metavar="DATE", help=_("Day of the find."), show_default=False),
    ] = None,
    standard: Annotated[
        str,
        typer.Option(
            "--standard",
            metavar="TEXT",
            show_default=False,
            help=_("What must be so for it to be struck off."),
        ),
    ] = "",
    note: Note = "",
) -> Make:
    """立案 T2."""
    main, sub = office.kind(category)
    key = office.zone(zone).id if zone else None
    found_on = office.day(found, "found_on")

    def make(item: Item) -> Action:
        kind = sub or ("" if main not in ("", item.category) else item.subcategory) or OTHER
        return Accept(
            item=item.id,
            category=main,
            subcategory=kind,
            severity=severity,
            zone=key or zone_of(office.town, item),
            found_on=found_on,
            close_standard=standard,
            note=note,
            on=day,
        )

    return make


@COMMANDS.verb("reject", _("Do not take on, with a reason."))
def reject(
    office: Office,
    day: date | None,
    reason: VoidReason = VoidKind.NOT_ACCEPTED.value,
    note: Note = "",
) -> Make:
    """不予立案 T3."""
    kind = reason_of(reason, REJECTED_AS) or VoidKind.NOT_ACCEPTED
    return lambda item: Reject(item=item.id, reason=kind, note=note, on=day)


@COMMANDS.verb("fix", _("Put right on the spot and struck off at once."))
def fix(
    office: Office,
    day: date | None,
    measure: Annotated[
        str,
        typer.Option(
            "--measure",
            metavar="TEXT",
            help=_("What was done."),
            show_default=False,
            autocompletion=complete_phrases("measure"),
        ),
    ] = "",
    photo: Photos = None,
    note: Note = "",
) -> Make:
    """当场整改 T4."""
    return lambda item: Fix(
        item=item.id, measure=measure, photos=tuple(photo or ()), note=note, on=day
    )


@COMMANDS.verb("assign", _("Issue to a unit with a deadline."))
def assign(
    office: Office,
    day: date | None,
    unit: Unit = None,
    due: Due = None,
    co: Co = None,
    requirement: Annotated[
        str,
        typer.Option(
            "--requirement",
            metavar="TEXT",
            help=_("What is asked of the unit."),
            show_default=False,
        ),
    ] = "",
    responsible: Annotated[
        str,
        typer.Option(
            "--responsible", metavar="TEXT", help=_("Who answers for it there."), show_default=False
        ),
    ] = "",
    note: Note = "",
) -> Make:
    """交办 T5. What is not said is taken from what a ledger proposed, else from what is suggested."""
    lead = office.unit(unit).id if unit else None
    helping = tuple(office.unit(name).id for name in co or ())
    until = office.due(due, day)

    def make(item: Item) -> Action | list[Action]:
        plan = plan_of(office.town, item, office.today)
        words = due or plan.deadline
        wrote = plan.written if due is None else None
        issued = day or (wrote.issued_on if wrote else None)
        if item.state == State.ACCEPTED and (lead is None or due is None):
            talk(f"{item.label}: {suggestion_text(plan.suggestion, office.town)}")
        assign = Assign(
            item=item.id,
            lead=lead or plan.lead,
            co=helping or (plan.co if lead in (None, plan.lead) else ()),
            due=until or (office.due(words, issued) if words else None),
            deadline=wording(words),
            requirement=requirement or plan.requirement,
            responsible=responsible or (item.proposed.responsible if item.proposed else ""),
            note=note,
            on=issued,
        )
        return [assign, *claimed(item, wrote)] if wrote else assign

    return make
