"""Where a row that moves in stands: by a state's own name, else as far as its words and days go (docs/domain.md 8)."""

import re
from collections.abc import Mapping
from datetime import date

from core.finding.terms import STATE_WORDS
from core.ledger.rows.row import Row
from core.ledger.rows.steps import Steps
from core.model import State
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
