"""Moving an item between units, and its deadline: T7, T8, T14 of docs/domain.md 3."""

from datetime import date

from msgspec.structs import replace

from core.actions.loop.handover import Extend, Reassign, Return
from core.calendar.working_days import Calendar
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.deciding.loop.decisions import ask
from core.deciding.loop.feedback import begin
from core.deciding.loop.inspection import check_issued, with_assignment
from core.deciding.loop.road import DEFAULT_REQUIREMENT, active_unit
from core.errors import RuleError
from core.model import (
    Asked,
    Assignment,
    End,
    Item,
    Proposed,
    Request,
    RequestKind,
    Role,
    State,
)

RETURN_WITHIN = 1
"""Working days after issue in which a unit may say that it is not theirs."""


def returned_until(assignment: Assignment, calendar: Calendar) -> date | None:
    """The last day on which a unit may give back what it was given; None of what bears no day."""
    issued = assignment.issued_on
    return calendar.add_workdays(issued, RETURN_WITHIN) if issued else None


@decides
def return_(draft: Draft, action: Return) -> None:
    """T7: the unit asks to give it back, within a working day of issue."""
    item, assignment, role, unit, channel = begin(draft, action, "return", reason=action.reason)
    day = draft.day(action.on)
    check_issued(item, day)
    until = returned_until(assignment, draft.now.calendar)
    if until is not None and until < day:
        raise RuleError("return_too_late", number=item.label, issued_on=assignment.issued_on)
    if action.unit is not None:
        active_unit(draft, action.unit)
    ask(
        draft,
        item,
        RequestKind.RETURN,
        role,
        Asked(unit=action.unit),
        returned,
        day=day,
        reason=action.reason,
        note=action.note,
        on_behalf_of=unit,
        channel=channel,
    )


def returned(draft: Draft, item: Item, request: Request, role: Role) -> None:
    """The office takes it back; the assignment leaves the unit's rates."""
    assignment = _open(draft, item, "return")
    proposed = item.proposed
    if request.asked.unit is not None:  # what a ledger said besides stays
        proposed = replace(
            proposed or Proposed(), lead=request.asked.unit, requirement=assignment.requirement
        )
    day = draft.effect_day(request)
    ended = replace(assignment, ended_on=day, end=End.RETURNED)
    item = with_assignment(
        item,
        ended,
        state=State.ACCEPTED,
        proposed=proposed,
    )
    draft.put("items", item)
    draft.note(
        item,
        "return",
        role,
        on=day,
        reason=request.reason,
        assignment=assignment.no,
        request=request.id,
        from_state=State.RECTIFYING,
        to_state=State.ACCEPTED,
        unit_before=assignment.lead,
    )


@decides
def reassign(draft: Draft, action: Reassign) -> None:
    """T8: another unit; a leader approves."""
    item, role = draft.begin(action.item, "reassign")
    draft.needs("reassign", item, lead=action.lead, due=action.due, reason=action.reason)
    assert action.lead is not None and action.due is not None
    unit = active_unit(draft, action.lead)
    current = item.assignment
    if current is not None and current.lead == unit.id:
        raise RuleError("same_unit", number=item.label, value=unit.name)
    day = draft.day(action.on)
    if action.due < day:
        raise RuleError("due_before_issue", number=item.label, due=action.due, on=day)
    asked = Asked(
        unit=unit.id,
        co=tuple(active_unit(draft, u).id for u in action.co if u != unit.id),
        due=action.due,
        deadline=action.deadline,
        requirement=action.requirement,
        responsible=action.responsible,
        provisional=draft.provisional(action.deadline, action.due),
    )
    ask(
        draft,
        item,
        RequestKind.REASSIGN,
        role,
        asked,
        reassigned,
        day=day,
        reason=action.reason,
        note=action.note,
    )


