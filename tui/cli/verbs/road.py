"""The desk's verbs as commands: add, accept, reject, fix, assign, correct."""

from datetime import date
from typing import Annotated, Any

import typer

from core.actions import (
    Accept,
    Action,
    Assign,
    Attach,
    Correct,
    Fix,
    Reject,
)
from core.day.triage import claimed, plan_of
from core.errors import Incomplete
from core.model import REJECTED_AS, Item, Shows, State, VoidKind
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
    Reason,
    Unit,
    VoidReason,
    Zone,
    reason_of,
)
from tui.cli.frame.options import (
    Severity as SeverityOption,
)
from tui.cli.verbs.verb import Make, VerbCommands, complete_phrases
from tui.verbs.off_road import suggestion_text
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


@COMMANDS.verb("correct", _("Set a field right; the old value stays in the history."))
def correct(
    office: Office,
    day: date | None,
    description: Annotated[
        str | None,
        typer.Option("--description", metavar="TEXT", help=_("What is wrong."), show_default=False),
    ] = None,
    location: Annotated[
        str | None,
        typer.Option(
            "--location", "-l", metavar="TEXT", help=_("Where exactly."), show_default=False
        ),
    ] = None,
    zone: Zone = None,
    category: Category = "",
    severity: SeverityOption = "",
    source: Annotated[
        str | None,
        typer.Option("--source", metavar="TEXT", help=_("How it came up."), show_default=False),
    ] = None,
    found: Annotated[
        str | None,
        typer.Option("--found", metavar="DATE", help=_("Day of the find."), show_default=False),
    ] = None,
    external_no: Annotated[
        str | None,
        typer.Option(
            "--external-no",
            metavar="TEXT",
            help=_("Number in the sender's books."),
            show_default=False,
        ),
    ] = None,
    requirement: Annotated[
        str | None,
        typer.Option(
            "--requirement",
            metavar="TEXT",
            help=_("What is asked of the unit."),
            show_default=False,
        ),
    ] = None,
    responsible: Annotated[
        str | None,
        typer.Option(
            "--responsible", metavar="TEXT", help=_("Who answers for it there."), show_default=False
        ),
    ] = None,
    standard: Annotated[
        str | None,
        typer.Option(
            "--standard",
            metavar="TEXT",
            help=_("What must be so for it to be struck off."),
            show_default=False,
        ),
    ] = None,
    due: Due = None,
    photo: Photos = None,
    reason: Reason = "",
    note: Annotated[
        str | None,
        typer.Option("--note", metavar="TEXT", help=_("The item's note."), show_default=False),
    ] = None,
) -> Make:
    """更正 T26."""
    main, sub = office.kind(category)
    fields: dict[str, Any] = {
        "description": description,
        "location": location,
        "source": source,
        "external_no": external_no,
        "requirement": requirement,
        "responsible": responsible,
        "close_standard": standard,
        "note": note,
        "severity": severity or None,
        "category": main or None,
        "subcategory": sub or None,
        "zone": office.zone(zone).id if zone else None,
        "found_on": office.day(found, "found_on"),
    }
    given = {name: value for name, value in fields.items() if value is not None}
    if not given and due is None and not photo:
        raise Incomplete("nothing_given")
    shown = tuple(office.keep(path, Shows.BEFORE) for path in photo or ())

    def make(item: Item) -> list[Action]:
        values = dict(given)
        if due is not None:
            issued = item.assignment.issued_on if item.assignment else None
            values["due"] = office.due(due, issued)
        attach: list[Action] = [Attach(item=item.id, files=shown, on=day)] if shown else []
        if not values:
            return attach
        return [*attach, Correct(item=item.id, fields=values, reason=reason, on=day)]

    return make
