"""Where a row that moves in stands: by a state's own name, else as far as its words and days go (docs/domain.md 8);
and what it says of the steps that brought it there."""

import re
from collections.abc import Mapping
from datetime import date

from core.finding.terms import STATE_WORDS
from core.ledger.rows.row import Row
from core.ledger.rows.steps import UNREAD, Steps, told_in
from core.model import DiaryLine, Feedback, Inspection, Outcome, SpotFix, State, VoidKind
from core.words.claims import (
    CLOSED_WORDS,
    DONE,
    IN_PROGRESS,
    NOT_DONE,
    claim_of,
    said_on,
    without_day,
)
from core.words.dates import read_later
from core.words.text import key_of

_OUTCOMES = {State.AWAITING: Outcome.PENDING, State.CLOSED: Outcome.PASSED}
_QUALIFIED = re.compile(r"[（(，,：:；;]")  # 未完成（冬季停工）
OPEN = (State.RECTIFYING, State.AWAITING)
"""States in which a unit works on it, or has said that it did."""
_FAILED = re.compile(r"待复查|待复核|待验收|未复查|不合格|未通过|不达标|未整改|不到位|未到位|退回")
_FELL_THROUGH = re.compile(r"不合格|未通过|不通过|不达标|退回|未整改|不到位|未到位")
_STRUCK = re.compile(
    r"(?:已|整改|完成|同意|准予)*销[号案账](?:完毕|完成|归档|了)?(?:$|[\s，,。；;（(\d])"
)
"""Words of being struck off, with more behind them: 已销号，3月回头看; what goes on as 销号申请中 is none."""
_CLOSED = frozenset(map(key_of, CLOSED_WORDS))
_TELLING = ("state", "progress", "inspection")
"""Columns that may tell how far a row is."""


def state_of(
    row: Row, steps: Steps, days: Mapping[str, date | None], meant: Mapping[str, str]
) -> State:
    """What a row says it is; words against that are told."""
    state = _said_state(row, steps, days, meant)
    _tell_against(row, state)
    return state


def closing_day_of(row: Row, days: Mapping[str, date | None], today: date) -> date | None:
    """The day a closed row does not name in a column of its own: beside its word, of the look, else of the work.

    A look that was failed says nothing of the day, nor does the work before it.
    """
    said = said_on(row.text("state"))
    named = (
        read_later(said, days["feedback_on"] or days["found_on"], row.period).value
        if said
        else None
    )
    if named is not None and named <= today:
        return named
    if _FELL_THROUGH.search(row.text("inspection")):
        return None
    return days["inspected_on"] or days["feedback_on"]


def look_day_of(row: Row, days: Mapping[str, date | None], today: date) -> date | None:
    """The day of the look: of its column, else written beside what was found, as in 4月5日复查合格."""
    said = said_on(row.text("inspection"))
    if days["inspected_on"] is not None or not said or said[0] not in "0123456789":
        return days["inspected_on"]
    start = days["feedback_on"] or days["found_on"]
    named = read_later(said, start, row.period).value
    if named is None or named > today:
        return None
    row.doubt("day_beside", "inspected_on", f"{row.text('inspection')}（{named.isoformat()}）")
    return named


def _said_state(
    row: Row, steps: Steps, days: Mapping[str, date | None], meant: Mapping[str, str]
) -> State:
    """What a row says it is: by a state's own name, else as far as its words and days go.

    Only 已销号 and what is told to mean it close without a day of re-inspection; any other word of
    being done is a claim that waits for a look (docs/domain.md 8).
    """
    looks = f"{row.text('inspection')}{row.text('inspected_on')}"
    words = [row.text(key) for key in _TELLING if row.text(key)]
    for word in words:
        told = meant.get(key_of(word))
        found = State(told) if told in tuple(State) else STATE_WORDS.get(word.lower())
        if found == State.CLOSED and told and _FAILED.search(looks):
            found = State.AWAITING
        if found is not None:
            return _merged(row) if found == State.MERGED else _as_far(found, steps, row)
        if key_of(without_day(word)) in _CLOSED or _STRUCK.match(word):
            return State.CLOSED
    claims = [claim for word in words if (claim := claim_of(word))]
    if _FELL_THROUGH.search(row.text("inspection")):
        claims.insert(0, NOT_DONE)
    looked = days["inspected_on"] is not None and not _FAILED.search(looks)
    if days["closed_on"] is not None or (DONE in claims[:1] and looked):
        return State.CLOSED
    if claims and claims[0] == DONE:
        return _as_far(State.AWAITING, steps, row)
    if claims and claims[0] in (IN_PROGRESS, NOT_DONE):
        return _as_far(State.RECTIFYING, steps, row)
    if row.text("state"):
        row.doubt("not_said", "state", row.text("state"))
    else:
        row.doubt("no_state", "state")
    if days["feedback_on"] is not None:
        return _as_far(State.AWAITING, steps, row)
    issued = steps.lead is not None and (steps.due or steps.issued_on)
    return State.RECTIFYING if issued else State.REPORTED


