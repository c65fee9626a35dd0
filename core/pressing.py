"""Who is due for a notice or a circular (docs/domain.md 3, T20, T21): proposed, never acted on."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from core.facts import Facts
from core.model import DocumentKind, Item, State
from core.town import Town

REWORKS = 2
"""Failed looks from which a notice is due."""


class Candidate(Struct, frozen=True):
    """One unit, and the items for which a paper of a kind is due; the most overdue first."""

    kind: DocumentKind
    unit: int
    items: tuple[Item, ...]


def candidates(town: Town, today: date, units: Iterable[int] | None = None) -> list[Candidate]:
    """A notice where an item is a working day overdue or was put right badly twice; a circular where
    the day a notice set has passed."""
    facts = Facts(town, today)
    found: dict[tuple[DocumentKind, int], list[Item]] = {}
    wanted = None if units is None else set(units)
    for item in town.in_state(State.RECTIFYING):
        unit = item.assignment.lead if item.assignment else None
        kind = _due(item, facts)
        if unit is not None and kind is not None and (wanted is None or unit in wanted):
            found.setdefault((kind, unit), []).append(item)
    made = [
        Candidate(kind, unit, tuple(sorted(items, key=lambda i: (-facts.overdue_days(i), i.id))))
        for (kind, unit), items in found.items()
    ]
    return sorted(made, key=lambda c: (c.kind != DocumentKind.CIRCULAR, -len(c.items), c.unit))


def _due(item: Item, facts: Facts) -> DocumentKind | None:
    until = item.assignment.work_until if item.assignment else None
    if item.level == 2 and until is not None and until < facts.today:
        return DocumentKind.CIRCULAR
    if item.level < 2 and (facts.overdue_days(item) >= 1 or item.reworks >= REWORKS):
        return DocumentKind.SUPERVISION
    return None


def batch_of(town: Town, unit: int, day: date) -> list[Item]:
    """What a unit was given on a day: the items of its assignment list."""
    return [
        item
        for item in town.in_state(State.RECTIFYING)
        if item.assignment and item.assignment.lead == unit and item.assignment.issued_on == day
    ]
