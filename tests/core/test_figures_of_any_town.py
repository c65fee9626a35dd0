"""Figures of any town: every count lists what it counts, lines add up to the total, shares are of what they say."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from core.calendar.spans import Span, read_span
from core.model import (
    Assignment,
    End,
    Feedback,
    Inspection,
    Item,
    Outcome,
    Pause,
    Role,
    State,
    Unit,
    Zone,
)
from core.roles import Actor
from core.sight.seen import seen_by
from core.stats.own_line import own_tally
from core.stats.shares import percent, places, printed, rounded
from core.stats.statistics import OF_UNITS, Shape
from core.stats.tabulated import By
from core.stats.tally import tally
from core.town.town import Town

FIRST = date(2026, 1, 1)
TODAY = date(2026, 4, 20)
DAYS = st.integers(0, 100).map(lambda n: FIRST + timedelta(days=n))


@st.composite
def assignments(draw: st.DrawFn) -> tuple[State, tuple[Assignment, ...]]:
    """A road of one to three assignments, of which only the last is open."""
    found = []
    count = draw(st.integers(1, 3))
    for no in range(1, count + 1):
        issued = draw(st.none() | DAYS) if no == 1 else draw(DAYS)
        start = issued or FIRST
        due = draw(st.none() | st.integers(0, 20).map(lambda n, s=start: s + timedelta(days=n)))
        looks = draw(st.lists(st.booleans(), max_size=3))
        day, feedbacks, inspections = start, [], []
        for passed in looks:
            day += timedelta(days=draw(st.integers(0, 9)))
            said = draw(st.sampled_from([day, day, None]))
            outcome = Outcome.PASSED if passed else Outcome.FAILED
            feedbacks.append(Feedback(on=said, outcome=outcome))
            day += timedelta(days=draw(st.integers(0, 5)))
            inspections.append(Inspection(on=day, passed=passed))
        closed = bool(looks) and looks[-1]
        ends = [End.CLOSED] if closed else [None, End.RETURNED, End.REASSIGNED, End.VOID]
        end = draw(st.sampled_from(ends)) if no == count or closed else End.REASSIGNED
        if end is None and draw(st.booleans()):
            feedbacks.append(Feedback(on=day, outcome=Outcome.PENDING))
        found.append(
            Assignment(
                no=no,
                lead=draw(st.integers(1, 3)),
                co=tuple(draw(st.lists(st.integers(1, 3), max_size=1))),
                issued_on=issued,
                due=due,
                orig_due=due,
                extensions=draw(st.integers(0, 1)),
                feedbacks=tuple(feedbacks),
                inspections=tuple(inspections),
                ended_on=day if end is not None else None,
                end=end,
                exempt_on=day if closed and draw(st.booleans()) else None,
            )
        )
    last = found[-1]
    state = {End.CLOSED: State.CLOSED, End.VOID: State.VOID, End.RETURNED: State.ACCEPTED}.get(
        last.end or End.MERGED, State.RECTIFYING
    )
    return state, tuple(found)


@st.composite
def towns(draw: st.DrawFn) -> Town:
    town = Town()
    for key in (1, 2, 3):
        gone = key == 3 and draw(st.booleans())
        until = FIRST + timedelta(days=60) if gone else None
        into = 1 if gone else None
        group = f"第{key % 2}组"
        unit = Unit(id=key, name=f"单位{key}", group=group, active=not gone, until=until, into=into)
        town.put("units", unit)
        town.put("zones", Zone(id=key, code=f"Z{key:02d}", name=f"第{key}段"))
    for key in range(1, draw(st.integers(0, 12)) + 1):
        state, given_ = draw(assignments())
        since = draw(st.none() | DAYS)
        pauses = (Pause(since=since, until=draw(st.none() | st.just(TODAY))),) if since else ()
        town.put(
            "items",
            Item(
                id=key,
                number=f"CW-2026-{key:04d}",
                report_no=f"R-{key:04d}",
                state=state,
                zone=draw(st.none() | st.integers(1, 3)),
                category=draw(st.sampled_from(["市容环境", "宣传", ""])),
                assignments=given_,
                pauses=pauses,
                accepted_on=FIRST,
            ),
        )
    return town


PERIODS = st.sampled_from(["2026-01", "2026-02", "2026-03", "2026-Q1", "2026", "2026-H1"])


@settings(max_examples=150, deadline=None)
@given(towns(), PERIODS, st.booleans(), st.integers(40, 110))
def test_lines_add_up_and_every_count_lists_what_it_counts(
    town: Town, period: str, cohort: bool, days: int
) -> None:
    today = FIRST + timedelta(days=days)
    span = read_span(period, today)
    totals = []
    for by in By:
        table = tally(town, span, today, by, cohort=cohort)
        for line in (*table.lines, table.total):
            for each in OF_UNITS:
                cell = line.cell(each.code)
                if each.measure == Shape.COUNT:
                    assert cell.count == len(cell.listed)
                elif each.measure == Shape.RATE:
                    part, whole = line.cell(each.part), line.cell(each.whole)
                    assert cell.value(each) == percent(part.count, whole.count)
                    assert set(part.listed) <= set(whole.listed)
            assert line.count("need") == line.count("closed") + line.count("overdue_open")
            assert line.count("need") == line.count("ontime") + line.count("late")
            assert line.count("inspected") == line.count("rework") + line.count("first_pass")
            assert set(line.cell("overdue_open").listed) <= set(line.cell("open").listed)
        for each in OF_UNITS:
            if each.measure == Shape.COUNT:
                summed = sum(line.count(each.code) for line in table.lines)
                assert summed == table.total.count(each.code), each.code
        totals.append({c.code: table.total.cell(c.code) for c in OF_UNITS if c.code != "helping"})
    assert all(total == totals[0] for total in totals)


@settings(max_examples=60, deadline=None)
@given(towns())
def test_months_add_up_to_the_year(town: Town) -> None:
    year = tally(town, read_span("2026", TODAY), TODAY).total
    months = [tally(town, month, TODAY).total for month in read_span("2026", TODAY).months]
    for code in ("issued", "closed", "rework_times"):
        assert sum(month.count(code) for month in months) == year.count(code)


@given(st.dictionaries(st.integers(), st.none() | st.fractions(0, 100), max_size=8), st.booleans())
def test_places_follow_what_is_printed(values: dict[int, object], dense: bool) -> None:
    ranked = places(values, dense=dense)  # type: ignore[arg-type]
    shown = {key: rounded(value) for key, value in values.items() if value is not None}  # type: ignore[arg-type]
    assert ranked.keys() == shown.keys()
    for one, first in ranked.items():
        better = [other for other in shown if shown[other] > shown[one]]
        expected = len({shown[other] for other in better}) if dense else len(better)
        assert first == expected + 1


@given(st.fractions(-1000, 1000))
def test_rounded_once_and_half_up(value: object) -> None:
    text = printed(value)  # type: ignore[arg-type]
    assert abs(float(text) - float(value)) <= 0.005 + 1e-9  # type: ignore[arg-type]


@given(st.integers(2000, 2099), st.integers(1, 12))
def test_a_span_reads_back(year: int, month: int) -> None:
    for length in (1, 3, 6, 12):
        span = Span.around(date(year, month, 1), type(Span(0).length)(length))
        assert read_span(span.code, TODAY) == span
        assert read_span(span.chinese, TODAY) == span
        assert span.first <= date(year, month, 1) <= span.last
        assert span.before.last + timedelta(days=1) == span.first


@settings(max_examples=100, deadline=None)
@given(towns(), PERIODS, st.booleans())
def test_a_unit_is_told_its_own_line_and_how_many_the_town_has(
    town: Town, period: str, cohort: bool
) -> None:
    span = read_span(period, TODAY)
    whole, own = (
        f(town, span, TODAY, cohort=cohort, unit=u) for f, u in ((tally, None), (own_tally, 1))
    )
    assert own.lines == tuple(line for line in whole.lines if line.key == 1)
    assert not own.ranked and not own.total.told
    for each in OF_UNITS:
        mine, all_of_it = own.total.cell(each.code), whole.total.cell(each.code)
        assert mine.text(each) == all_of_it.text(each)
        assert not any(mine.listed) and not any(mine.of or ())
    seen = seen_by(town, Actor("liaison", (Role.LIAISON,), unit=1, key="abc")).town
    again = tally(seen, span, TODAY, cohort=cohort, unit=1)
    assert again.lines == own.lines, "what is behind each figure is seen"


@given(towns(), PERIODS, st.sampled_from([By.ZONE, By.CATEGORY, By.GROUP]))
def test_by_anything_else_it_is_told_of_its_own_only(town: Town, period: str, by: By) -> None:
    span = read_span(period, TODAY)
    table = own_tally(town, span, TODAY, by, unit=1)
    line = own_tally(town, span, TODAY, unit=1).line(1)
    for code in ("issued", "closed", "overdue_open"):
        assert table.total.cell(code).listed == (line.cell(code).listed if line else ())