def reassigned(draft: Draft, item: Item, request: Request, role: Role) -> None:
    """The old assignment ends, a new one begins."""
    old = _open(draft, item, "reassign")
    asked = request.asked
    assert asked.unit is not None and asked.due is not None
    unit, day = active_unit(draft, asked.unit), draft.effect_day(request)
    if asked.due < day:
        raise RuleError("due_before_issue", number=item.label, due=asked.due, on=day)
    ended = replace(old, ended_on=day, end=End.REASSIGNED)
    new = Assignment(
        no=old.no + 1,
        lead=unit.id,
        co=asked.co,
        responsible=asked.responsible,
        requirement=asked.requirement or old.requirement or DEFAULT_REQUIREMENT,
        issued_on=day,
        deadline=asked.deadline,
        orig_due=asked.due,
        due=asked.due,
        work_until=asked.due,
        counted_from=request.asked_on if asked.deadline else None,
        provisional=asked.provisional,
    )
    before = item.assignments[:-1]
    item = replace(item, assignments=(*before, ended, new), reminded_on=None)
    draft.put("items", item)
    draft.note(
        item,
        "reassign",
        role,
        on=day,
        reason=request.reason,
        assignment=new.no,
        request=request.id,
        from_state=State.RECTIFYING,
        to_state=State.RECTIFYING,
        unit_before=old.lead,
        unit_after=unit.id,
        due_before=old.due,
        due_after=asked.due,
        until_after=asked.due,
    )


@decides
def extend(draft: Draft, action: Extend) -> None:
    """T14: asked for before the deadline only; the first is no longer than the original."""
    item, assignment, role, unit, channel = begin(
        draft, action, "extend", due=action.due, reason=action.reason
    )
    assert action.due is not None
    day = draft.day(action.on)
    due = assignment.due
    check_issued(item, day)
    if due is None or day > due:
        raise RuleError("due_is_past", number=item.label, due=due)
    if action.due <= due:
        raise RuleError("not_later", number=item.label, due=due)
    longest = longest_extension(assignment, draft.now.calendar)
    if longest is not None and action.due > longest:
        raise RuleError("too_far", number=item.label, due=longest)
    ask(
        draft,
        item,
        RequestKind.EXTEND,
        role,
        Asked(
            due=action.due,
            deadline=action.deadline,
            provisional=draft.provisional(action.deadline, action.due),
        ),
        extended,
        day=day,
        reason=action.reason,
        note=action.note,
        on_behalf_of=unit,
        channel=channel,
    )


def longest_extension(assignment: Assignment, calendar: Calendar) -> date | None:
    """The last day a first extension may reach; None where nothing bounds it.

    As long again as the original time, in working days or in calendar days, whichever is later.
    """
    issued, first, due = assignment.issued_on, assignment.orig_due, assignment.due
    if assignment.extensions or issued is None or first is None or due is None:
        return None
    worked = max(1, calendar.workdays_between(issued, first))
    return max(due + (first - issued), calendar.add_workdays(due, worked))


def extended(draft: Draft, item: Item, request: Request, role: Role) -> None:
    """`due` moves; the old one stays in the history, the first one in `orig_due`."""
    assignment = _open(draft, item, "extend")
    due = request.asked.due
    assert due is not None
    if assignment.due is not None and due <= assignment.due:
        raise RuleError("not_later", number=item.label, due=assignment.due)
    until = assignment.work_until
    follows = until is None or until == assignment.due or until < due
    moved = replace(
        assignment,
        due=due,
        work_until=due if follows else until,
        extensions=assignment.extensions + 1,
        deadline=request.asked.deadline,
        counted_from=assignment.due if request.asked.deadline else None,
        provisional=request.asked.provisional,
    )
    item = with_assignment(item, moved)
    draft.put("items", item)
    draft.note(
        item,
        "extend",
        role,
        reason=request.reason,
        assignment=assignment.no,
        request=request.id,
        due_before=assignment.due,
        due_after=due,
        until_before=until,
        until_after=moved.work_until,
    )


def _open(draft: Draft, item: Item, verb: str) -> Assignment:
    """The assignment an approved request is about, where the item has not moved on."""
    draft.must_be(item, verb)
    assert item.assignment is not None
    return item.assignment
