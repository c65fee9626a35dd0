"""分项: one problem for several units, in parts with their own deadlines (docs/domain.md 3)."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace
from tests_support import CLERK, FOUNDER, LIAISON, TODAY, Office

from core.actions.loop.aside import Resume, Suspend
from core.actions.loop.correcting import Correct
from core.actions.loop.dividing import Split, UnitPart
from core.actions.loop.feedback import Note, Submit
from core.actions.loop.handover import Return
from core.actions.loop.inspection import Inspect
from core.actions.loop.leaving import Merge, Revive, Void
from core.actions.loop.road import Accept, Assign
from core.actions.registers import AssignZone, MergeZones
from core.actions.year import SplitZone
from core.day.kanban import COLUMNS, Grouping, column
from core.errors import RuleError
from core.model import Channel, Scheme, State, VoidKind
from core.model.parts import standing
from core.registers import unsound_tables
from core.rounds.factors import proposed
from core.soundness import record_faults
from core.town.facts import Facts

SOON, LATER = date(2026, 4, 2), date(2026, 4, 20)


@pytest.fixture
def whole(office: Office) -> int:
    """CW-2026-0001, with 城管中队 and 环卫所."""
    key = office.accepted()
    office.do(
        Split(
            item=key,
            parts=(UnitPart(lead=1, due=SOON), UnitPart(lead=2, due=LATER, requirement="清运")),
            requirement="一起办好",
        )
    )
    return key


def parts(office: Office, whole: int) -> list[int]:
    return list(office.item(whole).parts)


def passed(office: Office, *keys: int) -> None:
    for key in keys:
        office.do(Inspect(item=key, passed=True))


def sound(office: Office) -> bool:
    tables = office.town.tables
    return not [*record_faults(tables), *unsound_tables(tables, TODAY)]


def refused(office: Office, action: object, actor: object = CLERK) -> str:
    with pytest.raises(RuleError) as caught:
        office.do(action, actor=actor)  # type: ignore[arg-type]
    return caught.value.refusal.code


def test_each_unit_has_its_own_deadline_and_the_whole_has_no_assignment(
    office: Office, whole: int
) -> None:
    one, two = (office.item(key) for key in parts(office, whole))
    assert [one.number, two.number] == ["CW-2026-0001-1", "CW-2026-0001-2"]
    assert [one.assignment.lead, one.assignment.due] == [1, SOON]
    assert [two.assignment.lead, two.assignment.due] == [2, LATER]
    assert [one.assignment.requirement, two.assignment.requirement] == ["一起办好", "清运"]
    assert one.description == office.item(whole).description
    assert office.item(whole).assignments == ()
    assert office.item(whole).state == State.RECTIFYING
    assert sound(office)


def test_a_whole_is_where_its_least_advanced_part_is(office: Office, whole: int) -> None:
    one, two = parts(office, whole)
    passed(office, one)
    assert office.item(whole).state == State.RECTIFYING
    office.do(Submit(item=two, measure="清了", channel=Channel.WECHAT), actor=CLERK)
    assert office.item(whole).state == State.AWAITING
    office.undo(CLERK)
    passed(office, two)
    assert office.item(whole).state == State.CLOSED
    assert office.item(whole).closed_on == TODAY
    assert sound(office)


def test_undo_of_one_part_does_not_wait_for_the_other(office: Office, whole: int) -> None:
    one, two = parts(office, whole)
    office.do(Submit(item=one, measure="清了", channel=Channel.WECHAT), actor=CLERK)
    office.do(Submit(item=two, measure="清了"), actor=LIAISON)
    assert office.item(whole).state == State.AWAITING
    office.undo(CLERK)
    assert office.item(one).state == State.RECTIFYING
    assert office.item(whole).state == State.RECTIFYING
    assert office.item(two).state == State.AWAITING
    assert sound(office)


def test_undo_of_the_split_and_again(office: Office, whole: int) -> None:
    undone = office.undo()
    assert office.item(whole).parts == ()
    assert office.item(whole).state == State.ACCEPTED
    assert sound(office)
    office.do(office.repository.undoing(undone.seq))
    assert office.item(whole).state == State.RECTIFYING
    office.undo()
    office.do(Split(item=whole, parts=(UnitPart(lead=1, due=SOON), UnitPart(lead=3, due=SOON))))
    numbers = [office.item(key).number for key in parts(office, whole)]
    assert numbers == ["CW-2026-0001-3", "CW-2026-0001-4"], "no number is given twice"
    assert sound(office)


def test_what_is_done_to_a_whole_and_what_to_its_parts(office: Office, whole: int) -> None:
    one, two = parts(office, whole)
    assert refused(office, Assign(item=whole, lead=1, due=SOON)) == "in_parts"
    assert refused(office, Submit(item=whole, measure="x", channel=Channel.WECHAT)) == "in_parts"
    other = office.accepted(location="别处")
    assert refused(office, Merge(item=one, main=other)) == "a_part"
    assert refused(office, Merge(item=other, main=one)) == "a_part"
    assert refused(office, Split(item=one, parts=(UnitPart(lead=1, due=SOON),))) == "a_part"
    issued = office.issued(location="又一处")
    both = (UnitPart(lead=1, due=SOON), UnitPart(lead=3, due=SOON))
    assert refused(office, Split(item=issued, parts=both)) == "with_a_unit"
    assert refused(office, Split(item=other, parts=both[:1])) == "how_many_parts"
    assert refused(office, Split(item=other, parts=(both[0], both[0]))) == "part_twice"
    office.do(Note(item=whole, line="两家都说周五"), actor=CLERK)
    assert office.item(whole).diary[-1].text == "两家都说周五"
    assert two in parts(office, whole)


def test_one_more_unit_later(office: Office, whole: int) -> None:
    one, two = parts(office, whole)
    passed(office, one, two)
    third = UnitPart(lead=3, due=SOON)
    assert refused(office, Split(item=whole, parts=(third,))) == "wrong_state"
    office.undo()
    office.do(Split(item=whole, parts=(third,)))
    assert office.item(parts(office, whole)[2]).number == "CW-2026-0001-3"
    assert office.item(whole).state == State.RECTIFYING


def test_a_part_that_comes_back_is_given_to_another(office: Office, whole: int) -> None:
    _one, two = parts(office, whole)
    office.do(Return(item=two, reason="不归我们", channel=Channel.WECHAT), actor=CLERK)
    assert office.item(two).state == State.ACCEPTED
    assert office.item(whole).state == State.ACCEPTED
    office.do(Assign(item=two, lead=3, due=LATER))
    assert office.item(whole).state == State.RECTIFYING
    assert sound(office)


def test_suspended_resumed_voided_and_revived_with_its_parts(office: Office, whole: int) -> None:
    one, two = parts(office, whole)
    passed(office, one)
    asked = Suspend(item=whole, reason="等资金", measure="围挡", plan_on=date(2026, 9, 1))
    office.do(asked)
    assert [office.item(k).state for k in (one, two)] == [State.CLOSED, State.SUSPENDED]
    held = office.item(whole)
    assert held.state == State.SUSPENDED
    assert held.suspension.reason == "等资金"
    assert held.plan_on == date(2026, 9, 1)
    assert [pause.until for pause in held.pauses] == [None]
    office.do(Resume(item=whole, due=LATER))
    assert office.item(whole).state == State.RECTIFYING
    assert office.item(whole).suspension is None
    assert office.item(whole).pauses[0].until == TODAY
    office.do(Void(item=whole, reason=VoidKind.UNFOUNDED, note="现场没有"))
    assert office.item(two).state == State.VOID
    assert office.item(whole).state == State.CLOSED, "what one unit has done stays done"
    office.do(Revive(item=two, reason="有的"))
    assert office.item(whole).state == State.RECTIFYING
    assert sound(office)


def test_voided_and_merged_whole(office: Office, whole: int) -> None:
    office.do(Void(item=whole, reason=VoidKind.UNFOUNDED, note="现场没有"))
    assert {office.item(k).state for k in (whole, *parts(office, whole))} == {State.VOID}
    assert office.item(whole).left_on == TODAY
    office.do(Revive(item=whole, reason="有的"))
    assert {office.item(k).state for k in (whole, *parts(office, whole))} == {State.RECTIFYING}
    main = office.accepted(location="桂花街12号东侧")
    assert refused(office, Merge(item=whole, main=main)) == "merge_other_unit"
    one = parts(office, whole)[0]
    office.do(Void(item=one, reason=VoidKind.UNFOUNDED, note="没有占道"))
    office.do(Assign(item=main, lead=2, due=LATER, on=date(2026, 3, 28)))
    office.do(Merge(item=whole, main=main))
    assert [office.item(k).state for k in (whole, *parts(office, whole))] == [
        State.MERGED,
        State.VOID,
        State.MERGED,
    ]
    assert office.item(whole).merged_into == main
    assert sound(office)
    office.undo()
    assert office.item(whole).state == State.RECTIFYING
    assert sound(office)


def test_what_they_share_is_set_right_in_the_whole(office: Office, whole: int) -> None:
    one, two = parts(office, whole)
    action = Correct(item=one, fields={"category": "宣传"}, reason="x")
    assert refused(office, action) == "set_in_whole"
    office.do(Correct(item=one, fields={"description": "桶满、桶盖坏"}))
    office.do(Correct(item=whole, fields={"zone": 2, "description": "垃圾桶满"}))
    assert [office.item(k).zone for k in (whole, one, two)] == [2, 2, 2]
    assert office.item(one).description == "桶满、桶盖坏"
    assert office.item(two).description == "垃圾桶满"
    assert sound(office)


def test_a_heading_counts_a_whole_once(office: Office, whole: int) -> None:
    def told() -> dict[State, str]:
        facts = Facts(office.town, TODAY)
        columns = [column(facts, state, Grouping.NONE, None) for state in COLUMNS]
        return {column.state: column.tally for column in columns if column.count}

    office.issued(location="别处")
    assert told() == {State.RECTIFYING: "2+1"}
    office.do(
        Submit(item=parts(office, whole)[0], measure="清了", channel=Channel.WECHAT), actor=CLERK
    )
    assert told() == {State.RECTIFYING: "2", State.AWAITING: "0+1"}


def test_whoever_gives_a_zone_away_takes_the_whole_along(office: Office, whole: int) -> None:
    office.do(AssignZone(zone=2, unit=1, since=date(2026, 1, 1)))
    office.do(MergeZones(zone=1, into=2))
    assert {office.item(k).zone for k in (whole, *parts(office, whole))} == {2}
    assert sound(office)


def test_what_waited_for_the_whole_lapses_when_several_units_get_it(office: Office) -> None:
    key = office.accepted()
    office.do(Suspend(item=key, reason="等", measure="围挡", plan_on=date(2026, 9, 1)), actor=CLERK)
    assert office.town.pending(key)
    office.do(Split(item=key, parts=(UnitPart(lead=1, due=SOON), UnitPart(lead=2, due=SOON))))
    assert not office.town.pending(key)
    office.undo()
    assert office.town.pending(key)


def test_what_came_before_the_parts_is_not_undone_under_them(office: Office) -> None:
    key = office.accepted()
    office.do(Correct(item=key, fields={"zone": 2, "category": "宣传"}, reason="x"))
    corrected = office.repository.undoable("founder")
    assert corrected is not None
    office.do(Split(item=key, parts=(UnitPart(lead=1, due=SOON), UnitPart(lead=2, due=SOON))))
    assert refused(office, office.repository.undoing(corrected.seq), FOUNDER) == "built_on"
    office.do(Correct(item=key, fields={"zone": 1, "category": "环境保护"}, reason="x"))
    office.undo()
    assert [office.item(k).zone for k in (key, *parts(office, key))] == [2, 2, 2]
    assert [office.item(k).category for k in (key, *parts(office, key))] == ["宣传"] * 3
    assert sound(office)


def test_a_merged_whole_stays_merged_though_one_unit_was_done(office: Office, whole: int) -> None:
    one, two = parts(office, whole)
    passed(office, one)
    main = office.accepted(location="桂花街12号东侧")
    assert refused(office, Merge(item=whole, main=main)) == "merge_other_unit"
    office.do(Assign(item=main, lead=2, due=date(2026, 4, 28), on=date(2026, 3, 28)))
    office.do(Merge(item=whole, main=main))
    assert office.item(whole).state == State.MERGED
    assert office.item(main).assignment.due == LATER, "the earlier deadline"
    assert office.item(one).state == State.CLOSED
    assert sound(office)
    office.do(Revive(item=whole, reason="不是一回事"))
    assert [office.item(k).state for k in (whole, two)] == [State.RECTIFYING] * 2


def test_a_step_of_the_whole_is_taken_on_the_parts_that_can(office: Office, whole: int) -> None:
    one, two = parts(office, whole)
    wait = Suspend(item=one, reason="等", measure="围挡", plan_on=date(2026, 9, 1))
    office.do(wait)
    assert office.item(whole).state == State.RECTIFYING
    office.do(Resume(item=whole, due=LATER))
    assert office.item(one).state == State.RECTIFYING
    office.do(wait, actor=CLERK)
    office.do(replace(wait, item=whole), actor=CLERK)
    assert [len(office.town.pending(key)) for key in (one, two, whole)] == [1, 1, 0]


def test_the_same_part_is_not_given_twice(office: Office, whole: int) -> None:
    again = Split(item=whole, parts=(UnitPart(lead=2, due=LATER, requirement="清运"),))
    assert refused(office, again) == "part_twice"
    office.do(Split(item=whole, parts=(UnitPart(lead=2, due=LATER, requirement="硬化"),)))


def test_an_open_problem_of_which_one_unit_is_done_is_no_relapse(
    office: Office, whole: int
) -> None:
    one, two = parts(office, whole)
    passed(office, one)
    facts = Facts(office.town, TODAY)
    assert facts.recurs(office.item(two)) is None
    other = office.reported(found_on=TODAY)
    office.do(Accept(item=other, category="市容环境", subcategory="暴露垃圾"))
    later = replace(office.item(other), found_on=TODAY + timedelta(days=1))
    assert Facts(office.town, TODAY).recurs(later) is None
    passed(office, two)
    assert (
        Facts(office.town, TODAY).recurs(office.item(other)) is None
    )  # of the very day it was struck off
    found = Facts(office.town, TODAY).recurs(later)
    assert found is not None and found.id == whole


def test_parts_are_not_divided_between_zones(office: Office, whole: int) -> None:
    one, two = parts(office, whole)
    into = ({"code": "Z01A", "name": "甲段"}, {"code": "Z01B", "name": "乙段"})
    office.do(SplitZone(zone=1, parts=into, moves={two: 1}))
    codes = {office.town.zones[office.item(k).zone].code for k in (whole, one, two)}
    assert codes == {"Z01B"}
    assert sound(office)


def test_a_find_about_a_part_is_one_about_the_problem(office: Office, whole: int) -> None:
    scheme = replace(Scheme(id=1), within_factor=0)
    pieces = [office.item(key) for key in parts(office, whole)]
    now = date(2026, 3, 31)
    found = proposed(scheme, now, twin=office.item(whole), pieces=pieces)
    assert found.why == "within"
    late = proposed(scheme, date(2026, 4, 9), twin=office.item(whole), pieces=pieces)
    assert late.why == "repeat"


def test_a_suspended_part_without_its_reason_is_no_fault(office: Office, whole: int) -> None:
    pieces = [
        replace(office.item(key), state=State.SUSPENDED, suspension=None)
        for key in parts(office, whole)
    ]
    assert standing(office.item(whole), pieces).state == State.SUSPENDED


def test_what_waits_for_every_part_is_not_asked_for_again(office: Office, whole: int) -> None:
    asked = Suspend(item=whole, reason="等资金", measure="围挡", plan_on=date(2026, 9, 1))
    office.do(asked, actor=CLERK)
    assert all(office.town.pending(key) for key in parts(office, whole))
    assert refused(office, asked) == "already_asked"
    assert refused(office, Resume(item=whole, due=SOON)) == "wrong_state"
