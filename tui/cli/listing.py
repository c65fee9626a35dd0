"""Looking: lists, single items, histories."""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
import typer

from core.facts import Facts
from core.model import Item
from core.record import KEYS
from store.lock import WAIT
from tui.cli.office import Office, open_office, print_json, print_table
from tui.cli.options import (
    NEGATED_WORDS,
    As,
    Json,
    Lang,
    Numbers,
    Query,
    Store,
    Wait,
    complete_numbers,
    keys_of,
)
from tui.cli.registry import Commands
from tui.display import shown
from tui.history import Historian, standing
from tui.i18n import _
from tui.texts import name_of, overdue_text, state_name

COMMANDS = Commands()
LISTED = ("number", "state", "zone", "location", "description", "lead_unit", "work_until")


@COMMANDS.command("list", _("List items; open ones unless -a."), context_settings=NEGATED_WORDS)
def list_(
    query: Query = None,
    every: Annotated[
        bool, typer.Option("--all", "-a", help=_("Closed and void ones too."), show_default=False)
    ] = False,
    columns: Annotated[
        str, typer.Option("--columns", "-c", metavar="KEYS", help=_("Fields, joined by commas."))
    ] = ",".join(LISTED),
    limit: Annotated[
        int,
        typer.Option("--limit", "-n", metavar="N", min=0, help=_("At most so many; 0 for all.")),
    ] = 0,
    as_role: As = None,
    json: Json = False,
    store: Store = None,
    lang: Lang = None,
) -> None:
    """列出."""
    keys = keys_of(columns)
    with open_office(store, lang, as_role) as office:
        items = office.matching(query or (), every=every)
        items = items[:limit] if limit else items
        if json:
            print_json(office.records(items))
        else:
            _print_items(office, items, keys)


def _print_items(office: Office, items: Sequence[Item], keys: Sequence[str]) -> None:
    rows = []
    facts = Facts(office.town, office.today)
    for item, record in zip(items, office.records(items), strict=True):
        cells = [_cell(key, record[key]) for key in keys]
        late = facts.overdue_days(item) if "work_until" in keys else 0
        if late:
            at = keys.index("work_until")
            cells[at] = f"{cells[at]} {overdue_text(late)}"
        rows.append(cells)
    flexible = keys.index("description") if "description" in keys else -1
    print_table(rows, [name_of(key) for key in keys], flexible=flexible)


def _cell(key: str, value: Any) -> str:
    if value is None:
        return ""
    if key == "state":
        return state_name(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "、".join(value)
    return str(value)


@COMMANDS.command("show", _("Show items with their assignments and history."))
def show(
    numbers: Numbers, as_role: As = None, json: Json = False, store: Store = None, lang: Lang = None
) -> None:
    """查看."""
    with open_office(store, lang, as_role) as office:
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
    record["events"] = [msgspec.to_builtins(e) for e in office.repository.history(item.id)]
    return record


def _print_item(office: Office, item: Item) -> None:
    record = office.records([item])[0]
    for key in KEYS:
        value = record[key]
        if value not in (None, "", [], 0, False) and key != "revision":
            print(f"{name_of(key)}: {shown(_cell(key, value), lines=True)}")
    for line in standing(item, Facts(office.town, office.today)):
        print(line)
    print(_("History:"))
    historian = Historian(office.town)
    for event in office.repository.history(item.id):
        print("  " + shown(historian.line(event)))


@COMMANDS.command("history", _("Who did what, when and how; of items, a person or a day."))
def history(
    numbers: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NUMBER]...",
            help=_("Numbers of items; everything by default."),
            autocompletion=complete_numbers,
            show_default=False,
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by", metavar="LOGIN", show_default=False, help=_("Only what this person did.")
        ),
    ] = None,
    day: Annotated[
        str | None,
        typer.Option(
            "--day", metavar="DATE", show_default=False, help=_("Only what was saved on this day.")
        ),
    ] = None,
    as_role: As = None,
    json: Json = False,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    """历史."""
    with open_office(store, lang, as_role, wait) as office:
        historian = Historian(office.town)
        wanted = office.day(day, "on")
        items = [item.id for item in office.items(numbers or ())]
        office.repository.load_closed()
        if len(items) == 1 and by is None and wanted is None:
            events = office.repository.history(items[0])
        else:
            from store.database import search_events

            span = historian.day(wanted) if wanted else None
            events = search_events(office.repository, items=items, by=by, span=span)
        if json:
            print_json([historian.record(event) for event in events])
            return
        print_table(
            [historian.cells(event) for event in events],
            [_("When"), _("Item"), _("Who"), _("Role"), _("Action"), _("Details")],
            flexible=5,
        )
