"""The office's own figures: whether it takes on, issues and inspects in time (docs/statistics.md 3.1)."""

from collections.abc import Callable
from datetime import date

from core.calendar.spans import Span
from core.model import (
    LEFT_STATES,
    Document,
    DocumentKind,
    DocumentState,
    Item,
    Outcome,
    State,
    VoidKind,
)
from core.stats.standing import Given, given_of, paused_since
from core.stats.statistics import OF_OFFICE
from core.stats.tabulated import FigureLine, Window, cells_of
from core.town.striking import closings, recurs_after
from core.town.town import Town

TO_ISSUE = 1
"""Working days from acceptance to issue."""
TO_INSPECT = 2
"""Working days from feedback to the look."""


def own_work(
    town: Town, span: Span, today: date, *, keep: Callable[[Item], bool] | None = None
) -> FigureLine:
    """The office's figures of a stretch. The town must be complete."""
    work = _Work(town, Window(span=span, today=today))
    for item in town.items.values():
        if keep is None or keep(item):
            work.take(item)
    if keep is None:
        work.notices()
    return FigureLine(None, cells_of(OF_OFFICE, work.found, []))


class _Work:
    def __init__(self, town: Town, view: Window) -> None:
        self.town, self.view, self.until = town, view, view.until
        self.calendar = town.calendar
        self.found: dict[str, list[str]] = {}
        self._closings: dict[tuple[int, str], list[tuple[date, int]]] = {}
        for item in town.problems():
            if item.zone is not None and item.subcategory:
                place = self._closings.setdefault((item.zone, item.subcategory), [])
                gone = item.state in LEFT_STATES
                place += [(day, item.id) for day in (() if gone else closings(item, town))]

    def add(self, name: str, *codes: str) -> None:
        for code in codes:
            self.found.setdefault(code, []).append(name)

    def within(self, day: date | None) -> bool:
        return day is not None and day in self.view.span and day <= self.until

    def take(self, item: Item) -> None:
        if item.state == State.VOID and item.void_kind == VoidKind.UNREPORTED:
            return
        if item.part_of is None:
            self._taken_on(item)
        for given in given_of(item, self.town):
            self._inspected(given)

    def _taken_on(self, item: Item) -> None:
        """What is counted of problems, one for several units once."""
        if self.within(item.accepted_on):
            self.add(item.label, "accepted", "decided")
            if self._recurs(item):
                self.add(item.label, "recurred")
        elif item.state == State.VOID and item.accepted_on is None and self.within(item.left_on):
            self.add(item.label, "rejected", "decided")
        if item.fix is not None and self.within(item.fix.on):
            self.add(item.label, "fixed")
        self._issued(item)

    def _issued(self, item: Item) -> None:
        accepted = item.accepted_on
        if accepted is None or accepted > self.until:
            return
        limit = self.calendar.add_workdays(accepted, TO_ISSUE)
        pieces = (item, *self.town.pieces_of(item))
        first = min(filter(None, map(_issued_on, pieces)), default=None)
        if self.within(first):
            assert first is not None
            self.add(item.label, "issue_base", *(("issued_timely",) if first <= limit else ()))
            return
        waits = first is None or first > self.until
        if waits and paused_since(item, self.until) is not None:
            self.add(item.label, "suspended_unissued")
        elif waits and limit < self.view.passed and not self._left(item):
            self.add(item.label, "issue_base")

    def _left(self, item: Item) -> bool:
        """Whether it had gone another way by the end of the stretch."""
        ways = (item.left_on, item.fix.on if item.fix else None)
        return any(day is not None and day <= self.until for day in ways)

    def _inspected(self, given: Given) -> None:
        looks = given.looks_of
        for at, said in enumerate(given.it.feedbacks):
            since = max(filter(None, (said.on, given.entered(at))), default=None)
            look = looks.get(at)
            if look is not None and self.within(look.on):
                assert look.on is not None
                timely = since is None or look.on <= self.calendar.add_workdays(since, TO_INSPECT)
                self.add(given.name, "inspect_base", *(("inspected_timely",) if timely else ()))
        if not given.counts or not given.open_at(self.until) or given.suspended_at(self.until):
            return
        claim = given.claim_at(self.until)
        if claim is None or claim.outcome == Outcome.WITHDRAWN:
            return
        at = max(n for n, said in enumerate(given.it.feedbacks) if said is claim)
        since = max(filter(None, (claim.on, given.entered(at))), default=None)
        if since is not None and self.calendar.workdays_between(since, self.until) > TO_INSPECT:
            self.add(given.name, "inspect_base")

    def _recurs(self, item: Item) -> bool:
        """复发: another of the same 小类 in the same zone was struck off shortly before the find."""
        found_on = item.found_on or item.reported_on
        if item.zone is None or not item.subcategory or found_on is None:
            return False
        if item.state in LEFT_STATES:
            return False
        return any(
            other != item.id and recurs_after(day, found_on)
            for day, other in self._closings.get((item.zone, item.subcategory), ())
        )

    def notices(self) -> None:
        """督办 whose day has passed, and those of which everything was done by it."""
        for paper in self.town.documents.values():
            until = paper.work_until
            if paper.kind != DocumentKind.SUPERVISION or not paper.number or until is None:
                continue
            if not paper.active or paper.state == DocumentState.WITHDRAWN:
                continue
            if self.within(until) and until < self.view.passed:
                kept = all(self._kept(key, paper, until) for key in paper.items)
                self.add(paper.number, "noticed", *(("notice_kept",) if kept else ()))

    def _kept(self, key: int, paper: Document, until: date) -> bool:
        item = self.town.held(key)
        if item is None:
            return True
        mine = [g for g in given_of(item, self.town) if g.it.lead == paper.unit]
        done = mine[-1].done if mine else None
        return done is not None and done <= until


def _issued_on(item: Item) -> date | None:
    """The day it was given out first."""
    return item.assignments[0].issued_on if item.assignments else None
