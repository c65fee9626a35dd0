"""What is signed never changes, whatever anybody does afterwards; and what follows can be taken back."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from loop_actions import actions_of
from playing import Played

from core.actions.appeals import Appeal
from core.actions.papers import DraftCircular, PublishCircular, SignCircular
from core.actions.registers import Add
from core.actions.rounds import DropFind, ReopenRound, SetScheme, WaiveFind
from core.calendar.spans import Span, read_span
from core.errors import RuleError
from core.model import RoundState
from core.papers.adjustments import adjustments
from core.stats.tally import tally

VECTOR = json.loads((Path(__file__).parents[1] / "data/stats_march.json").read_text("utf-8"))
SIGNED, AFTER = date(2026, 4, 13), date(2026, 4, 14)


def signed() -> tuple[Played, int]:
    """The town with March signed."""
    played = Played(VECTOR)
    posted = date(2026, 4, 6)
    played.until(posted)
    key = played.do(posted, DraftCircular(period="2026-03")).of("documents")[0].id
    played.do(posted, PublishCircular(document=key))
    played.until(date(2026, 4, 8))
    played.do(SIGNED, SignCircular(document=key))
    return played, key


def frozen(played: Played, key: int) -> tuple[Any, ...]:
    """Everything that was signed, byte for byte."""
    paper = played.town.documents[key]
    rounds = [r for r in played.town.rounds.values() if r.state == RoundState.FINAL]
    return (
        paper.evidence,
        paper.digest,
        paper.published,
        [(r.id, r.sheet, r.digest, r.weights) for r in rounds],
    )


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_nothing_signed_changes_and_figures_add_up(data: st.DataObject) -> None:
    played, key = signed()
    before = frozen(played, key)
    items, finds = sorted(played.items.values()), sorted(played.finds.values())
    others = st.one_of(
        st.builds(Appeal, item=st.sampled_from(items), reason=st.just("停电")),
        st.builds(Appeal, find=st.sampled_from(finds), reason=st.just("不在区内")),
        st.builds(WaiveFind, find=st.sampled_from(finds), reason=st.just("免")),
        st.builds(DropFind, find=st.sampled_from(finds)),
        st.builds(ReopenRound, round=st.sampled_from(sorted(played.rounds.values()))),
        st.just(SetScheme(since="2026-03", fields={"red": 10})),
        st.just(
            Add(table="points", fields={"unit": 1, "month": "2026-03", "kind": "praise"}),
        ),
    )
    day = AFTER
    for _ in range(30):
        loop = actions_of(data.draw(st.sampled_from(items)), None)
        action = data.draw(st.one_of(loop, others))
        try:
            played.do(day, action)
        except RuleError:
            continue
        day += timedelta(days=1)
    assert frozen(played, key) == before
    for period in ("2026-03", "2026-04", "2026"):
        span = read_span(period, day)
        table = tally(played.town, span, day)
        for code, cell in table.total.cells.items():
            counts = [line.cell(code).listed for line in table.lines]
            if code not in ("helping",):
                assert sorted(n for listed in counts for n in listed) == sorted(cell.listed)
    told = adjustments(played.town, Span.month_of(day), day)
    assert len({(t["kind"], t["period"], t["name"]) for t in told}) == len(told)
