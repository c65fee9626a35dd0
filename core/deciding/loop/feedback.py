"""The unit's own steps, or a clerk's for it (代录): T6, T9, T10 of docs/domain.md 3; and how it goes."""

from datetime import date
from typing import Any

from msgspec.structs import replace

from core.actions.action import Proxied
from core.actions.loop.feedback import Note, Receive, Submit, Withdraw
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.deciding.loop.inspection import check_feedback_day, check_issued, settled, with_assignment
from core.deciding.loop.photos import waiting
from core.deciding.loop.road import active_unit
from core.errors import RuleError
from core.model import Assignment, Channel, DiaryLine, Feedback, Item, Outcome, Role, State
from core.words.text import clean


def begin(
    draft: Draft, action: Proxied, verb: str, **known: Any
) -> tuple[Item, Assignment, Role, int | None, Channel | None]:
    """The item, its assignment, the role, and on whose behalf by which channel.

    A liaison speaks for their own unit, so nobody else is named. A clerk speaks for the lead
    unit, or for the co-unit they name, and says how its word arrived. `known` is what the verb needs besides.
    """
    item, role = draft.begin(action.item, verb)
    assignment = item.assignment
    assert assignment is not None
    if role == Role.LIAISON:
        draft.needs(verb, item, **known)
        return item, assignment, role, None, None
    unit = action.on_behalf_of if action.on_behalf_of is not None else assignment.lead
    if unit is not None and unit != assignment.lead and unit not in assignment.co:
        raise RuleError("not_its_unit", number=item.label)
    draft.needs(verb, item, **known, channel=action.channel)
    return item, assignment, role, unit, action.channel


@decides
def receive(draft: Draft, action: Receive) -> None:
    """T6: the unit signs for the list."""
    item, assignment, role, unit, channel = begin(draft, action, "receive")
    day = draft.day(action.on)
    check_issued(item, day)
    item = with_assignment(item, replace(assignment, received_on=day))
    draft.put("items", item)
    draft.note(
        item,
        "receive",
        role,
        on=day,
        note=action.note,
        assignment=assignment.no,
        on_behalf_of=unit,
        channel=channel,
    )


@decides
def submit(draft: Draft, action: Submit) -> None:
    """T9: the unit says it is done; it stays pending until someone has looked."""
    item, assignment, role, unit, channel = begin(
        draft, action, "submit", **({} if action.claimed else {"measure": action.measure})
    )
    on: date | None = action.on
    if not action.claimed:
        on = draft.day(on)
    if on is not None:
        check_feedback_day(draft, item, on)
    photos = action.photos or waiting(item)
    feedback = Feedback(
        on=on,
        measure=action.measure,
        progress=action.progress,
        photos=photos,
        by=draft.actor.login,
        on_behalf_of=unit,
        channel=channel,
    )
    assignment = replace(
        assignment,
        feedbacks=(*assignment.feedbacks, feedback),
        responsible=action.responsible or assignment.responsible,
    )
    item = with_assignment(item, assignment, state=State.AWAITING)
    draft.put("items", item)
    draft.note(
        item,
        "submit",
        role,
        on=on,
        reason=action.measure,
        note=action.note,
        assignment=assignment.no,
        on_behalf_of=unit,
        channel=channel,
        photos=photos,
        from_state=State.RECTIFYING,
        to_state=State.AWAITING,
    )


@decides
def withdraw(draft: Draft, action: Withdraw) -> None:
    """T10: the unit takes its word back before anyone has looked; the clock never stopped."""
    item, assignment, role, unit, channel = begin(draft, action, "withdraw", reason=action.reason)
    item = with_assignment(item, settled(assignment, Outcome.WITHDRAWN), state=State.RECTIFYING)
    draft.put("items", item)
    draft.note(
        item,
        "withdraw",
        role,
        on=draft.day(action.on),
        reason=action.reason,
        note=action.note,
        assignment=assignment.no,
        on_behalf_of=unit,
        channel=channel,
        from_state=State.AWAITING,
        to_state=State.RECTIFYING,
    )


@decides
def note(draft: Draft, action: Note) -> None:
    """A line more; by a liaison of their own unit, by others as they saw it or on a unit's behalf.

    Raises `RuleError("nothing_changed")` where the same line stands there for that day.
    """
    item, role = draft.begin(action.item, "note")
    unit = None if role == Role.LIAISON else action.on_behalf_of
    told = {} if unit is None else {"channel": action.channel}
    draft.needs("note", item, line=action.line, **told)
    day = draft.day(action.on)
    text = clean(action.line, lines=False)
    if unit is not None:
        active_unit(draft, unit)
    if any((line.on, line.text) == (day, text) for line in item.diary):
        raise RuleError("nothing_changed", number=item.label)
    line = DiaryLine(on=day, text=text, by=draft.actor.login, on_behalf_of=unit)
    item = replace(item, diary=(*item.diary, line))
    draft.put("items", item)
    channel = action.channel if unit is not None else None
    draft.note(item, "note", role, on=day, note=text, on_behalf_of=unit, channel=channel)
