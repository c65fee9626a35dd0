"""Triage: the morning's queues one item after another, and what Enter does to each.

A plan is what is suggested, with whatever the person has changed in place; `actions` makes the
wishes of it. Nothing acts by itself.
"""

from collections.abc import Collection
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from core.actions.action import Action
from core.actions.loop.decisions import Approve
from core.actions.loop.feedback import Submit
from core.actions.loop.inspection import MEETS_STANDARD, Pass
from core.actions.loop.levels import Remind
from core.actions.loop.road import Accept, Assign
from core.day.routing import Suggestion, suggest
from core.day.today import Queue, queues
from core.model import Channel, Item, Role, Shows, State
from core.town.placing import zone_of
from core.town.town import Town
from core.words.claims import DONE
from core.words.dates import Period
from core.words.deadlines import due_written, read_due, wording
from core.workflow import lacking

QUEUES = ("reported", "accepted", "awaiting", "asked", "overdue", "due_soon", "lookback_due")
"""Queues of `core.day.today` that are triaged, in this order."""
OF_ROLE = {
    "reported": {Role.CLERK},
    "accepted": {Role.CLERK},
    "awaiting": {Role.INSPECTOR},
    "lookback_due": {Role.INSPECTOR},
    "asked": {Role.LEADER},
    "overdue": {Role.CLERK},
    "due_soon": {Role.CLERK},
}
"""Whose work a queue is."""
OTHERWISE = "recheck"
"""What a person is asked for where `actions` has nothing to suggest."""


class Written(Struct, frozen=True):
    """What a ledger that came in wrote of giving an item out: taken up, never replaced unasked."""

    issued_on: date
    due: date
    done: bool
    """Whether it claims the item done."""
    done_on: date | None = None


def written_of(item: Item) -> Written | None:
    """The days a ledger wrote, where it names a deadline and nothing was issued since."""
    said = item.proposed
    if said is None or said.due is None or item.assignments:
        return None
    known = [day for day in (said.due, said.feedback_on) if day is not None]
    issued = said.issued_on or min([*known, item.found_on or item.reported_on or said.due])
    if said.due < issued:
        return None
    done_on = said.feedback_on if said.feedback_on and said.feedback_on >= issued else None
    return Written(issued, said.due, said.claim == DONE or done_on is not None, done_on)


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
    zone: int | None = None
    """The zone of an item that has none: the one its place begins with."""
    written: "Written | None" = None
    """The days and the claim a ledger wrote."""

    @property
    def taken_up(self) -> "Written | None":
        """What the ledger wrote, where its deadline was not changed in the plan."""
        wrote = self.written
        return wrote if wrote is not None and self.deadline == wrote.due.isoformat() else None

    def with_kind(self, town: Town, item: Item, category: str, sub: str, today: date) -> "Plan":
        """The plan for another category: unit, deadline and requirement follow it."""
        other = plan_of(town, replace(item, category=category, subcategory=sub), today)
        return replace(other, category=category, subcategory=sub)


def plan_of(town: Town, item: Item, today: date) -> Plan:
    """What is suggested for an item."""
    zone = zone_of(town, item)
    found = suggest(town, item if zone is None else replace(item, zone=zone), today)
    proposed = item.proposed
    deadline = found.deadline
    wrote = written_of(item)
    if wrote is not None:
        deadline = wrote.due.isoformat()
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
        zone=zone,
        written=wrote,
    )


def missing(item: Item, plan: Plan) -> tuple[str, ...]:
    """Fields the plan still lacks for what Enter does."""
    lacks: tuple[str, ...] = ()
    if item.state == State.REPORTED:
        zone = item.zone or plan.zone
        known = {"category": plan.category, "zone": zone, "found_on": item.found_on}
        lacks += lacking("accept", known)
    if item.state in (State.REPORTED, State.ACCEPTED):
        lacks += lacking("assign", {"lead": plan.lead, "due": plan.deadline})
    return lacks


def actions(town: Town, item: Item, plan: Plan, today: date) -> list[Action]:
    """The wishes of a plan that lacks nothing, decided one on the other in one transaction."""
    pending = town.pending(item.id)
    if pending:
        return [Approve(request=request.id) for request in pending]
    match item.state:
        case State.REPORTED:
            wrote = plan.taken_up
            accept = Accept(
                item=item.id,
                category=plan.category,
                subcategory=plan.subcategory,
                zone=plan.zone,
                on=wrote.issued_on if wrote else None,
            )
            return [accept, *_issued(town, item, plan, today)]
        case State.ACCEPTED:
            return _issued(town, item, plan, today)
        case State.AWAITING:
            return [Pass(item=item.id, finding=MEETS_STANDARD)]
        case State.RECTIFYING:
            return [Remind(item=item.id)]
        case _:
            return []


def check_due(town: Town, item: Item, plan: Plan, today: date) -> None:
    """Refuse a deadline no day can be made of, or one that is past. Raises `RuleError`."""
    issues = item.state in (State.REPORTED, State.ACCEPTED) and not town.pending(item.id)
    if issues and plan.taken_up is None and plan.deadline:
        due_written(plan.deadline, today, Period(today, calendar=town.calendar))


def _issued(town: Town, item: Item, plan: Plan, today: date) -> list[Action]:
    """Giving it out, and what its unit is said to have fed back already."""
    wrote = plan.taken_up
    assign = _assign(town, item, plan, wrote.issued_on if wrote else today)
    if wrote is None:
        return [assign]
    assign = replace(assign, on=wrote.issued_on, due=wrote.due)
    return [assign, *claimed(item, wrote)]


def claimed(item: Item, wrote: Written) -> list[Action]:
    """What a ledger claims as done, as the feedback of the unit the item is given to."""
    said = item.proposed
    if said is None or not wrote.done:
        return []
    return [
        Submit(
            item=item.id,
            on=wrote.done_on,
            measure=said.measure,
            progress=said.progress,
            photos=said.photos_after,
            claimed=True,
            channel=Channel.LEDGER,
        )
    ]


def unproven(item: Item) -> bool:
    """Whether nobody could say that an item meets its standard: it has none, or no evidence."""
    claim = item.assignment.claim if item.assignment else None
    shown = bool(claim and claim.photos) or any(f.shows == Shows.AFTER for f in item.files)
    return not item.close_standard or not shown


def _assign(town: Town, item: Item, plan: Plan, start: date) -> Assign:
    due = read_due(plan.deadline, start, Period(start, calendar=town.calendar)).value
    return Assign(
        item=item.id,
        lead=plan.lead,
        co=plan.co,
        due=due,
        deadline=wording(plan.deadline),
        requirement=plan.requirement,
        responsible=item.proposed.responsible if item.proposed else "",
    )


def inbox(town: Town, today: date, roles: Collection[Role] = tuple(Role)) -> list[Queue]:
    """The queues to go through, those of one's own roles first; empty ones left out."""
    found = {queue.code: queue for queue in queues(town, today)}
    mine = [code for code in QUEUES if OF_ROLE.get(code, set()) & set(roles)]
    order = (*mine, *(code for code in QUEUES if code not in mine))
    return [found[code] for code in order if found[code].items]
