"""Out of the loop and back: 合并, 作废, 撤销: T17-T19 of docs/domain.md 3."""

from datetime import date

from msgspec.structs import replace

from core.actions.loop.leaving import Merge, Revive, Void
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.deciding.loop.decisions import ask
from core.deciding.loop.dividing import decides_by_parts
from core.errors import Clash, RuleError
from core.guards import a_part
from core.loop import NOT_ISSUED
from core.model import (
    OPEN_STATES,
    VOIDED_AS,
    Asked,
    Assignment,
    End,
    Item,
    Request,
    RequestKind,
    Role,
    State,
    VoidKind,
)
from core.workflow import approvers


def assignments_ended(item: Item, end: End, day: date) -> tuple[Assignment, ...]:
    """The assignments with the open one ended."""
    last = item.assignment
    if last is None or last.over:
        return item.assignments
    return (*item.assignments[:-1], replace(last, ended_on=day, end=end))


@decides
def merge(draft: Draft, action: Merge) -> None:
    """T17: the same problem twice. What stays keeps the earlier find and the earlier deadline."""
    item, role = draft.begin(action.item, "merge")
    draft.needs("merge", item, main=action.main)
    assert action.main is not None
    main = draft.item(action.main)
    pieces = [each for key in item.parts if (each := draft.item(key)).state in OPEN_STATES]
    for each in pieces or [item]:
        check_same(each, main)
    day = draft.day(action.on)
    kept = _taking(main, item)
    for each in (*pieces, item):
        _into(draft, each, main, role, day, action.note)
        kept = _taking(kept, each)
    draft.put("items", kept)
    draft.note(
        kept,
        "merge",
        role,
        on=day,
        note=action.note,
        reference=item.label,
        due_before=main.assignment.due if main.assignment else None,
        due_after=kept.assignment.due if kept.assignment else None,
    )


def _into(draft: Draft, item: Item, main: Item, role: Role, day: date, note: str) -> None:
    before = item.state
    gone = replace(
        item,
        state=State.MERGED,
        former=before,
        merged_into=main.id,
        assignments=assignments_ended(item, End.MERGED, day),
    )
    draft.put("items", gone)
    draft.note(
        gone,
        "merge",
        role,
        on=day,
        note=note,
        reference=main.label,
        from_state=before,
        to_state=State.MERGED,
    )


def check_same(item: Item, main: Item) -> None:
    """Refuse to merge into what is another problem, another's, or done with. Raises `RuleError`."""
    no = a_part(main)
    if no is not None:
        raise RuleError.of(no)
    if main.id == item.id:
        raise RuleError("merge_with_itself", number=item.label)
    if main.state not in OPEN_STATES:
        raise Clash("main_not_open", number=main.label, state=main.state)
    if item.zone != main.zone:
        raise RuleError("merge_elsewhere", number=item.label, value=main.label)
    mine, theirs = item.holder, main.holder
    if mine is not None and mine != theirs:
        raise RuleError("merge_other_unit", number=item.label, value=main.label)


def _taking(main: Item, item: Item) -> Item:
    """The main item with what the other one knew earlier, and its photos."""
    found = [d for d in (main.found_on, item.found_on) if d is not None]
    photos = dict.fromkeys((*main.photos_before, *item.photos_before))
    kept = replace(main, found_on=min(found) if found else None, photos_before=tuple(photos))
    mine, theirs = kept.assignment, item.assignment
    if mine is None or theirs is None or mine.ended_on or theirs.ended_on:
        return kept
    if not (mine.due and theirs.due):
        return kept
    until = [d for d in (mine.work_until, theirs.work_until) if d is not None]
    earlier = replace(mine, work_until=min(until) if until else None)
    if theirs.due < mine.due:
        earlier = replace(
            earlier,
            due=theirs.due,
            deadline=theirs.deadline,
            counted_from=theirs.counted_from or theirs.issued_on,
            provisional=theirs.provisional,
        )
    return replace(kept, assignments=(*kept.assignments[:-1], earlier))


@decides_by_parts
def void(draft: Draft, action: Void) -> None:
    """T18: it does not count. Once issued, a leader approves."""
    item, role = draft.begin(action.item, "void")
    draft.needs("void", item, reason=action.reason, note=action.note)
    assert action.reason is not None
    if action.reason not in VOIDED_AS:
        raise RuleError("unknown_reason", value=action.reason, expected=VOIDED_AS)
    day = draft.day(action.on)
    if item.state in NOT_ISSUED and not approvers(item, RequestKind.VOID):
        _void(draft, item, action.reason, action.note, role, day)
        return
    ask(
        draft,
        item,
        RequestKind.VOID,
        role,
        Asked(void_kind=action.reason),
        voided,
        day=day,
        reason=action.note,
    )


def voided(draft: Draft, item: Item, request: Request, role: Role) -> None:
    """A leader agreed."""
    draft.must_be(item, "void")
    kind = VoidKind(request.asked.void_kind)
    _void(draft, item, kind, request.reason, role, draft.effect_day(request), request.id)


def _void(
    draft: Draft,
    item: Item,
    kind: VoidKind,
    note: str,
    role: Role,
    day: date,
    request: int | None = None,
) -> None:
    before = item.state
    item = replace(
        item,
        state=State.VOID,
        former=before,
        void_kind=kind,
        void_note=note,
        assignments=assignments_ended(item, End.VOID, day),
    )
    draft.put("items", item)
    draft.note(
        item,
        "void",
        role,
        on=day,
        reason=kind,
        note=note,
        request=request,
        from_state=before,
        to_state=State.VOID,
    )


@decides_by_parts
def revive(draft: Draft, action: Revive) -> None:
    """T19: back to the state it came from, by a leader."""
    item, role = draft.begin(action.item, "revive")
    draft.needs("revive", item, reason=action.reason)
    before, back = item.state, item.former or State.REPORTED
    assignments = item.assignments
    last = item.assignment
    if last is not None and last.end in (End.MERGED, End.VOID):
        assignments = (*assignments[:-1], replace(last, ended_on=None, end=None))
    item = replace(
        item,
        state=back,
        former=None,
        merged_into=None,
        void_kind="",
        void_note="",
        assignments=assignments,
    )
    draft.put("items", item)
    draft.note(
        item,
        "revive",
        role,
        on=draft.day(action.on),
        reason=action.reason,
        note=action.note,
        from_state=before,
        to_state=back,
    )
