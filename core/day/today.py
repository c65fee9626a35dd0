"""今日: the queues of a morning, what presses most first (docs/domain.md 9)."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from core.model import Item, State
from core.model.parts import problems_in
from core.town.facts import Facts
from core.town.town import Town


class Queue(Struct, frozen=True):
    """Items that wait for the same thing; `query` shows them on the board and in lists."""

    code: str
    query: str
    items: tuple[Item, ...]
    more: int = 0
    """Others that were not taken from the shelf, behind these."""

    @property
    def count(self) -> int:
        """How many problems wait, one for several units once."""
        return problems_in(self.items) + self.more


TAKEN = 20
"""Look-backs taken from the shelf at a time."""
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
    """Every queue, empty ones too. Of the look-backs on the shelf the first are taken."""
    facts = Facts(town, today)
    opened = list(town.open_items())
    keeps: dict[str, Callable[[Item], object]] = {
        "reported": _in(State.REPORTED),
        "accepted": _in(State.ACCEPTED),
        "awaiting": _in(State.AWAITING),
        "slow": facts.waits_too_long,
    }
    return [
        _lookbacks(facts)
        if code == "lookback_due"
        else _queue(code, opened, keeps.get(code) or getattr(facts, code))
        for code in QUERIES
    ]


def _lookbacks(facts: Facts) -> Queue:
    """回头看到期: of those here, and of those on the shelf the earliest."""
    town = facts.town
    more = 0
    if not town.complete and town.shelf is not None:
        until = facts.today - timedelta(days=town.settings.lookback_days)
        here = town.items
        waiting = town.shelf.unchecked(until)
        more = len(waiting) - sum(town.shelf.is_unchecked(key, until) for key in here)
        taken = list(islice((key for key in waiting if key not in here), TAKEN))
        for key in taken:
            town.held(key)
        more -= len(taken)
    found = _queue("lookback_due", town.in_state(State.CLOSED), facts.lookback_due)
    return replace(found, more=more)


def _in(state: State) -> Callable[[Item], object]:
    return lambda item: item.state == state


def _queue(code: str, items: Iterable[Item], keep: Callable[[Item], object]) -> Queue:
    found = [item for item in items if keep(item)]
    return Queue(code, QUERIES[code], tuple(sorted(found, key=_pressing)))


def _pressing(item: Item) -> tuple[date, int]:
    assignment = item.assignment
    until = assignment.work_until if assignment and item.closed_on is None else None
    return until or item.closed_on or item.found_on or item.reported_on or date.max, item.id
