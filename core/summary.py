"""Open and overdue items by zone and by unit."""

from collections.abc import Callable
from datetime import date

from msgspec import Struct

from core.facts import overdue
from core.model import Item
from core.town import Town


class Tally(Struct, frozen=True):
    """How much is open, and how much of it overdue."""

    open: int = 0
    overdue: int = 0


def _tallied(town: Town, today: date, key: Callable[[Item], int | None]) -> dict[int, Tally]:
    counts: dict[int, list[int]] = {}
    for item in town.open_items():
        at = key(item)
        if at is not None:
            count = counts.setdefault(at, [0, 0])
            count[0] += 1
            count[1] += overdue(item, today)
    return {at: Tally(*count) for at, count in counts.items()}


def by_zone(town: Town, today: date) -> dict[int, Tally]:
    """Open items of each zone."""
    return _tallied(town, today, lambda item: item.zone)


def by_unit(town: Town, today: date) -> dict[int, Tally]:
    """Open items that a unit leads on."""
    return _tallied(
        town,
        today,
        lambda item: (
            item.assignment.lead if item.assignment and item.assignment.ended_on is None else None
        ),
    )
