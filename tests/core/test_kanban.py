"""The board as data, and the facts its cards show."""

from datetime import date, timedelta

from tests_support import INSPECTOR, TODAY, Office

from core.actions.loop.inspection import Fail, Pass
from core.actions.loop.road import Fix
from core.day.kanban import COLUMNS, Column, Grouping, column
from core.day.tallies import Share, by_unit, by_zone
from core.model import Assignment, Feedback, Item, Outcome, State
from core.town.facts import Facts, overdue
from core.town.town import Town
from core.words.pinyin.sounds import initials, sounds_like


def late_item(state: State, due: date, **fields: object) -> Item:
    return Item(
        id=1, state=state, assignments=(Assignment(lead=1, due=due, work_until=due, **fields),)
    )  # type: ignore[arg-type]


def test_overdue_is_judged_by_the_feedback_date() -> None:
    due = TODAY - timedelta(days=4)
    on_time = Feedback(on=due)
    assert overdue(late_item(State.RECTIFYING, due), TODAY)
    assert not overdue(late_item(State.AWAITING, due, feedbacks=(on_time,)), TODAY)
    assert not overdue(late_item(State.SUSPENDED, due), TODAY)
    assert not overdue(late_item(State.VOID, due), TODAY)
    failed = Feedback(on=due, outcome=Outcome.FAILED)
    assert overdue(late_item(State.RECTIFYING, due, feedbacks=(failed,)), TODAY)
    late = Feedback(on=due + timedelta(days=1), outcome=Outcome.PASSED)
    assert overdue(late_item(State.CLOSED, due, feedbacks=(late,)), TODAY)


def test_overdue_counts_working_days() -> None:
    assert (
        Facts(Town(), date(2026, 3, 30)).overdue_days(
            late_item(State.RECTIFYING, date(2026, 3, 27))
        )
        == 1
    )
    assert not overdue(late_item(State.RECTIFYING, TODAY), TODAY)


def test_due_soon_is_within_two_working_days() -> None:
    due_soon = Facts(Town(), date(2026, 3, 27)).due_soon
    assert due_soon(late_item(State.RECTIFYING, date(2026, 3, 31)))
    assert not due_soon(late_item(State.RECTIFYING, date(2026, 4, 1)))
    assert not due_soon(late_item(State.RECTIFYING, date(2026, 3, 26)))


def test_the_office_has_limits_of_its_own() -> None:
    item = Item(id=1, reported_on=date(2026, 3, 27))
    assert not Facts(Town(), date(2026, 3, 30)).waits_too_long(item)
    assert Facts(Town(), date(2026, 3, 31)).waits_too_long(item)


def board_of(facts: Facts, grouping: Grouping = Grouping.NONE) -> tuple[Column, ...]:
    """Every column, as nobody has narrowed them."""
    return tuple(column(facts, state, grouping, None) for state in COLUMNS)


def test_columns_show_what_is_open_and_lately_closed(office: Office) -> None:
    office.reported()
    late = office.issued(due=date(2026, 3, 28))
    soon = office.issued(due=date(2026, 4, 1))
    old, new = office.reported(), office.reported()
    office.do(Fix(item=old, measure="清", on=TODAY - timedelta(days=31)), actor=INSPECTOR)
    office.do(Fix(item=new, measure="清"), actor=INSPECTOR)
    columns = {c.state: c for c in board_of(Facts(office.town, TODAY))}
    assert columns[State.REPORTED].count == 1
    assert columns[State.RECTIFYING].keys == (late, soon)
    assert columns[State.RECTIFYING].late == 1
    assert columns[State.CLOSED].keys == (new,)


def test_the_board_sorts_by_work_until(office: Office) -> None:
    first, second = office.fed_back(due=date(2026, 4, 1)), office.issued(due=date(2026, 4, 2))
    office.do(Fail(item=first, reason="x", work_until=date(2026, 4, 8)), actor=INSPECTOR)
    found = board_of(Facts(office.town, TODAY))[2]
    assert found.keys == (second, first)


def test_groups(office: Office) -> None:
    one, two = office.issued(zone=2), office.issued(zone=1)
    for grouping, names in (
        (Grouping.ZONE, ["Z01 第一段", "Z02 第二段"]),
        (Grouping.UNIT, ["环卫所"]),
        (Grouping.CATEGORY, ["市容环境"]),
        (Grouping.NONE, [""]),
    ):
        found = board_of(Facts(office.town, TODAY), grouping)[2]
        assert [g.name for g in found.groups] == names
        assert set(found.keys) == {one, two}


def test_tallies(office: Office) -> None:
    office.issued(due=date(2026, 3, 28))
    closed = office.fed_back()
    office.do(Pass(item=closed), actor=INSPECTOR)
    office.reported()
    zone = by_zone(office.town, TODAY)[1]
    assert (zone.open, zone.overdue, zone.looked_on) == (2, 1, TODAY)
    unit = by_unit(office.town, TODAY)[2]
    assert (unit.open, unit.overdue, unit.closed, unit.due) == (1, 1, 1, 1)
    assert str(unit.rate) == "50.00%（1/2）"
    assert str(Share(911, 972)) == "93.72%（911/972）"
    assert str(Share(410, 452)) == "90.71%（410/452）"
    assert str(Share()) == "—"


def test_pinyin_initials() -> None:
    assert initials("环卫所A1") == "hwsa1"
    assert sounds_like("hws", "镇环卫所")
    assert sounds_like("cq", "重庆")
    assert sounds_like("yh", "银行")
    assert not sounds_like("xyz", "环卫所")
