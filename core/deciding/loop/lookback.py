"""回头看: T23, T24 of docs/domain.md 3."""

from datetime import date, timedelta

from msgspec.structs import replace

from core.actions.loop.lookback import Recheck, Reopen
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.deciding.loop.levels import raised
from core.deciding.loop.road import DEFAULT_REQUIREMENT, active_unit
from core.errors import RuleError
from core.model import Assignment, Item, LookBack, Role, State, Unit
from core.town.striking import closing_day

REOPENS = timedelta(days=90)
"""How long after its closing an item is opened again; later a new one is made."""


@decides
def recheck(draft: Draft, action: Recheck) -> None:
    """T23: it held. A photo proves that somebody was there."""
    item, role = draft.begin(action.item, "recheck")
    draft.needs("recheck", item, photo=action.photos)
    day = draft.day(action.on)
    _not_before_closing(item, day)
    look = LookBack(
        on=day, inspector=draft.actor.login, finding=action.finding, photos=action.photos
    )
    item = replace(item, rechecks=(*item.rechecks, look))
    draft.put("items", item)
    draft.note(
        item,
        "recheck",
        role,
        on=day,
        reason=action.finding,
        note=action.note,
        photos=action.photos,
    )


def _not_before_closing(item: Item, day: date) -> None:
    if item.closed_on is not None and day < item.closed_on:
        raise RuleError("before_closing", number=item.label, on=day, closed_on=item.closed_on)


@decides
def reopen(draft: Draft, action: Reopen) -> None:
    """T24: it came back. Within 90 days the item is opened again, later a new one is linked."""
    item, role = draft.begin(action.item, "reopen")
    known = {"photo": action.photos, "reason": action.reason}
    draft.needs("reopen", item, **known, lead=action.lead, due=action.due)
    assert action.lead is not None and action.due is not None
    unit = active_unit(draft, action.lead)
    day = draft.day(action.on)
    _not_before_closing(item, day)
    if action.due < day:
        raise RuleError("due_before_issue", number=item.label, due=action.due, on=day)
    look = LookBack(
        on=day,
        inspector=draft.actor.login,
        held=False,
        finding=action.reason,
        photos=action.photos,
    )
    item = replace(item, rechecks=(*item.rechecks, look))
    closed = closing_day(item)
    if closed is None or day - closed > REOPENS:
        _relapsed(draft, item, action, role, unit)
    else:
        _opened_again(draft, item, action, role, unit)


def _assignment(draft: Draft, no: int, unit: Unit, action: Reopen, requirement: str) -> Assignment:
    day = draft.day(action.on)
    return Assignment(
        no=no,
        lead=unit.id,
        requirement=action.requirement or requirement or DEFAULT_REQUIREMENT,
        issued_on=day,
        deadline=action.deadline,
        orig_due=action.due,
        due=action.due,
        work_until=action.due,
        provisional=draft.provisional(action.deadline, action.due),
    )


def _opened_again(draft: Draft, item: Item, action: Reopen, role: Role, unit: Unit) -> None:
    before = item.level
    assignment = _assignment(draft, len(item.assignments) + 1, unit, action, item.close_standard)
    item = raised(
        replace(
            item,
            state=State.RECTIFYING,
            closed_on=None,
            reopened=item.reopened + 1,
            assignments=(*item.assignments, assignment),
        ),
        "reopen",
    )
    draft.put("items", item)
    draft.note(
        item,
        "reopen",
        role,
        on=draft.day(action.on),
        reason=action.reason,
        note=action.note,
        photos=action.photos,
        assignment=assignment.no,
        from_state=State.CLOSED,
        to_state=State.RECTIFYING,
        unit_after=unit.id,
        due_after=assignment.due,
        until_after=assignment.due,
        level_before=before,
        level_after=item.level,
    )


def _relapsed(draft: Draft, old: Item, action: Reopen, role: Role, unit: Unit) -> None:
    """A new item, accepted and issued at once, that points to the old one."""
    day = draft.day(action.on)
    assignment = _assignment(draft, 1, unit, action, old.close_standard)
    new = Item(
        id=draft.new_id("items"),
        report_no=f"R-{draft.next_number('R'):04d}",
        number=draft.case_number(day.year),
        state=State.RECTIFYING,
        zone=old.zone,
        location=old.location,
        description=old.description,
        category=old.category,
        subcategory=old.subcategory,
        severity=old.severity,
        source="回头看",
        found_on=day,
        reported_on=day,
        accepted_on=day,
        reporter=draft.actor.login,
        close_standard=old.close_standard,
        photos_before=action.photos,
        recurrence_of=old.id,
        assignments=(assignment,),
    )
    draft.put("items", old)
    draft.note(
        old,
        "reopen",
        role,
        on=day,
        reason=action.reason,
        photos=action.photos,
        reference=new.number,
    )
    draft.put("items", new)
    draft.note(
        new,
        "reopen",
        role,
        on=day,
        reason=action.reason,
        reference=old.label,
        assignment=1,
        from_state="",
        to_state=State.RECTIFYING,
        unit_after=unit.id,
        due_after=assignment.due,
        until_after=assignment.due,
    )
