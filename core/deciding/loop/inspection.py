"""Looks on the spot: T11-T13 of docs/domain.md 3, and what feedback they judge."""

from datetime import date

from msgspec.structs import replace

from core.actions.loop.inspection import Fail, Inspect, Pass
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.deciding.loop.decisions import ask
from core.errors import RuleError
from core.guards import GUARDS
from core.model import (
    Asked,
    Assignment,
    End,
    Feedback,
    Inspection,
    Item,
    Outcome,
    Request,
    RequestKind,
    Role,
    State,
)
from core.workflow import needs_leader


def with_assignment(item: Item, assignment: Assignment, **changes: object) -> Item:
    """The item with its latest assignment replaced."""
    return replace(item, assignments=(*item.assignments[:-1], assignment), **changes)


def settled(assignment: Assignment, outcome: Outcome, on: date | None = None) -> Assignment:
    """The assignment with its standing feedback decided; `on` fills a date it lacks."""
    claim = assignment.claim
    if claim is None:
        return assignment
    judged = replace(claim, outcome=outcome, on=claim.on or on)
    return replace(
        assignment, feedbacks=tuple(judged if f is claim else f for f in assignment.feedbacks)
    )


@decides
def pass_(draft: Draft, action: Pass) -> None:
    """T11: looked at on the spot and struck off."""
    item, role = draft.begin(action.item, "pass")
    assignment = item.assignment
    assert assignment is not None
    claim = assignment.claim
    day = draft.day(action.on)
    done = action.feedback_on or (claim.on if claim else None)
    draft.needs("pass", item, feedback_on=done)
    assert done is not None
    check_feedback_day(draft, item, done)
    if day < done:
        raise RuleError("inspected_before_feedback", number=item.label, on=day, feedback_on=done)
    if needs_leader(item) and role != Role.LEADER:
        _ask_leader(draft, item, role, day, action.finding, action.note, done)
        return
    judged = settled(assignment, Outcome.PASSED, done)
    close(draft, item, judged, "pass", role, day, action.finding, action.note)


def _ask_leader(
    draft: Draft,
    item: Item,
    role: Role,
    day: date,
    finding: str,
    note: str,
    done: date | None = None,
) -> None:
    """严重 or supervised: the look is kept, and a leader confirms it; the item stays 待复查."""
    asked = Asked(on=day, finding=finding, feedback_on=done)
    ask(draft, item, RequestKind.CONFIRM, role, asked, confirmed, day=day, note=note)


def confirmed(draft: Draft, item: Item, request: Request, role: Role) -> None:
    """A leader agreed: struck off by the look that was held; not by whoever fed it back."""
    draft.must_be(item, "pass")
    no = GUARDS["fed_back"](item, draft.actor, role)
    if no is not None:
        raise RuleError.of(no)
    assignment = item.assignment
    assert assignment is not None
    asked = request.asked
    judged = settled(assignment, Outcome.PASSED, asked.feedback_on)
    day = asked.on or draft.now.today
    close(draft, item, judged, "pass", role, day, asked.finding, request.note, by=request.by)


def close(
    draft: Draft,
    item: Item,
    assignment: Assignment,
    verb: str,
    role: Role,
    day: date,
    finding: str,
    note: str,
    by: str = "",
) -> None:
    """Strike an item off after a look on the spot; the level falls to 0, its highest is kept."""
    look = Inspection(on=day, inspector=by or draft.actor.login, passed=True, finding=finding)
    before = item.state
    assignment = replace(
        assignment, inspections=(*assignment.inspections, look), ended_on=day, end=End.CLOSED
    )
    item = with_assignment(item, assignment, state=State.CLOSED, closed_on=day, level=0)
    draft.put("items", item)
    draft.note(
        item,
        verb,
        role,
        on=day,
        reason=finding,
        note=note,
        assignment=assignment.no,
        from_state=before,
        to_state=State.CLOSED,
    )


def check_feedback_day(draft: Draft, item: Item, on: date) -> None:
    """A unit finishes neither in the future nor before it was told."""
    if on > draft.now.today:
        raise RuleError("future_date", field="feedback_on", value=on)
    check_issued(item, on)


def check_issued(item: Item, day: date) -> None:
    """Refuse what a unit would have done before it was told. Raises `RuleError("before_issue")`."""
    issued = item.assignment.issued_on if item.assignment else None
    if issued and day < issued:
        raise RuleError("before_issue", number=item.label, on=day, issued_on=issued)


@decides
def fail(draft: Draft, action: Fail) -> None:
    """T12: sent back for rework. `due` stays; `work_until` is what the unit is told now."""
    item, role = draft.begin(action.item, "fail")
    assignment = item.assignment
    assert assignment is not None
    rework(draft, item, settled(assignment, Outcome.FAILED), "fail", role, action)


def rework(
    draft: Draft, item: Item, assignment: Assignment, verb: str, role: Role, action: Fail | Inspect
) -> None:
    """Record a failed look and give a new day to work until."""
    name, reason = (
        ("reason", action.reason) if isinstance(action, Fail) else ("finding", action.finding)
    )
    draft.needs(verb, item, **{name: reason}, work_until=action.work_until)
    assert action.work_until is not None
    day = draft.day(action.on)
    if action.work_until < day:
        raise RuleError("due_before_issue", number=item.label, due=action.work_until, on=day)
    before, until = item.state, assignment.work_until
    look = Inspection(on=day, inspector=draft.actor.login, passed=False, finding=reason)
    assignment = replace(
        assignment, work_until=action.work_until, inspections=(*assignment.inspections, look)
    )
    item = with_assignment(item, assignment, state=State.RECTIFYING, reworks=item.reworks + 1)
    draft.put("items", item)
    draft.note(
        item,
        verb,
        role,
        on=day,
        reason=reason,
        note=action.note,
        assignment=assignment.no,
        from_state=before,
        to_state=State.RECTIFYING,
        until_before=until,
        until_after=action.work_until,
    )


@decides
def inspect(draft: Draft, action: Inspect) -> None:
    """T13: the inspector came before the unit reported; the look is the feedback date."""
    item, role = draft.begin(action.item, "inspect")
    assignment = item.assignment
    assert assignment is not None
    day = draft.day(action.on)
    check_feedback_day(draft, item, day)
    waits = action.passed and needs_leader(item) and role != Role.LEADER
    outcome = Outcome.PASSED if action.passed else Outcome.FAILED
    seen = Feedback(on=day, by=draft.actor.login, outcome=Outcome.PENDING if waits else outcome)
    assignment = replace(assignment, feedbacks=(*assignment.feedbacks, seen))
    if waits:
        item = with_assignment(item, assignment, state=State.AWAITING)
        draft.put("items", item)
        draft.note(
            item,
            "inspect",
            role,
            on=day,
            reason=action.finding,
            assignment=assignment.no,
            from_state=State.RECTIFYING,
            to_state=State.AWAITING,
        )
        _ask_leader(draft, item, role, day, action.finding, action.note)
    elif action.passed:
        close(draft, item, assignment, "inspect", role, day, action.finding, action.note)
    else:
        rework(draft, item, assignment, "inspect", role, action)
