"""今日: the queues of a morning, what presses most first (docs/domain.md 9)."""

from collections.abc import Callable, Iterable
from datetime import date

from msgspec import Struct

from core.facts import Facts
from core.model import Item, State
from core.town import Town


class Queue(Struct, frozen=True):
    """Items that wait for the same thing; `query` shows them on the board and in lists."""

    code: str
    query: str
    items: tuple[Item, ...]


def queues(town: Town, today: date) -> list[Queue]:
    """Every queue, empty ones too. A town must be complete for the look-backs."""
    facts = Facts(town, today)
    opened = list(town.open_items())
    return [
        _queue("due_today", "today", opened, facts.due_today),
        _queue("overdue", "overdue", opened, facts.overdue),
        _queue("reported", "state:reported", opened, _in(State.REPORTED)),
        _queue("accepted", "state:accepted", opened, _in(State.ACCEPTED)),
        _queue("awaiting", "state:awaiting", opened, _in(State.AWAITING)),
        _queue("asked", "asked", opened, lambda item: bool(facts.asked(item))),
        _queue("due_soon", "soon", opened, facts.due_soon),
        _queue("unsigned", "unsigned", opened, facts.unsigned),
        _queue("slow", "slow", opened, facts.waits_too_long),
        _queue("orphaned", "orphaned", opened, facts.orphaned),
        _queue("plan_due", "plan", opened, facts.plan_due),
        _queue("stockpiled", "stockpiled", opened, facts.stockpiled),
        _queue("provisional", "provisional", opened, facts.provisional),
        _queue("lookback_due", "lookback", town.in_state(State.CLOSED), facts.lookback_due),
    ]


def _in(state: State) -> Callable[[Item], bool]:
    return lambda item: item.state == state


def _queue(code: str, query: str, items: Iterable[Item], keep: Callable[[Item], bool]) -> Queue:
    found = [item for item in items if keep(item)]
    return Queue(code, query, tuple(sorted(found, key=_pressing)))


def _pressing(item: Item) -> tuple[date, int]:
    assignment = item.assignment
    until = assignment.work_until if assignment and item.closed_on is None else None
    return until or item.closed_on or item.found_on or item.reported_on or date.max, item.id