def _tell_against(row: Row, state: State) -> None:
    """Tell words by which nothing was done yet of what is done: 未整改 beside 已销号."""
    if state not in (State.AWAITING, State.CLOSED):
        return
    for key in ("progress", "inspection"):
        if claim_of(row.text(key)) == NOT_DONE:
            row.doubt("word_against_state", key, row.text(key))


def tell_too_early(row: Row, closed: date | None, found: date | None) -> None:
    """Tell a closing day that lies before the find."""
    if closed is not None and found is not None and closed < found:
        row.doubt("closed_too_early", "closed_on", closed.isoformat())


def _merged(row: Row) -> State:
    """Merged into the item a row names; where it names none, it is void as a duplicate, and told."""
    if row.text("merged_into"):
        return State.MERGED
    row.doubt("merged_nowhere", "merged_into")
    return State.VOID


def _as_far(state: State, steps: Steps, row: Row) -> State:
    """A state of an item that somebody works on; where nobody was ever asked to, it is only reported."""
    asked = steps.lead or steps.due or steps.issued_on or row.text("lead_unit")
    if state in OPEN and not asked and not row.text("number"):
        row.doubt("nobody_asked", "lead_unit")
        return State.REPORTED
    return state


def past_diary(row: Row, today: date) -> tuple[DiaryLine, ...]:
    """The diary of an item that moves in."""
    day, text = told_in(row, today)
    return (DiaryLine(on=day, text=text),) if text else ()


def past_feedback(row: Row, days: Mapping[str, date | None], state: State) -> Feedback | None:
    """What a unit had said, of a row that moves in."""
    photos = row.photos("photos_after")
    measure, progress = row.text("measure"), row.text("progress")
    if not (days["feedback_on"] or measure or progress or photos):
        return None
    return Feedback(
        on=days["feedback_on"],
        measure=measure,
        progress=progress,
        photos=photos,
        outcome=_OUTCOMES.get(state, Outcome.FAILED),
    )


def past_look(row: Row, days: Mapping[str, date | None], state: State) -> Inspection | None:
    """The look on the spot, of a row that moves in."""
    finding, inspector = row.text("inspection"), row.text("inspector")
    if any(doubt.code == "day_of_text" and doubt.field == "inspected_on" for doubt in row.doubts):
        finding = "；".join(text for text in (finding, row.text("inspected_on")) if text)
    if not (finding or days["inspected_on"] or inspector):
        return None
    return Inspection(
        on=days["inspected_on"],
        inspector=inspector,
        passed=state == State.CLOSED,
        finding=finding,
    )


def past_fix(row: Row, days: Mapping[str, date | None]) -> SpotFix | None:
    """What was put right on the spot, of a row that moves in."""
    on = days["inspected_on"]
    if on is None:
        return None
    return SpotFix(
        on=on,
        inspector=row.text("inspector"),
        measure=row.text("measure"),
        photos=row.photos("photos_after"),
    )


def past_void(text: str, *, merged: bool) -> tuple[str, str]:
    """The kind and the note of 作废原因; what was `merged` nobody knows where is a duplicate."""
    kind, _colon, note = text.partition("：")
    if kind in tuple(VoidKind):
        return kind, note
    return (VoidKind.DUPLICATE if merged else ""), text


def with_unread(row: Row, note: str, place: str, headers: Mapping[str, str]) -> str:
    """The note, with what stood in cells that nobody could read."""
    lost = {
        doubt.field: row.text(doubt.field)
        for doubt in row.doubts
        if doubt.code in UNREAD and row.text(doubt.field) and row.text(doubt.field) != place
    }
    if _QUALIFIED.search(row.text("state")) and "state" not in lost:
        lost["state"] = row.text("state")
    parts = [note, *(f"{headers.get(field, field)}：{text}" for field, text in lost.items())]
    return "；".join(part for part in parts if part)
