"""`zg correct`: a field set right."""

from datetime import date
from typing import Annotated, Any

import typer

from core.actions import (
    Action,
    Attach,
    Correct,
)
from core.errors import Incomplete
from core.model import Item, Shows
from tui.cli.frame.office import Office
from tui.cli.frame.options import (
    Category,
    Due,
    Photos,
    Reason,
    Zone,
)
from tui.cli.frame.options import (
    Severity as SeverityOption,
)
from tui.cli.verbs.verb import Make, VerbCommands
from tui.words.i18n import _

COMMANDS = VerbCommands()


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
