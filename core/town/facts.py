"""What follows from an item, the town and the day: overdue, due soon and the like; never stored."""

from datetime import date, timedelta

from core.calendar.working_days import Calendar
from core.model import (
    OPEN_STATES,
    DocumentKind,
    DocumentState,
    End,
    Item,
    PaperHead,
    Request,
    State,
)
from core.town.striking import RECURS, closing_day, recurs_after
from core.town.town import Town

REWORKS = 2
"""Failed looks from which a notice may be issued."""
SOON = 2
"""Working days ahead in which an open item counts as due soon."""
OFFICE_LIMITS = {State.REPORTED: 1, State.ACCEPTED: 1, State.AWAITING: 2}
"""Working days the office gives itself to accept, issue and re-inspect."""
SIGNING = 1
"""Working days in which a unit signs for what it was given."""
STOCKPILED = timedelta(days=60)
"""How long an item may be suspended before it counts as 积存."""
PLAN_SOON = timedelta(days=7)
"""Days before the planned day of a suspended item at which it is looked at again."""
CLOSED_SHOWN = 30
"""Days for which a closed item stays on the board."""


def overdue(item: Item, today: date) -> bool:
    """Whether the unit finished, or is still at it, after `due`; never while suspended."""
    return overdue_since(item, today) is not None


def outstanding(item: Item, today: date) -> bool:
    """超期 as titles, headings, queues, queries and reminders count it: missed, and still with the unit.

    What the unit has fed back waits for the office's look and is counted there.
    """
    return item.state == State.RECTIFYING and overdue(item, today)


def overdue_since(item: Item, today: date) -> date | None:
    """The `due` that was missed, by the feedback date or, where none stands, by `today`."""
    assignment = item.assignment
    if assignment is None or assignment.due is None:
        return None
    if assignment.end not in (None, End.CLOSED):
        return None
    if item.state not in (State.RECTIFYING, State.AWAITING, State.CLOSED):
        return None
    return assignment.due if done_on(item, today) > assignment.due else None


def done_on(item: Item, today: date) -> date:
    """The day the unit was done: by its feedback, else by the closing; today where it is not."""
    claim = item.assignment.claim if item.assignment else None
    if claim and claim.on:
        return claim.on
    return (item.closed_on if item.state == State.CLOSED else None) or today


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


def _by_signing(paper: PaperHead) -> tuple[date, int, int]:
    return paper.signed_on or date.min, paper.seq, paper.id


def lookback_day(item: Item, town: Town) -> date | None:
    """The day somebody should look back at what was struck off; None where it is not, or somebody has."""
    closed = closing_day(item) if item.state == State.CLOSED and not item.rechecks else None
    return None if closed is None else closed + timedelta(days=town.settings.lookback_days)


