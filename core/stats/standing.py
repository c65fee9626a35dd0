"""How one assignment stands at the end of a day, as known now (docs/statistics.md 3.1)."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from core.calendar.working_days import ONE_DAY, Calendar
from core.model import LEFT_STATES, Assignment, End, Feedback, Inspection, Item, Outcome
from core.town.facts import STOCKPILED
from core.town.town import Town
from core.town.trail import entered_on

GONE = frozenset({End.RETURNED, End.REASSIGNED, End.MERGED, End.VOID})
"""Ends with which an assignment is no unit's any more."""
JUDGED = (Outcome.PASSED, Outcome.FAILED)


class Given(Struct, frozen=True):
    """One assignment with what it belongs to."""

    item: Item
    it: Assignment
    lead: int | None
    """The unit it was given to; one that went into another meanwhile is told by `line_of`."""
    end: End | None
    """Why it is over; void where its item was taken back whole."""
    before: tuple[Assignment, ...] = ()
    """The records it was kept in before its unit went into another: one with this, the first on."""
    joined: int = 0
    """How many records of assignments before it went on in the next."""

    @property
    def no(self) -> int:
        """Its number among those of its item: a unit going into another gives nothing anew."""
        return (self.before[0] if self.before else self.it).no - self.joined

    @property
    def name(self) -> str:
        """As lists name it: CW-2026-0006/1; it stays when its unit goes into another."""
        return f"{self.item.label}/{self.no}"

    @property
    def counts(self) -> bool:
        """Whether it is one that figures of units count (V)."""
        return self.end not in GONE

    def open_at(self, day: date) -> bool:
        """Whether it was out with its unit at the end of a day."""
        it = self.it
        if it.issued_on is not None and it.issued_on > day:
            return False
        if self.end is None:
            return True
        return it.ended_on is not None and it.ended_on > day

    def suspended_at(self, day: date) -> bool:
        """Whether it was suspended on a day."""
        return paused_since(self.item, day) is not None

    def stockpiled_at(self, day: date) -> bool:
        """Whether it had been suspended for more than 60 days."""
        since = paused_since(self.item, day)
        return since is not None and day - since > STOCKPILED

    @property
    def done(self) -> date | None:
        """The day its unit was done, of one that is struck off."""
        if self.end != End.CLOSED:
            return None
        passed = [f for f in self.it.feedbacks if f.outcome == Outcome.PASSED]
        return (passed[-1].on if passed else None) or self.it.ended_on

    @property
    def in_time(self) -> bool:
        """Whether one that is struck off was in time, or counts as if it were."""
        done = self.done
        if self.it.exempt_on is not None or self.it.due is None:
            return True
        return done is not None and done <= self.it.due

    def late_at(self, day: date, passed: date) -> bool:
        """Whether it was open and overdue at the end of a day; a deadline has passed before `passed`."""
        it = self.it
        if it.due is None or it.exempt_on is not None or it.due >= passed:
            return False
        if not self.open_at(day) or self.suspended_at(day):
            return False
        claim = self.claim_at(day)
        return claim is None or claim.on is None or claim.on > it.due

    def claim_at(self, day: date) -> Feedback | None:
        """What the unit had said by a day and nobody had found wanting."""
        looks = self.looks_of
        for at in range(len(self.it.feedbacks) - 1, -1, -1):
            said = self.it.feedbacks[at]
            if said.outcome == Outcome.WITHDRAWN:
                continue
            when = said.on or self.entered(at)
            if when is not None and when > day:
                continue
            look = looks.get(at)
            if said.outcome == Outcome.PENDING or look is None:
                if said.outcome != Outcome.FAILED:
                    return said
            elif look.on is None or look.on > day or look.passed:
                return said
        return None

    def entered(self, at: int) -> date | None:
        """The day the feedback at a place, from 0, was entered, where that is later than it says."""
        kept = next((it for it in self.before if at < len(it.feedbacks)), self.it)
        return entered_on(self.item, kept, at)

    @property
    def looks_of(self) -> dict[int, Inspection]:
        """The look that judged each feedback, by its place; where there are not as many, the last ones."""
        judged = [at for at, f in enumerate(self.it.feedbacks) if f.outcome in JUDGED]
        looks = self.it.inspections
        count = min(len(judged), len(looks))
        return dict(zip(judged[len(judged) - count :], looks[len(looks) - count :], strict=True))

    def left_late(self) -> bool:
        """Whether it left its unit after a missed deadline, with nothing said in time that waits for a look."""
        it = self.it
        if self.end not in GONE or it.due is None or it.ended_on is None or it.ended_on <= it.due:
            return False
        if it.exempt_on is not None:
            return False
        return not any(
            f.outcome == Outcome.PENDING and f.on is not None and f.on <= it.due
            for f in it.feedbacks
        )

    def days(self, calendar: Calendar) -> int | None:
        """Working days from issue to done, less those on which it was suspended."""
        start, end = self.it.issued_on, self.done
        if start is None or end is None:
            return None
        taken = calendar.workdays_between(start, end)
        for pause in self.item.pauses:
            until = end if pause.until is None else min(end, pause.until - ONE_DAY)
            taken -= calendar.workdays_between(max(start, pause.since - ONE_DAY), until)
        return max(0, taken)


def paused_since(item: Item, day: date) -> date | None:
    """Since when an item that was suspended on a day was so."""
    return next(
        (
            pause.since
            for pause in item.pauses
            if pause.since <= day and (pause.until is None or day < pause.until)
        ),
        None,
    )


def given_of(item: Item, town: Town) -> Iterator[Given]:
    """The assignments of an item. One that went on with the unit its own went into is one with the next."""
    before: tuple[Assignment, ...] = ()
    joined = 0
    for at, it in enumerate(item.assignments):
        following = item.assignments[at + 1] if at + 1 < len(item.assignments) else None
        if following is not None and _goes_on(it, following, town):
            before = (*before, it)
            continue
        lead = before[0].lead if before else it.lead
        yield Given(item, it, lead, _end_of(item, it), before, joined)
        joined += len(before)
        before = ()


def _goes_on(it: Assignment, following: Assignment, town: Town) -> bool:
    """Whether one is the other in the hands of the unit its own went into, that very day."""
    unit = town.units.get(it.lead or 0)
    return (
        it.end == End.REASSIGNED
        and unit is not None
        and unit.into is not None
        and unit.into == following.lead
        and it.ended_on == unit.until
        and (it.issued_on, it.orig_due) == (following.issued_on, following.orig_due)
    )


def _end_of(item: Item, it: Assignment) -> End | None:
    if it.end is None and it is item.assignment and item.state in LEFT_STATES:
        return End.VOID
    return it.end or (End.CLOSED if it.ended_on is not None else None)
