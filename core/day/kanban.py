"""The board as data: columns, their order, groups. What to draw, never how."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

from core.model import LEFT_STATES, Item, Severity, State
from core.town.facts import CLOSED_SHOWN, Facts
from core.town.town import Town

COLUMNS = (
    State.REPORTED,
    State.ACCEPTED,
    State.RECTIFYING,
    State.AWAITING,
    State.SUSPENDED,
    State.CLOSED,
)
"""States shown as columns, left to right."""

NEVER = date(9999, 12, 31)


class Grouping(StrEnum):
    """How a column is divided."""

    NONE = "none"
    ZONE = "zone"
    UNIT = "unit"
    CATEGORY = "category"


class Sorting(StrEnum):
    """What stands first in a column."""

    PRESSING = "pressing"
    NUMBER = "number"
    ZONE = "zone"
    LEVEL = "level"


class Group(Struct, frozen=True):
    """A stretch of a column under one heading; an empty name where nothing is set."""

    name: str
    keys: tuple[int, ...]


class Column(Struct, frozen=True):
    """One state: its items in order, and how many of them are late."""

    state: State
    groups: tuple[Group, ...] = ()
    late: int = 0
    besides: int = 0
    """Cards of parts whose problem is counted by another card or in another column."""

    @property
    def keys(self) -> tuple[int, ...]:
        """Ids of the items, top to bottom."""
        return tuple(key for group in self.groups for key in group.keys)

    @property
    def count(self) -> int:
        """How many cards."""
        return sum(len(group.keys) for group in self.groups)

    @property
    def tally(self) -> str:
        """How many problems, each once, and how many cards there are besides: 12+1."""
        return f"{self.count - self.besides}" + (f"+{self.besides}" if self.besides else "")


def shown(item: Item, today: date) -> bool:
    """Whether an item has a place on the board: open, or closed in the last 30 days."""
    if item.state == State.CLOSED:
        return item.closed_on is not None and today - item.closed_on <= timedelta(days=CLOSED_SHOWN)
    return item.state in COLUMNS


def stands_in(state: State) -> State:
    """The column of a state."""
    return State.CLOSED if state in LEFT_STATES else state


def order(item: Item, sorting: Sorting = Sorting.PRESSING) -> tuple[object, ...]:
    """Sort key within a column: what presses most first; what was closed last first."""
    match sorting:
        case Sorting.NUMBER:
            return (item.number or item.report_no, item.id)
        case Sorting.ZONE:
            return (item.zone is None, item.zone or 0, item.location, item.id)
        case Sorting.LEVEL:
            return (-item.level, -_gravity(item), *_pressing(item))
        case Sorting.PRESSING:
            return _pressing(item)


def _gravity(item: Item) -> int:
    every = [severity.value for severity in Severity]
    return every.index(item.severity) if item.severity in every else -1


def _pressing(item: Item) -> tuple[object, ...]:
    assignment = item.assignment
    match item.state:
        case State.CLOSED:
            return (NEVER - (item.closed_on or date.min), -item.id)
        case State.RECTIFYING | State.AWAITING | State.SUSPENDED:
            until = assignment.work_until if assignment else None
            if item.state == State.SUSPENDED:
                until = item.plan_on or until
            return (until or NEVER, item.id)
        case _:
            return (item.found_on or item.reported_on or NEVER, item.id)


def grouped_by(town: Town, grouping: Grouping) -> Callable[[Item], str]:
    """The heading an item goes under."""
    match grouping:
        case Grouping.ZONE:
            names = {z.id: f"{z.code} {z.name}" for z in town.zones.values()}
            return lambda item: names.get(item.zone or 0, "")
        case Grouping.UNIT:
            units = {u.id: u.name for u in town.units.values()}

            def lead(item: Item) -> str:
                if item.assignment and not item.assignment.over:
                    return units.get(item.assignment.lead or 0, "")
                if item.state == State.CLOSED and item.assignment:
                    return units.get(item.assignment.lead or 0, "")
                return units.get((item.proposed.lead or 0) if item.proposed else 0, "")

            return lead
        case Grouping.CATEGORY:
            return lambda item: item.category
        case Grouping.NONE:
            return lambda item: ""


def column(
    facts: Facts,
    state: State,
    grouping: Grouping,
    keep: Callable[[Item], bool] | None,
    sorting: Sorting = Sorting.PRESSING,
    *,
    left: bool = False,
) -> Column:
    """One column of the items `keep` lets through; without it, of those of `shown`.

    `left` says whether what was merged or void stands last among what is closed.
    """
    heading = grouped_by(facts.town, grouping)
    found = facts.town.in_state(state)
    items = [i for i in found if (keep(i) if keep else shown(i, facts.today))]
    late = sum(facts.late(i) for i in items)
    items.sort(key=lambda i: order(i, sorting))
    if left and keep and state == State.CLOSED:
        gone = [i for each in LEFT_STATES for i in facts.town.in_state(each) if keep(i)]
        items += sorted(gone, key=lambda i: order(i, sorting))
    return Column(state, _grouped(items, heading), late, _besides(facts.town, items, state))


def _besides(town: Town, items: Iterable[Item], state: State) -> int:
    """Parts that are no problem of this column's own: their whole stands elsewhere, or another part stands for it."""
    parts = [item for item in items if item.part_of is not None]
    here = {part.part_of for part in parts if town.whole_of(part).state == state}
    return len(parts) - len(here)


def _grouped(items: Iterable[Item], heading: Callable[[Item], str]) -> tuple[Group, ...]:
    groups: dict[str, list[int]] = {}
    for item in items:
        groups.setdefault(heading(item), []).append(item.id)
    return tuple(
        Group(name, tuple(groups[name])) for name in sorted(groups, key=lambda n: (not n, n))
    )
