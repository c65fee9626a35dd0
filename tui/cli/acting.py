"""What every verb does on the command line: several numbers, one transaction."""

from collections.abc import Callable

from core.actions import Action
from core.model import Item
from tui.cli.office import Office, print_json

Make = Callable[[Office, Item], Action]


def act(office: Office, numbers: list[str], make: Make, json: bool) -> None:
    """One transaction over all the items; prints numbers that were made, or records."""
    items = office.items(numbers)
    before = {item.id: item.number for item in items}
    office.commit([make(office, item) for item in items])
    after = [office.town.item(item.id) for item in items]
    if json:
        print_json(office.records(after))
        return
    for item in after:
        if item.number != before[item.id]:
            print(item.number)
