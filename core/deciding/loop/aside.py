"""挂账 and 销挂: T15, T16 of docs/domain.md 3. The clock stands still meanwhile."""

from datetime import date, timedelta

from msgspec.structs import replace

from core.actions.loop.aside import Resume, Suspend
from core.deciding.draft import Draft
from core.deciding.loop.decisions import ask
from core.deciding.loop.dividing import decides_by_parts
from core.deciding.loop.road import DEFAULT_REQUIREMENT, active_unit
from core.errors import RuleError
from core.model import (
    Asked,
    Assignment,
    Item,
    Request,
    RequestKind,
    Role,
    State,
    Suspension,
)

LONGEST_PLAN = timedelta(days=366)
"""How far ahead the planned day may lie: a year."""


@decides_by_parts
def suspend(draft: Draft, action: Suspend) -> None:
    """T15: a reason, an interim measure and a planned day within a year; a leader approves."""
    item, role = draft.begin(action.item, "suspend")
    known = {"reason": action.reason, "measure": action.measure}
    draft.needs("suspend", item, **known, plan_on=action.plan_on)
    assert action.plan_on is not None
    day = draft.day(action.on)
    _check_plan(item, action.plan_on, day)
    ask(
        draft,
        item,
        RequestKind.SUSPEND,
        role,
        Asked(due=action.plan_on, measure=action.measure, reference=action.reference),
        suspended,
        day=day,
        reason=action.reason,
        note=action.note,
    )


def _check_plan(item: Item, plan_on: date | None, day: date) -> None:
    if plan_on is None or not day < plan_on <= day + LONGEST_PLAN:
        raise RuleError("plan_within_a_year", number=item.label, value=plan_on)


def suspended(draft: Draft, item: Item, request: Request, role: Role) -> None:
    """The clock stops."""
    draft.must_be(item, "suspend")
    day = draft.effect_day(request)
    before = item.state
    asked = request.asked
    _check_plan(item, asked.due, day)
    item = replace(
        item,
        state=State.SUSPENDED,
        plan_on=asked.due,
        suspension=Suspension(
            since=day,
            reason=request.reason,
            measure=asked.measure,
            reference=asked.reference,
        ),
    )
    draft.put("items", item)
    draft.note(
        item,
        "suspend",
        role,
        on=day,
        reason=request.reason,
        note=asked.measure,
        reference=asked.reference,
        request=request.id,
        from_state=before,
        to_state=State.SUSPENDED,
        until_after=asked.due,
    )


@decides_by_parts
def resume(draft: Draft, action: Resume) -> None:
    """T16: back to work with a new deadline. A `due` missed before stays missed."""
    item, role = draft.begin(action.item, "resume")
    old = item.assignment
    going_on = old is not None and not old.over
    draft.needs("resume", item, due=action.due, **({} if going_on else {"lead": action.lead}))
    assert action.due is not None
    day = draft.day(action.on)
    if action.due < day:
        raise RuleError("due_before_issue", number=item.label, due=action.due, on=day)
    if going_on and old is not None:
        assignment = _continued(item, old, action, action.due)
        kept = item.assignments[:-1]
    else:
        assignment = _begun(draft, item, action, day)
        kept = item.assignments
    if assignment.due == action.due:
        assignment = replace(
            assignment,
            provisional=draft.provisional(action.deadline, action.due),
            counted_from=day if action.deadline else None,
        )
    item = replace(
        item,
        state=State.RECTIFYING,
        suspension=None,
        plan_on=None,
        assignments=(*kept, assignment),
    )
    draft.put("items", item)
    draft.note(
        item,
        "resume",
        role,
        on=day,
        note=action.note,
        assignment=assignment.no,
        from_state=State.SUSPENDED,
        to_state=State.RECTIFYING,
        unit_after=None if going_on else assignment.lead,
        due_before=old.due if going_on and old else None,
        due_after=assignment.due,
        until_before=old.work_until if going_on and old else None,
        until_after=assignment.work_until,
    )


def _continued(item: Item, old: Assignment, action: Resume, due: date) -> Assignment:
    since = item.suspension.since if item.suspension else None
    missed = old.due is not None and since is not None and since > old.due
    return replace(
        old,
        due=old.due if missed else due,
        work_until=due,
        deadline=old.deadline if missed else action.deadline or old.deadline,
    )


def _begun(draft: Draft, item: Item, action: Resume, day: date) -> Assignment:
    """No unit had been told: it begins now."""
    assert action.lead is not None
    unit = active_unit(draft, action.lead)
    return Assignment(
        no=len(item.assignments) + 1,
        lead=unit.id,
        requirement=action.requirement or item.close_standard or DEFAULT_REQUIREMENT,
        issued_on=day,
        deadline=action.deadline,
        orig_due=action.due,
        due=action.due,
        work_until=action.due,
    )
