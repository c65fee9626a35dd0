"""What every verb does on the command line: several numbers, one transaction."""

from collections.abc import Callable
from typing import Any

from core.actions import Action
from core.changes import Changes
from core.model import Item, RequestState, Role
from core.roles import acting_role
from core.workflow import TABLE
from tui.cli.office import Office, print_json, talk
from tui.history import provisional_texts
from tui.i18n import _
from tui.texts import verb_name

Make = Callable[[Office, Item], Action]


def act(office: Office, numbers: list[str], make: Make, json: bool) -> None:
    """One transaction over all the items; prints numbers that were made, or records."""
    items = office.items(numbers)
    before = {item.id: item.number for item in items}
    changes = office.commit([make(office, item) for item in items])
    for change in changes.of("requests"):
        if getattr(change.new, "state", "") == RequestState.ASKED:
            talk(
                _("{number}: {verb} waits for approval.").format(
                    number=office.town.item(change.new.item).label,  # type: ignore[attr-defined]
                    verb=verb_name(change.new.kind),  # type: ignore[attr-defined]
                )
            )
    for line in provisional_texts(changes):
        talk(line)
    after = changed_items(office, changes) or [office.town.item(item.id) for item in items]
    if json:
        print_json(office.records(after))
        return
    for item in after:
        if item.number != before.get(item.id, ""):
            print(item.number)


def changed_items(office: Office, changes: Changes) -> list[Item]:
    """The items a transaction touched, as they are now."""
    return [office.town.item(change.id) for change in changes.of("items")]


def on_behalf(office: Office, verb: str, for_unit: str | None, channel: str) -> dict[str, Any]:
    """For whom a clerk speaks and how it arrived; a liaison speaks for themselves."""
    if acting_role(office.actor, TABLE[verb].roles) == Role.LIAISON:
        return {}
    return {
        "on_behalf_of": office.unit(for_unit).id if for_unit else None,
        "channel": office.channel(channel),
    }
