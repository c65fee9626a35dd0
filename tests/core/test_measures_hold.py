"""Over generated towns: every number is what its lines make it, nothing counts twice, what is undone is gone."""

import re
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from playing_year import OPENED, TOWN, PlayedYear

from core.actions.action import Action
from core.actions.wish import Undo
from core.calendar.periods import read_period
from core.errors import RuleError
from core.measures import MEASURES, Counted, Joined, Question, measure
from core.measures.counted import NONE
from core.measures.entered import entries
from core.measures.indicators import by_of, indicators
from core.registers import unsound_tables
from core.stats.shares import printed
from core.town.town import Town

TODAY = date(2026, 12, 20)
PERIODS = ("2026", "2026H1", "2026Q2", "2026-03", "2026-02-10..2026-04-20")
units = st.sampled_from([None, "保洁公司", "园林站", "上塘村委会"])
zones = st.sampled_from([None, "Z01", "Z02", "Z10"])
days = st.dates(date(2026, 1, 1), date(2026, 6, 30))
codes = st.sampled_from(["A01", "A03", "C18", "B08", "D07", "G01", "G02"])
KINDS = ("大扫除", "会议", "填报", "讲座", "巡查")


@st.composite
def lines(draw: Any) -> dict[str, Any]:
    on = draw(days)
    code = draw(codes)
    kind = draw(st.sampled_from(KINDS))
    text = "3/8" if code in ("B08", "G02") else str(draw(st.integers(0, 40)))
    step: dict[str, Any] = {
        "do": "log.add",
        "at": TODAY.isoformat(),
        "ref": "L",
        "kind": kind,
        "title": "",
        "on": on.isoformat(),
        "unit": draw(units),
        "zone": draw(zones),
        "figures": [{"indicator": code, "text": text + draw(st.sampled_from(["", "余"]))}]
        if draw(st.booleans())
        else [],
    }
    if draw(st.booleans()):
        step["until"] = (on + timedelta(days=draw(st.sampled_from([6, 27, 30, 89])))).isoformat()
    if kind in ("会议", "讲座") and draw(st.booleans()):
        step["people"] = draw(st.integers(0, 50))
    if kind == "巡查":
        step["duty"] = "W"
        step["excused"] = draw(st.booleans())
    return step


@st.composite
def shop_steps(draw: Any) -> dict[str, Any]:
    on = draw(days).isoformat()
    at = TODAY.isoformat()
    shop = draw(st.sampled_from(["S1", "S2"]))
    return draw(
        st.sampled_from(
            [
                {"do": "shop.sign", "at": at, "shops": [shop], "on": on},
                {"do": "shop.plate", "at": at, "shops": [shop], "on": on},
                {"do": "shop.check", "at": at, "shop": shop, "on": on, "score": 55},
                {"do": "shop.check", "at": at, "shop": shop, "on": on, "score": 93.5},
                {"do": "shop.close", "at": at, "shop": shop, "on": on},
                {"do": "shop.transfer", "at": at, "shop": shop, "on": on},
            ]
        )
    )


@st.composite
def covers(draw: Any) -> dict[str, Any]:
    plan = draw(st.integers(0, 9))
    step = {"do": "campaign.cover", "at": TODAY.isoformat(), "campaign": "2026春"}
    fields: dict[str, Any] = {"zone": draw(st.sampled_from(["Z01", "Z02", "Z10"]))}
    fields["households_plan"] = plan
    if draw(st.booleans()):
        fields["households_done"] = draw(st.integers(0, 9))
    return step | fields


steps = st.lists(st.one_of(lines(), lines(), shop_steps(), covers()), max_size=14)
FIRST = [
    {
        "do": "duty.add",
        "at": "2026-01-05",
        "ref": "W",
        "name": "例行",
        "kind": "巡查",
        "terms": [{"since": "2026-01-05", "cycle": "month", "day": "10", "roll": True}],
    },
    {"do": "shop.add", "at": "2026-01-05", "ref": "S1", "name": "甲店", "zone": "Z02"},
    {"do": "shop.add", "at": "2026-01-05", "ref": "S2", "name": "乙店", "zone": "Z10"},
    OPENED,
]


