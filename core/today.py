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


QUERIES = {
    "due_today": "today",
    "overdue": "overdue",
    "reported": "state:reported",
    "accepted": "state:accepted",
    "awaiting": "state:awaiting",
    "asked": "asked",
    "circular_due": "circular",
    "notice_due": "notice",
    "due_soon": "soon",
    "unsigned": "unsigned",
    "slow": "slow",
    "orphaned": "orphaned",
    "plan_due": "plan",
    "stockpiled": "stockpiled",
    "provisional": "provisional",
    "lookback_due": "lookback",
}
"""Every queue by its code, and the query that shows it; what presses most first."""


def queues(town: Town, today: date) -> list[Queue]:
    """Every queue, empty ones too. A town must be complete for the look-backs."""
    facts = Facts(town, today)
    opened = list(town.open_items())
    keeps: dict[str, Callable[[Item], object]] = {
        "reported": _in(State.REPORTED),
        "accepted": _in(State.ACCEPTED),
        "awaiting": _in(State.AWAITING),
        "slow": facts.waits_too_long,
    }
    return [
        _queue(
            code,
            town.in_state(State.CLOSED) if code == "lookback_due" else opened,
            keeps.get(code) or getattr(facts, code),
        )
        for code in QUERIES
    ]


def _in(state: State) -> Callable[[Item], object]:
    return lambda item: item.state == state


def _queue(code: str, items: Iterable[Item], keep: Callable[[Item], object]) -> Queue:
    found = [item for item in items if keep(item)]
    return Queue(code, QUERIES[code], tuple(sorted(found, key=_pressing)))


def _pressing(item: Item) -> tuple[date, int]:
    assignment = item.assignment
    until = assignment.work_until if assignment and item.closed_on is None else None
    return until or item.closed_on or item.found_on or item.reported_on or date.max, item.id
