"""Triage: the morning's queues one item after another, and what Enter does to each.

A plan is what is suggested, with whatever the person has changed in place; `actions` makes the
wishes of it. Nothing acts by itself.
"""

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from core.actions import Accept, Action, Approve, Assign, Pass, Remind
from core.actions.road import MEETS_STANDARD
from core.categories import OTHER
from core.model import Item, State
from core.reading import Period, read_due, wording
from core.routing import Suggestion, suggest
from core.text import key_of
from core.today import Queue, queues
from core.town import Town

QUEUES = ("reported", "accepted", "awaiting", "asked", "overdue", "due_soon", "lookback_due")
"""Queues of `core.today` that are triaged, in this order."""
OTHERWISE = "recheck"
"""What a person is asked for where `actions` has nothing to suggest."""
ALIKE = 5
"""Similar items shown at most."""
NEAR = 0.35
"""Share of two-character pieces two texts have in common to be called near."""


class Plan(Struct, frozen=True, kw_only=True):
    """What Enter would do with one item."""

    item: int
    suggestion: Suggestion
    category: str = ""
    subcategory: str = ""
    lead: int | None = None
    co: tuple[int, ...] = ()
    deadline: str = ""
    requirement: str = ""

    def with_kind(self, town: Town, item: Item, category: str, sub: str, today: date) -> "Plan":
        """The plan for another category: unit, deadline and requirement follow it."""
        other = plan_of(town, replace(item, category=category, subcategory=sub), today)
        return replace(other, category=category, subcategory=sub)


def plan_of(town: Town, item: Item, today: date) -> Plan:
    """What is suggested for an item."""
    found = suggest(town, item, today)
    proposed = item.proposed
    deadline = found.deadline
    if proposed is not None and proposed.due is not None and proposed.due >= today:
        deadline = proposed.due.isoformat()
    requirement = proposed.requirement if proposed else ""
    return Plan(
        item=item.id,
        suggestion=found,
        category=found.category,
        subcategory=found.subcategory,
        lead=found.lead,
        co=found.co,
        deadline=deadline,
        requirement=requirement or found.requirement,
    )


def missing(item: Item, plan: Plan) -> tuple[str, ...]:
    """Fields the plan still lacks for what Enter does."""
    lacks = []
    if item.state == State.REPORTED:
        if not plan.category:
            lacks.append("category")
        if item.zone is None:
            lacks.append("zone")
        if item.found_on is None:
            lacks.append("found_on")
    if item.state in (State.REPORTED, State.ACCEPTED):
        if plan.lead is None:
            lacks.append("lead")
        if not plan.deadline:
            lacks.append("due")
    return tuple(lacks)


def actions(town: Town, item: Item, plan: Plan, today: date) -> list[Action]:
    """The wishes of a plan that lacks nothing, decided one on the other in one transaction."""
    pending = town.pending(item.id)
    if pending:
        return [Approve(request=request.id) for request in pending]
    match item.state:
        case State.REPORTED:
            accept = Accept(
                item=item.id, category=plan.category, subcategory=plan.subcategory or OTHER
            )
            return [accept, _assign(town, item, plan, today)]
        case State.ACCEPTED:
            return [_assign(town, item, plan, today)]
        case State.AWAITING:
            return [Pass(item=item.id, finding=MEETS_STANDARD)]
        case State.RECTIFYING:
            return [Remind(item=item.id)]
        case _:
            return []


def _assign(town: Town, item: Item, plan: Plan, today: date) -> Assign:
    due = read_due(plan.deadline, today, Period(today, calendar=town.calendar)).value
    return Assign(
        item=item.id,
        lead=plan.lead,
        co=plan.co,
        due=due,
        deadline=wording(plan.deadline),
        requirement=plan.requirement,
        responsible=item.proposed.responsible if item.proposed else "",
    )


def inbox(town: Town, today: date) -> list[Queue]:
    """The queues to go through, empty ones left out."""
    found = {queue.code: queue for queue in queues(town, today)}
    return [found[code] for code in QUEUES if found[code].items]


def alike(town: Town, item: Item) -> list[Item]:
    """Open items of the same zone and category with a near text, nearest first."""
    mine = _pieces(item)
    near = [
        (_share(mine, _pieces(other)), other)
        for other in town.open_items()
        if other.id != item.id
        and other.zone == item.zone
        and (not item.category or not other.category or other.category == item.category)
    ]
    close = [(share, other) for share, other in near if share >= NEAR]
    close.sort(key=lambda pair: (-pair[0], pair[1].id))
    return [other for _share_, other in close[:ALIKE]]


def _pieces(item: Item) -> set[str]:
    text = key_of(item.location + item.description)
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _share(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))
