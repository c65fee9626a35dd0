"""Striking off, judged by days: whether a problem stood struck off at the end of one, and every day it was (docs/year.md 4)."""

from collections.abc import Iterator
from datetime import date, timedelta

from core.model import LEFT_STATES, End, Item, State
from core.town.town import Town


def closed_at(item: Item, day: date, town: Town) -> date | None:
    """The day it was struck off, of one that was at the end of a day; one given out again later is not.

    One in parts was when the last of them was.
    """
    if item.parts:
        days = [closed_at(p, day, town) for p in town.pieces_of(item) if p.state not in LEFT_STATES]
        return max((d for d in days if d), default=None) if all(days) else None
    if item.fix is not None:
        return item.fix.on if item.fix.on <= day else None
    ends = [
        (a.ended_on, a.no)
        for a in item.assignments
        if a.end in (None, End.CLOSED) and a.ended_on is not None and a.ended_on <= day
    ]
    if not ends:
        # One moved in from a ledger may be struck off without having been given out here.
        bare = item.state == State.CLOSED and not item.assignments
        return item.closed_on if bare and item.closed_on and item.closed_on <= day else None
    on, no = max(ends)
    again = any(
        a.no > no and a.issued_on is not None and on <= a.issued_on <= day for a in item.assignments
    )
    return None if again else on


def closings(item: Item, town: Town) -> Iterator[date]:
    """Every day it was struck off."""
    if item.parts:
        days = {day for part in town.pieces_of(item) for day in closings(part, town)}
        yield from (day for day in sorted(days) if closed_at(item, day, town) == day)
        return
    if item.fix is not None:
        yield item.fix.on
    for each in item.assignments:
        if each.end in (None, End.CLOSED) and each.ended_on is not None:
            yield each.ended_on
    if not item.assignments and item.fix is None and item.closed_on is not None:
        yield item.closed_on


RECURS = timedelta(days=90)
"""Within how long after a closing a find of the same kind and zone is a recurrence."""


def recurs_after(struck_off: date, found_on: date) -> bool:
    """复发: whether a find is one of what was struck off on a day: 1 to 90 days later (docs/year.md 4)."""
    return timedelta() < found_on - struck_off <= RECURS


def closing_day(item: Item) -> date | None:
    """The day an item was struck off; where a ledger that moved in names none, the last day it does."""
    if item.closed_on is not None:
        return item.closed_on
    last = item.assignment
    known = [
        last.inspection.on if last and last.inspection else None,
        last.claim.on if last and last.claim else None,
        last.due if last else None,
        last.issued_on if last else None,
        item.found_on,
    ]
    return next((day for day in known if day is not None), None)
