"""What follows from an item and the day: overdue, due soon and the like; never stored."""

from datetime import date

from core.model import Item, State
from core.worktime import add_workdays, workdays_between

SOON = 2
"""Working days ahead in which an open item counts as due soon."""
OFFICE_LIMITS = {State.REPORTED: 1, State.ACCEPTED: 1, State.AWAITING: 2}
"""Working days the office gives itself to accept, issue and re-inspect."""
CLOSED_SHOWN = 30
"""Days for which a closed item stays on the board."""


def overdue(item: Item, today: date) -> bool:
    """Whether the unit finished, or is still at it, after `due`; never while suspended."""
    return overdue_since(item, today) is not None


def overdue_since(item: Item, today: date) -> date | None:
    """The `due` that was missed, by the feedback date or, where none stands, by `today`."""
    assignment = item.assignment
    if assignment is None or assignment.due is None:
        return None
    if item.state not in (State.RECTIFYING, State.AWAITING, State.CLOSED):
        return None
    claim = assignment.claim
    done = claim.on if claim and claim.on else None
    if done is None and item.state == State.CLOSED:
        done = item.closed_on
    return assignment.due if (done or today) > assignment.due else None


def overdue_days(item: Item, today: date) -> int:
    """Working days an open item is past its `due`; 0 where it is not."""
    since = overdue_since(item, today)
    return workdays_between(since, today) if since else 0


def due_soon(item: Item, today: date) -> bool:
    """Whether the unit must be done within two working days, and is not overdue."""
    assignment = item.assignment
    if item.state != State.RECTIFYING or assignment is None or assignment.work_until is None:
        return False
    return not overdue(item, today) and assignment.work_until <= add_workdays(today, SOON)


def waits_since(item: Item) -> date | None:
    """The day since which an item waits for the office."""
    assignment = item.assignment
    match item.state:
        case State.REPORTED:
            return item.reported_on
        case State.ACCEPTED:
            return item.accepted_on
        case State.AWAITING if assignment and assignment.claim:
            return assignment.claim.on
        case _:
            return None


def waits_too_long(item: Item, today: date) -> bool:
    """Whether the office is past its own limit for the next step."""
    since, limit = waits_since(item), OFFICE_LIMITS.get(item.state)
    return since is not None and limit is not None and add_workdays(since, limit) < today
