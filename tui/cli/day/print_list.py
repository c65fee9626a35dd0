"""A list of items on standard output."""

import sys
from collections.abc import Sequence
from typing import Any

from core.finding.query import asks_for_requests
from core.ledger.record import Projector
from core.model import Item
from tui.cli.frame.office import Office
from tui.cli.frame.tables import keys_of, print_json, print_table
from tui.exits import talk
from tui.words.i18n import _
from tui.words.texts import name_of, overdue_text, sentence, state_name

LISTED = ("number", "state", "zone", "location", "description", "lead_unit", "work_until")
DEFAULT = ",".join(LISTED)


def print_list(
    office: Office,
    query: Sequence[str],
    *,
    every: bool = False,
    columns: str = DEFAULT,
    limit: int = 0,
    json: bool = False,
) -> None:
    """Items that a query lets through: open ones, or all; at most `limit`, but for 0."""
    keys = keys_of(columns)
    items = office.matching(query, every=every)
    items = items[:limit] if limit else items
    if json:
        print_json(office.records(items, keys))
    elif not items and sys.stdout.isatty():
        talk(sentence("no_match", {}))
    elif columns == DEFAULT and asks_for_requests(query):
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
