"""Lists of items."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from core.finding.query import asks_for_requests
from core.ledger.record import Projector
from core.model import Item
from tui.cli.frame.office import Office
from tui.cli.frame.opening import opens
from tui.cli.frame.options import NEGATED_WORDS, Query, keys_of
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import print_json, print_table
from tui.words.i18n import _
from tui.words.texts import name_of, overdue_text, state_name

COMMANDS = Commands(own=("list",))
LISTED = ("number", "state", "zone", "location", "description", "lead_unit", "work_until")
DEFAULT = ",".join(LISTED)


@COMMANDS.command("list", _("List items; open ones unless -a."), context_settings=NEGATED_WORDS)
@opens(json=True)
def list_(
    office: Office,
    query: Query = None,
    every: Annotated[
        bool, typer.Option("--all", "-a", help=_("Closed and void ones too."), show_default=False)
    ] = False,
    columns: Annotated[
        str, typer.Option("--columns", "-c", metavar="KEYS", help=_("Fields, joined by commas."))
    ] = DEFAULT,
    limit: Annotated[
        int,
        typer.Option("--limit", "-n", metavar="N", min=0, help=_("At most so many; 0 for all.")),
    ] = 0,
    *,
    json: bool,
) -> None:
    """列出."""
    keys = keys_of(columns)
    items = office.matching(query or (), every=every)
    items = items[:limit] if limit else items
    if json:
        print_json(office.records(items, keys))
    elif columns == DEFAULT and asks_for_requests(query or ()):
        _print_asked(office, items)
    else:
        _print_items(office, items, keys)


def _print_asked(office: Office, items: Sequence[Item]) -> None:
    """What is asked for, by whom, until when and why: a line a request."""
    from tui.words.history import request_text  # most lists are of items

    rows = [
        [item.label, item.location, request_text(request, office.town, bare=True)]
        for item in items
        for request in office.town.pending(item.id)
    ]
    print_table(rows, [name_of("number"), name_of("location"), _("Asked for")], flexible=2)


def _print_items(office: Office, items: Sequence[Item], keys: Sequence[str]) -> None:
    rows: list[Sequence[str]] = []
    projector = Projector(office.town, office.today)
    for columns in projector.columns(items, [*keys, "overdue_workdays"]):
        texts = {key: [cell_said(key, value) for value in columns[key]] for key in keys}
        if (until := texts.get("work_until")) is not None:
            for at, days in enumerate(columns["overdue_workdays"]):
                until[at] += f" {overdue_text(days)}" if days else ""
        rows += zip(*(texts[key] for key in keys), strict=True)
    flexible = keys.index("description") if "description" in keys else -1
    print_table(rows, [name_of(key) for key in keys], flexible=flexible)


def cell_said(key: str, value: Any) -> str:
    """A field of an item as people read it."""
    if type(value) is str:
        return value
    if value is None:
        return ""
    if key == "state":
        return state_name(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "、".join(value)
    return str(value)
