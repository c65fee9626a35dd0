"""催办: what each unit is to be reminded of today (docs/domain.md 9)."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from core.model import Item, State, Unit
from core.roles import Actor
from core.sight.whose import kept_to
from core.town.facts import Facts
from core.town.town import Town


class Chase(Struct, frozen=True):
    """What one unit has overdue, due today and due soon; what presses most first."""

    unit: Unit
    overdue: tuple[Item, ...] = ()
    due_today: tuple[Item, ...] = ()
    due_soon: tuple[Item, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """All of it."""
        return (*self.overdue, *self.due_today, *self.due_soon)


def chases(town: Town, today: date, units: Iterable[int] | None = None) -> list[Chase]:
    """The units that have something to be reminded of, the most overdue first."""
    facts = Facts(town, today)
    found: dict[int, tuple[list[Item], list[Item], list[Item]]] = {}
    for item in town.in_state(State.RECTIFYING):
        assignment = item.assignment
        if assignment is None or assignment.lead is None:
            continue
        kinds = (facts.overdue(item), facts.due_today(item), facts.due_soon(item))
        if any(kinds):
            found.setdefault(assignment.lead, ([], [], []))[kinds.index(True)].append(item)
    wanted = None if units is None else set(units)
    made = [
        Chase(town.units[unit], *(tuple(sorted(part, key=_until)) for part in parts))
        for unit, parts in found.items()
        if wanted is None or unit in wanted
    ]
    return sorted(made, key=lambda c: (-len(c.overdue), -len(c.items), c.unit.id))


def chases_for(
    town: Town, actor: Actor, today: date, units: Iterable[int] | None = None
) -> list[Chase]:
    """As `chases`; a liaison who sees only their unit's reminds nobody else."""
    own = kept_to(town, actor)
    if own is not None:
        units = {own} if units is None else {own} & set(units)
    return chases(town, today, units)


def _until(item: Item) -> tuple[date, int]:
    assignment = item.assignment
    until = assignment.work_until if assignment else None
    return until or date.max, item.id
