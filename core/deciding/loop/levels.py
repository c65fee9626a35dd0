"""催办, 督办, 通报批评, 约谈: levels 1 to 4 of docs/domain.md 3 (T20-T22)."""

from datetime import date
from typing import Any

from msgspec.structs import replace

from core.actions.loop.levels import Criticise, Remind, Summon, Supervise
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.deciding.loop.decisions import ask
from core.deciding.loop.inspection import with_assignment
from core.errors import DoneBefore, RuleError
from core.guards import CRITICISED, SUPERVISED, level_first
from core.model import Asked, Item, Request, RequestKind, Role, Trigger
from core.town.facts import REWORKS, overdue, overdue_since
from core.workflow import TABLE


def raised(item: Item, verb: str) -> Item:
    """The item at the level a verb raises it to at least; the highest ever reached is kept."""
    level = max(item.level, TABLE[verb].level or 0)
    return replace(item, level=level, level_max=max(item.level_max, level))


def _rise(draft: Draft, item: Item, verb: str, role: Role, day: date, **details: Any) -> None:
    before = item.level
    item = raised(item, verb)
    draft.put("items", item)
    draft.note(
        item,
        verb,
        role,
        on=day,
        level_before=before,
        level_after=item.level,
        assignment=item.assignment.no if item.assignment else None,
        **details,
    )


@decides
def remind(draft: Draft, action: Remind) -> None:
    """Level 1: told again; a second time on one day changes nothing."""
    item, role = draft.begin(action.item, "remind")
    day = draft.day(action.on)
    if item.reminded_on == day:
        code = "reminded_today" if day == draft.now.today else "reminded"
        draft.passed.append(DoneBefore(code, number=item.label, on=day))
        return
    _rise(draft, replace(item, reminded_on=day), "remind", role, day, note=action.note)


@decides
def supervise(draft: Draft, action: Supervise) -> None:
    """T20: drafted by a clerk or an inspector on the spot, signed by a leader."""
    item, role = draft.begin(action.item, "supervise")
    draft.needs("supervise", item, reason=action.reason, work_until=action.work_until)
    assert action.reason is not None and action.work_until is not None
    day = draft.day(action.on)
    if action.work_until < day:
        raise RuleError("due_before_issue", number=item.label, due=action.work_until, on=day)
    if action.reason == Trigger.OVERDUE and not overdue(item, day):
        raise RuleError("not_overdue", number=item.label)
    if action.reason == Trigger.REWORK and item.reworks < REWORKS:
        raise RuleError("too_few_reworks", number=item.label, count=REWORKS)
    ask(
        draft,
        item,
        RequestKind.SUPERVISE,
        role,
        Asked(due=action.work_until, reference=action.reference),
        supervised,
        day=day,
        reason=action.reason,
        note=action.note,
    )


def supervised(draft: Draft, item: Item, request: Request, role: Role) -> None:
    """Signed: level 2, and a new day to work until; `due` stays."""
    draft.must_be(item, "supervise")
    assignment = item.assignment
    assert assignment is not None
    until, today = request.asked.due, draft.now.today
    waited = request.id in draft.town.requests  # else it is signed as of a day that may be past
    if waited and until is not None and until < today:
        raise RuleError("due_before_issue", number=item.label, due=until, on=today)
    item = with_assignment(item, replace(assignment, work_until=until))
    _rise(
        draft,
        item,
        "supervise",
        role,
        draft.now.today,
        reason=request.reason,
        note=request.note,
        reference=request.asked.reference,
        request=request.id,
        until_before=assignment.work_until,
        until_after=until,
    )


def _risen_to(item: Item, level: int) -> None:
    no = level_first(item, level)
    if no is not None:
        raise RuleError.of(no)


def check_criticised(item: Item, day: date) -> None:
    """Refuse a circular about an item that was never supervised, or whose notice has not run out."""
    _risen_to(item, SUPERVISED)
    until = item.assignment.work_until if item.assignment else None
    if not item.reopened and (until is None or until >= day):
        raise RuleError("notice_runs", number=item.label, value=until)


@decides
def criticise(draft: Draft, action: Criticise) -> None:
    """T21: the notice has run out, or it came back after it was struck off."""
    item, role = draft.begin(action.item, "criticise")
    draft.needs("criticise", item, reference=action.reference)
    day = draft.day(action.on)
    check_criticised(item, day)
    _rise(draft, item, "criticise", role, day, reference=action.reference, note=action.note)


def check_summoned(item: Item, day: date) -> None:
    """Refuse a talk about an item that no circular has named, or that is not late."""
    _risen_to(item, CRITICISED)
    if not item.reopened and overdue_since(item, day) is None:
        raise RuleError("not_overdue", number=item.label)


@decides
def summon(draft: Draft, action: Summon) -> None:
    """T22: talked to, or handed over; a promised day becomes the day to work until."""
    item, role = draft.begin(action.item, "summon")
    draft.needs("summon", item, record=action.record)
    day = draft.day(action.on)
    before = item.assignment.work_until if item.assignment else None
    if action.work_until is not None:
        if action.work_until < day:
            raise RuleError("due_before_issue", number=item.label, due=action.work_until, on=day)
        assert item.assignment is not None
        item = with_assignment(item, replace(item.assignment, work_until=action.work_until))
    _rise(
        draft,
        item,
        "summon",
        role,
        day,
        reason=action.record,
        note=action.note,
        until_before=before if action.work_until else None,
        until_after=action.work_until,
    )
