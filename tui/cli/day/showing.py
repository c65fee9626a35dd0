"""Looking closely: single items, histories."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec
import typer

from core.ledger.record import KEYS
from core.model import Event, Item, Unit, Zone
from core.town.facts import Facts
from tui.cli.day.print_list import cell_said
from tui.cli.frame.office import Office
from tui.cli.frame.opening import opens
from tui.cli.frame.options import Numbers, complete_numbers, complete_units, complete_zones
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import print_json, print_table
from tui.terminal.display import shown
from tui.words.history import Historian, standing
from tui.words.i18n import _
from tui.words.texts import name_of

COMMANDS = Commands(own=("show", "history"))


@COMMANDS.command("show", _("Show items with their assignments and history."))
@opens(json=True)
def show(office: Office, numbers: Numbers, *, json: bool) -> None:
    """查看."""
    items = office.items(numbers)
    if json:
        print_json([_full(office, item) for item in items])
        return
    for at, item in enumerate(items):
        if at:
            print()
        _print_item(office, item)


def _full(office: Office, item: Item) -> dict[str, Any]:
    record = office.records([item])[0]
    record["assignments"] = [msgspec.to_builtins(a) for a in item.assignments]
    record["parts"] = [piece.label for piece in office.town.pieces_of(item) if item.parts]
    record["events"] = [
        msgspec.to_builtins(e) for e in office.told(office.repository.history(item.id))
    ]
    return record


def _print_item(office: Office, item: Item) -> None:
    record = office.records([item])[0]
    for key in KEYS:
        value = record[key]
        if value not in (None, "", [], 0, False) and key != "revision":
            print(f"{name_of(key)}: {shown(cell_said(key, value), lines=True)}")
    for line in standing(item, Facts(office.town, office.today)):
        print(line)
    print(_("History:"))
    historian = Historian(office.town)
    for event in office.told(office.repository.history(item.id)):
        print("  " + shown(historian.line(event)))


@COMMANDS.command("history", _("Who did what, when and how; of anything, a person or a day."))
@opens(saves=True, json=True)
def history(
    office: Office,
    numbers: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NUMBER]...",
            help=_("Numbers of items, papers or rounds; everything by default."),
            autocompletion=complete_numbers,
            show_default=False,
        ),
    ] = None,
    zone: Annotated[
        str | None,
        typer.Option(
            "--zone",
            metavar="ZONE",
            show_default=False,
            help=_("Of a zone and the items in it."),
            autocompletion=complete_zones,
        ),
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option(
            "--unit",
            metavar="UNIT",
            show_default=False,
            help=_("Of a unit, and of the items and papers it was given."),
            autocompletion=complete_units,
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="LOGIN",
            show_default=False,
            help=_("Only what this person did; by login or by name."),
        ),
    ] = None,
    day: Annotated[
        str | None,
        typer.Option(
            "--day", metavar="DATE", show_default=False, help=_("Only what was saved on this day.")
        ),
    ] = None,
    *,
    json: bool,
) -> None:
    """历史."""
    historian = Historian(office.town)
    wanted = office.day(day, "on")
    about = _named(office, numbers or ())
    if not about:  # what is named was taken from the shelf
        office.repository.load_closed()
    if zone is not None:
        about += _of_zone(office, office.any_zone(zone))
    if unit is not None:
        about += _of_unit(office, office.any_unit(unit))
    if len(about) == 1 and by is None and wanted is None:
        ((table, key),) = about
        events = office.repository.history(key, table)
    else:
        span = historian.day(wanted) if wanted else None
        asked = about if numbers or zone is not None or unit is not None else None
        events = _searched(office, asked, by, span)
    events = office.told(events)
    if json:
        print_json([historian.record(event) for event in events])
        return
    print_table(
        [historian.cells(event) for event in events],
        [_("When"), _("About"), _("Who"), _("Role"), _("Action"), _("Details")],
        flexible=5,
    )


def _searched(
    office: Office,
    about: Sequence[tuple[str, int]] | None,
    by: str | None,
    span: tuple[datetime, datetime] | None,
) -> list[Event]:
    """Lines of history of some records, a person, a day."""
    from store.database import search_events

    who = office.login_of(by) if by is not None else None
    return search_events(office.repository, about=about, by=who, span=span)


def _named(office: Office, numbers: Sequence[str]) -> list[tuple[str, int]]:
    """Records of items, papers or rounds by their numbers, each once. Raises `NotFound("no_item")`."""
    found: dict[tuple[str, int], None] = {}
    for number in numbers:
        paper = office.paper(number)
        if paper is not None:
            found["documents", paper.id] = None
            continue
        rounds = [r for r in office.town.rounds.values() if r.number == number.strip()]
        if rounds:
            found["rounds", rounds[0].id] = None
            continue
        for item in office.items([number]):
            found["items", item.id] = None
    return list(found)


def _of_zone(office: Office, zone: Zone) -> list[tuple[str, int]]:
    items = [("items", i.id) for i in office.town.items.values() if i.zone == zone.id]
    return [("zones", zone.id), *items]


def _of_unit(office: Office, unit: Unit) -> list[tuple[str, int]]:
    given = [
        ("items", item.id)
        for item in office.town.items.values()
        if any(unit.id in (a.lead, *a.co) for a in item.assignments)
    ]
    sent = [("documents", d.id) for d in office.town.documents.values() if d.unit == unit.id]
    return [("units", unit.id), *given, *sent]
