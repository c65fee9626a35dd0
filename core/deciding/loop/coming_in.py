"""Ledger rows coming in: 导入 takes a claim as a claim, 迁入 takes items over as they stand."""

from msgspec.structs import replace

from core.actions import MoveIn, TakeIn
from core.deciding.draft import Draft
from core.deciding.loop import feedback, road
from core.deciding.loop.leaving import assignments_ended
from core.deciding.loop.photos import with_files
from core.errors import Clash, NotFound, RuleError
from core.model import End, Item, Role, State, VoidKind

IMPORTERS = (Role.CLERK, Role.LEADER)
"""Who may bring a ledger in (docs/domain.md 4)."""
BEFORE_ACCEPTANCE = (State.REPORTED, State.VOID)
"""States in which an item that moves in bears a report's number, not a case's."""
_ENDS = {State.MERGED: End.MERGED, State.VOID: End.VOID}


def take_in(draft: Draft, action: TakeIn) -> None:
    """T1, T2, T5 and T9 one on the other, each with its own guards and line of history."""
    draft.require(IMPORTERS)
    key = road.report(draft, draft.tidy(action.report)).id
    if action.accept is not None:
        severity = action.accept.severity or action.report.severity or road.DEFAULT_SEVERITY
        road.accept(draft, draft.tidy(replace(action.accept, item=key, severity=severity)))
    if action.assign is not None:
        road.assign(draft, draft.tidy(replace(action.assign, item=key)))
    if action.submit is not None:
        feedback.submit(draft, draft.tidy(replace(action.submit, item=key)))
    if action.told is not None:
        feedback.note(draft, draft.tidy(replace(action.told, item=key)))
    if action.files:
        files = tuple(replace(file, on=draft.now.today) for file in action.files)
        draft.put("items", with_files(draft.item(key), files))


def move_in(draft: Draft, action: MoveIn) -> None:
    """State, dates and counts as they stand; one line of history; counters move on.

    A number that an undone 迁入 left behind is taken up again on the same item.
    """
    role = draft.require((Role.LEADER,))
    item = action.item
    earlier = _by_number(draft, item.number) or _by_number(draft, item.report_no)
    if earlier is not None and earlier.void_kind != VoidKind.UNREPORTED:
        raise Clash("number_taken", number=earlier.label)
    for field in ("found_on", "closed_on"):
        value = getattr(item, field)
        if value is not None and value > draft.now.today:
            raise RuleError("future_date", field=field, value=value)
    _advance(draft, item.number)
    _advance(draft, item.report_no)
    report_no = item.report_no or (earlier.report_no if earlier else "")
    if not report_no and not item.number and item.state not in BEFORE_ACCEPTANCE:
        item = replace(item, number=draft.case_number(action.year or draft.now.today.year))
    elif not report_no and not item.number:
        report_no = f"R-{draft.next_number('R'):04d}"
    merged = None
    if action.merged_number:
        main = _by_number(draft, action.merged_number)
        if main is None:
            raise NotFound("no_item", number=action.merged_number)
        merged = main.id
    item = replace(
        item,
        id=earlier.id if earlier else draft.new_id("items"),
        report_no=report_no,
        merged_into=merged,
    )
    if item.state in _ENDS:
        ended = assignments_ended(item, _ENDS[item.state], item.closed_on or draft.now.today)
        item = replace(item, assignments=ended)
    draft.put("items", item)
    draft.remember(item)
    draft.note(item, "move_in", role, to_state=item.state, note=action.source)


def _by_number(draft: Draft, number: str) -> Item | None:
    return draft.find(number) if number else None


def _advance(draft: Draft, number: str) -> None:
    """Move the series of `number` on, so that it is never given out again."""
    series, dash, seq = number.rpartition("-")
    if dash and seq.isascii() and seq.isdigit() and len(seq) < 10:
        draft.advance(series, int(seq))
