"""假日: a year's table, and provisional deadlines counted again by it."""

from msgspec.structs import replace

from core.actions.registers import Recount, SetHolidays
from core.calendar.holidays import Year
from core.calendar.working_days import days_of
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.deciding.loop.inspection import with_assignment
from core.errors import RuleError
from core.model import Holidays, Role, State
from core.roles import MASTERS
from core.words.deadlines import recounted


@decides
def set_holidays(draft: Draft, action: SetHolidays) -> None:
    """A year's table, new or in place of the one that was there."""
    role = draft.require(MASTERS)
    try:
        days_of(action.year, Year(rest=action.rest, work=action.work))
    except ValueError:
        raise RuleError("bad_date", field="on", value=str(action.year)) from None
    held = [h for h in draft.all(Holidays) if h.year == action.year]
    old = held[0] if held else Holidays(id=draft.new_id("holidays"), year=action.year)
    new = replace(old, rest=action.rest, work=action.work, source=action.source, active=True)
    if held and new == old:
        raise RuleError("nothing_changed", number=str(action.year))
    draft.put("holidays", new)
    draft.note(new, "set_holidays", role, table="holidays", note=action.source)


@decides
def recount(draft: Draft, action: Recount) -> None:
    """A provisional deadline by the table that has come, by a leader."""
    role = draft.require((Role.LEADER,))
    item = draft.item(action.item)
    assignment = item.assignment
    if item.state not in (State.RECTIFYING, State.AWAITING) or assignment is None:
        raise RuleError("not_provisional", number=item.label)
    due = recounted(assignment, draft.now.today, draft.now.calendar)
    if due is None:
        raise RuleError("not_provisional", number=item.label)
    until = due if assignment.work_until == assignment.due else assignment.work_until
    item = with_assignment(item, replace(assignment, due=due, work_until=until, provisional=False))
    draft.put("items", item)
    draft.note(
        item,
        "recount",
        role,
        assignment=assignment.no,
        due_before=assignment.due,
        due_after=due,
        until_before=assignment.work_until,
        until_after=until,
    )
