"""Ledger rows coming in: 导入 takes a claim as a claim, 迁入 takes items over as they stand."""

from msgspec.structs import replace

from core.actions.coming_in import MoveIn, TakeIn
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.deciding.loop import feedback, road
from core.deciding.loop.leaving import assignments_ended
from core.deciding.loop.photos import with_files
from core.deciding.tidying import tidied
from core.errors import Clash, NotFound, RuleError
from core.model import End, Item, Role, State, VoidKind
from core.model.parts import SHARED
from core.words.numbers import whole_number

IMPORTERS = (Role.CLERK, Role.LEADER)
"""Who may bring a ledger in (docs/domain.md 4)."""
BEFORE_ACCEPTANCE = (State.REPORTED, State.VOID)
"""States in which an item that moves in bears a report's number, not a case's."""
_OF_BOTH = (
    "state",
    "location",
    "description",
    "close_standard",
    "reported_on",
    "reporter",
    "photos_before",
    "merged_into",
    "closed_on",
)
"""What a whole that moves in has from the first of its parts, beside what they share."""
_ENDS = {State.MERGED: End.MERGED, State.VOID: End.VOID}


@decides
def take_in(draft: Draft, action: TakeIn) -> None:
    """T1, T2, T5 and T9 one on the other, each with its own guards and line of history."""
    draft.require(IMPORTERS)
    key = road.report(draft, tidied(action.report)).id
    if action.accept is not None:
        severity = action.accept.severity or action.report.severity or road.DEFAULT_SEVERITY
        road.accept(draft, tidied(replace(action.accept, item=key, severity=severity)))
    if action.assign is not None:
        road.assign(draft, tidied(replace(action.assign, item=key)))
    if action.submit is not None:
        feedback.submit(draft, tidied(replace(action.submit, item=key)))
    elif action.assign is not None:
        _keep_words(draft, key)
    if action.told is not None:
        feedback.note(draft, tidied(replace(action.told, item=key)))
    if action.files:
        files = tuple(replace(file, on=draft.now.today) for file in action.files)
        draft.put("items", with_files(draft.item(key), files))


def _keep_words(draft: Draft, key: int) -> None:
    """What its unit says of the work, of what is issued in the same step and not claimed done."""
    item = draft.item(key)
    told = item.proposed
    if told is not None and (told.measure or told.progress):
        *before, last = item.assignments
        last = replace(last, measure=told.measure, progress=told.progress)
        draft.put("items", replace(item, assignments=(*before, last)))


@decides
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
    _advance(draft, action.whole_number or item.number)
    _advance(draft, item.report_no)
    report_no = item.report_no or (earlier.report_no if earlier else "")
    if not report_no and not item.number and item.state not in BEFORE_ACCEPTANCE:
        item = replace(item, number=draft.case_number(action.year or draft.now.today.year))
    elif not report_no and not item.number:
        report_no = f"R-{draft.next_number('R'):04d}"
    item = replace(
        item,
        id=earlier.id if earlier else draft.new_id("items"),
        report_no=report_no,
        merged_into=_main(draft, action.merged_number),
    )
    if item.state in _ENDS:
        ended = assignments_ended(item, _ENDS[item.state], item.closed_on or draft.now.today)
        item = replace(item, assignments=ended)
    if action.whole_number:
        state = "" if draft.find(action.whole_number) else item.state
        whole = _whole(draft, action.whole_number, item)
        item = replace(item, part_of=whole.id)
        draft.put("items", whole)
        draft.remember(whole)
        draft.note(whole, "move_in", role, to_state=state, note=action.source)
    draft.put("items", item)
    draft.remember(item)
    draft.note(item, "move_in", role, to_state=item.state, note=action.source)


def _main(draft: Draft, number: str) -> int | None:
    """The item that one was merged into."""
    main = _by_number(draft, number)
    if main is None and number:
        raise NotFound("no_item", number=number)
    return main.id if main is not None else None


def _whole(draft: Draft, number: str, part: Item) -> Item:
    """The problem a part belongs to, with this one; made of what it says where there is none yet.

    Raises `RuleError("bad_part")` where their numbers are not those of a whole and its part.
    """
    if whole_number(part.number) != number or part.state == State.REPORTED:
        raise RuleError("bad_part", number=part.number, value=number)
    found = draft.find(number)
    if found is None:
        shared = {name: getattr(part, name) for name in (*SHARED, *_OF_BOTH)}
        return Item(id=draft.new_id("items"), number=number, parts=(part.id,), **shared)
    if not found.parts:
        raise Clash("number_taken", number=found.label)
    return replace(found, parts=tuple(dict.fromkeys((*found.parts, part.id))))


def _by_number(draft: Draft, number: str) -> Item | None:
    return draft.find(number) if number else None


def _advance(draft: Draft, number: str) -> None:
    """Move the series of `number` on, so that it is never given out again."""
    series, dash, seq = number.rpartition("-")
    if dash and seq.isascii() and seq.isdigit() and len(seq) < 10:
        draft.advance(series, int(seq))