class Facts:
    """What follows on one day in one town."""

    def __init__(self, town: Town, today: date) -> None:
        self.town = town
        self.today = today
        self._notices: dict[int, DocumentState] | None = None
        """How the last notice about an item stands, once it was asked for."""
        self._closings: dict[tuple[int | None, str], list[Item]] | None = None

    @property
    def calendar(self) -> Calendar:
        """Working days as the town knows them."""
        return self.town.calendar

    def overdue(self, item: Item) -> bool:
        """超期: still with the unit past its `due`."""
        return outstanding(item, self.today)

    def overdue_days(self, item: Item) -> int:
        """Working days the unit was late, to the day it was done, else to today; 0 where it was not."""
        since = overdue_since(item, self.today)
        return self.calendar.workdays_between(since, done_on(item, self.today)) if since else 0

    def waiting_days(self, item: Item) -> int:
        """Working days an item has waited for the office's next step."""
        since = waits_since(item)
        return self.calendar.workdays_between(since, self.today) if since else 0

    def due_today(self, item: Item) -> bool:
        """今日到期: what the unit is told now ends today."""
        assignment = item.assignment
        return (
            item.state == State.RECTIFYING
            and not item.parts
            and assignment is not None
            and assignment.work_until == self.today
        )

    def due_soon(self, item: Item) -> bool:
        """临期: `work_until` within two working days, and not overdue."""
        assignment = item.assignment
        if item.state != State.RECTIFYING or assignment is None or assignment.work_until is None:
            return False
        if item.parts or overdue(item, self.today):
            return False
        return assignment.work_until <= self.calendar.add_workdays(self.today, SOON)

    def unsigned(self, item: Item) -> bool:
        """未签收: the unit has not signed for it within a working day."""
        assignment = item.assignment
        if item.state != State.RECTIFYING or assignment is None or assignment.received_on:
            return False
        issued = assignment.issued_on
        return (
            not item.parts
            and issued is not None
            and self.calendar.add_workdays(issued, SIGNING) < self.today
        )

    def waits_too_long(self, item: Item) -> bool:
        """Whether the office is past its own limit for the next step."""
        since, limit = waits_since(item), OFFICE_LIMITS.get(item.state)
        if since is None or limit is None:
            return False
        return self.calendar.add_workdays(since, limit) < self.today

    def stockpiled(self, item: Item) -> bool:
        """积存: suspended for more than 60 days."""
        held = item.suspension
        return (
            item.state == State.SUSPENDED
            and held is not None
            and self.today - held.since > STOCKPILED
        )

    def notice_due(self, item: Item) -> bool:
        """应督办 (T20): below level 2, and a working day overdue or put right badly twice."""
        if item.state != State.RECTIFYING:
            return False
        if item.level >= 2 and not self.notice_withdrawn(item):
            return False
        return self.overdue_days(item) >= 1 or item.reworks >= REWORKS

    def notice_withdrawn(self, item: Item) -> bool:
        """督办已撤回: the last notice about it was withdrawn; level and day stay, the unit knew."""
        if item.level < 2 or item.state not in OPEN_STATES:
            return False
        if self._notices is None:
            self._notices = {}
            for paper in sorted(self.town.tables.brief("documents", PaperHead), key=_by_signing):
                if paper.kind == DocumentKind.SUPERVISION and paper.number and paper.active:
                    self._notices |= dict.fromkeys(paper.items, paper.state)
        return self._notices.get(item.id) == DocumentState.WITHDRAWN

    def circular_due(self, item: Item) -> bool:
        """应通报 (T21): the day that a notice set has passed."""
        until = item.assignment.work_until if item.assignment else None
        at_notice = item.state == State.RECTIFYING and item.level == 2
        return at_notice and until is not None and until < self.today

    def plan_due(self, item: Item) -> bool:
        """挂账到期: the planned day of a suspended item has come, or comes within a week."""
        return (
            item.state == State.SUSPENDED
            and item.plan_on is not None
            and item.plan_on - PLAN_SOON <= self.today
        )

    def lookback_due(self, item: Item) -> bool:
        """回头看到期: closed long enough, and nobody has looked since."""
        day = lookback_day(item, self.town)
        return day is not None and day <= self.today

    def asked(self, item: Item) -> list[Request]:
        """在途申请: requests about it that wait for a decision."""
        return self.town.pending(item.id)

    def orphaned(self, item: Item) -> bool:
        """待改派: out with a unit that is no longer in use."""
        if item.state not in OPEN_STATES or item.assignment is None or item.assignment.ended_on:
            return False
        unit = self.town.units.get(item.assignment.lead or 0)
        return unit is not None and not unit.active

    def provisional(self, item: Item) -> bool:
        """暂定: the deadline rests on a year whose holidays are not published yet."""
        return (
            item.state in OPEN_STATES
            and item.assignment is not None
            and item.assignment.provisional
            and not item.assignment.over
        )

    def recurs(self, item: Item) -> Item | None:
        """复发: the last item of the same zone and 小类 struck off within 90 days before it."""
        if item.recurrence_of is not None:
            return self.town.held(item.recurrence_of)
        if not item.subcategory or item.zone is None or item.found_on is None:
            return None
        earlier = [
            other
            for other in self._closed_like(item)
            if other.id not in (item.id, item.part_of)
            and other.part_of is None
            and other.closed_on is not None
            and recurs_after(other.closed_on, item.found_on)
        ]
        return max(earlier, key=lambda i: (i.closed_on or date.min, i.id), default=None)

    def _closed_like(self, item: Item) -> list[Item]:
        """Items of the same zone and 小类 that were struck off, those on the shelf within the time."""
        town, found_on = self.town, item.found_on
        alike = self._closed().setdefault((item.zone, item.subcategory), [])
        if not town.complete and town.shelf is not None and item.zone and found_on:
            for key in town.shelf.alike(item.zone, item.subcategory, found_on - RECURS, found_on):
                taken = town.held(key) if key not in town.items else None
                if taken is not None:
                    alike.append(taken)
        return alike

    def _closed(self) -> dict[tuple[int | None, str], list[Item]]:
        if self._closings is None:
            self._closings = {}
            for item in self.town.problems():
                if item.state == State.CLOSED:
                    self._closings.setdefault((item.zone, item.subcategory), []).append(item)
        return self._closings

    def late(self, item: Item) -> bool:
        """Overdue at the unit, past the office's own limit, or past its plan."""
        if item.state == State.RECTIFYING:
            return self.overdue(item)
        if item.state == State.SUSPENDED:
            return self.plan_due(item) or self.stockpiled(item)
        return self.waits_too_long(item)

    def flags(self, item: Item) -> list[str]:
        """Codes of everything remarkable about an item, what presses most first."""
        found = [
            name
            for name in (
                "overdue",
                "due_today",
                "due_soon",
                "unsigned",
                "waits_too_long",
                "plan_due",
                "stockpiled",
                "lookback_due",
                "orphaned",
                "provisional",
            )
            if getattr(self, name)(item)
        ]
        if self.asked(item):
            found.append("asked")
        if item.state in OPEN_STATES and self.recurs(item) is not None:
            found.append("recurs")
        return found