class Told(PlayedYear):
    """A town that keeps what may be taken back."""

    def __init__(self, several: list[dict[str, Any]]) -> None:
        self.done: list[Any] = []
        super().__init__({"town": TOWN, "steps": FIRST})
        self.until()
        self.today = TODAY
        self.done.clear()
        for step in several:
            maker = getattr(self, "_" + step["do"].replace(".", "_"))
            try:
                maker(step)
            except RuleError:
                continue

    def do(self, *actions: Action) -> Any:
        made = super().do(*actions)
        self.done.append(made)
        return made


def made_of(by: Joined, counted: Counted) -> Decimal | Fraction | int | None:
    """What the lines of a measure make of it, by its rule."""
    values = [line.value for line in counted.lines]
    match by:
        case Joined.COUNT:
            return len(values)
        case Joined.SUM:
            return sum((Decimal(v) for v in values), Decimal(0))
        case Joined.MEAN if "/" not in "".join(values):
            return sum((Decimal(v) for v in values), Decimal(0)) / len(values)
        case Joined.LATEST | Joined.SHARE | Joined.MEAN:
            if "/" in "".join(values):
                parts = [v.split("/") for v in values]
                whole = sum(int(w) for _p, w in parts)
                told = re.search(r"（(\d+)/(\d+)）", counted.text)
                assert told is not None
                assert int(told[1]) == sum(int(p) for p, _w in parts)
                assert int(told[2]) >= whole  # one that says nothing of its plan stands below too
                return Fraction(int(told[1]) * 100, int(told[2]))
            told = re.search(r"（(\d+)/(\d+)）", counted.text)
            assert told is not None
            assert int(told[1]) == len(values)
            return Fraction(len(values) * 100, int(told[2]))
    return None


def holds(by: Joined, counted: Counted) -> None:
    if counted.value is None:
        assert counted.text == NONE
        assert not counted.lines
        return
    made = made_of(by, counted)
    assert made is not None
    if counted.share:
        assert counted.printed_value == printed(Fraction(made))
    else:
        assert abs(Fraction(counted.value) - Fraction(made)) < Fraction(1, 10**9)


def every(town: Town) -> Any:
    for held in MEASURES.values():
        for of in held.of(town) if held.needs else ("", *list(held.of(town))[:3]):
            if held.code not in ("log.rest", "group", "cat", "rest"):
                yield held, of


@settings(max_examples=60, deadline=None)
@given(steps)
def test_every_number_is_what_its_lines_make_it(several: list[dict[str, Any]]) -> None:
    played = Told(several)
    for text in PERIODS:
        window = Question(played.town, read_period(text, TODAY))
        for held, of in every(played.town):
            holds(held.by, held.count(window, of))
        for each in indicators(played.town):
            counted = measure(played.town, each.code).count(window)
            holds(by_of(played.town, each), counted)
            _once(played.town, window, each.code, counted)


def _once(town: Town, window: Question, code: str, counted: Counted) -> None:
    """No line twice, none both counted and left out, none beside one that has it in itself."""
    refs = Counter(line.ref for line in counted.lines)
    assert all(number == 1 for number in refs.values())
    assert not set(refs) & {left.ref for left in counted.left_out}
    held = [e for e in entries(town, window.day).get(code, []) if e.ref in refs]
    if by_of(town, next(i for i in indicators(town) if i.code == code)) == Joined.SUM:
        kind = next(i.kind for i in indicators(town) if i.code == code)
        if kind == "sum":
            assert not [e for e in held for other in held if e.covered_by(other)]


@settings(max_examples=40, deadline=None)
@given(steps)
def test_everything_is_taken_back_or_refused_and_the_town_stays_sound(
    several: list[dict[str, Any]],
) -> None:
    played = Told(several)
    for made in reversed(list(played.done)):
        try:
            PlayedYear.do(played, Undo(earlier=made))
        except RuleError as error:
            assert error.refusal.code not in ("unknown_verb", "bad_field")
        assert not unsound_tables(played.town.tables, TODAY)
    window = Question(played.town, read_period("2026", TODAY))
    for code in ("A01", "A03", "D07"):
        assert measure(played.town, code).count(window).value is None
    assert measure(played.town, "shops.letters").count(window).value == 0
