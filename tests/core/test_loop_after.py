"""The loop from escalation on: levels, closing, looking back, and what happens to units and zones meanwhile."""

from datetime import date, timedelta
from typing import Any

import pytest
from loop_support import DUE, asked, closed, on_day, refused
from msgspec.structs import replace
from tests_support import CLERK, INSPECTOR, LEADER, LIAISON, NOW, TODAY, VIEWER, Office

from core.actions.action import Action
from core.actions.loop.aside import Suspend
from core.actions.loop.correcting import Correct
from core.actions.loop.decisions import Approve, Refuse
from core.actions.loop.feedback import Submit
from core.actions.loop.handover import Extend, Reassign, Return
from core.actions.loop.inspection import Fail, Inspect, Pass
from core.actions.loop.leaving import Merge, Void
from core.actions.loop.levels import Criticise, Remind, Summon, Supervise
from core.actions.loop.lookback import Recheck, Reopen
from core.actions.loop.road import Accept, Assign, Report
from core.actions.registers import Edit, MergeUnits, MergeZones
from core.errors import RuleError
from core.model import End, Item, RequestState, State, Trigger, VoidKind
from core.roles import Actor
from core.town.facts import Facts, overdue
from core.words.directory import Directory

# Escalation


def test_levels_rise_one_at_a_time_and_fall_at_closing(office: Office) -> None:
    key = office.issued(due=date(2026, 3, 29))
    levels = []

    def step(action: Action, actor: Actor = LEADER, day: date = TODAY) -> None:
        on_day(office, day, action, actor)
        levels.append(office.item(key).level)

    assert (
        refused(office, Criticise(item=key, reference="镇党〔2026〕1号"), LEADER) == "level_first"
    )
    step(Remind(item=key), CLERK)
    step(
        Supervise(item=key, reason=Trigger.OVERDUE, work_until=DUE, reference="创卫办督〔2026〕1号")
    )
    due = office.item(key).assignment
    assert (due.due, due.work_until) == (date(2026, 3, 29), DUE)
    assert refused(office, Criticise(item=key, reference="x"), LEADER) == "notice_runs"
    assert refused(office, Summon(item=key, record="x"), LEADER) == "level_first"
    later = date(2026, 4, 8)
    on_day(office, later, Criticise(item=key, reference="镇党〔2026〕1号"), LEADER)
    step(Summon(item=key, record="承诺三日内完成", work_until=date(2026, 4, 13)), day=later)
    assert levels == [1, 2, 4]
    on_day(office, later, Inspect(item=key, passed=True, finding="好"), LEADER)
    item = office.item(key)
    assert (item.state, item.level, item.level_max) == (State.CLOSED, 0, 4)


def test_a_notice_is_drafted_by_the_desk_and_signed_by_the_leader(office: Office) -> None:
    key = office.issued(due=date(2026, 3, 29))
    notice = Supervise(item=key, reason=Trigger.SPOT, work_until=DUE)
    office.do(notice, actor=INSPECTOR)
    assert office.item(key).level == 0
    office.do(Approve(request=asked(office, key).id), actor=LEADER)
    assert (office.item(key).level, office.item(key).level_max) == (2, 2)


def test_a_notice_needs_its_trigger(office: Office) -> None:
    key = office.issued(due=DUE)
    for trigger, code in ((Trigger.OVERDUE, "not_overdue"), (Trigger.REWORK, "too_few_reworks")):
        action = Supervise(item=key, reason=trigger, work_until=DUE)
        assert refused(office, action, CLERK) == code
    assert refused(office, Supervise(item=key, reason=Trigger.SPOT), CLERK) == "missing"


def test_what_was_supervised_closes_with_the_leaders_word(office: Office) -> None:
    key = office.issued(due=date(2026, 3, 29))
    office.do(Supervise(item=key, reason=Trigger.SPOT, work_until=DUE))
    office.do(Inspect(item=key, passed=True, finding="好"), actor=INSPECTOR)
    item = office.item(key)
    assert item.state == State.AWAITING
    office.do(Approve(request=asked(office, key).id), actor=LEADER)
    assert office.item(key).assignment.inspection.inspector == "inspector"


def test_a_confirmation_that_is_refused_leaves_it_awaiting(office: Office) -> None:
    key = office.fed_back(severity="严重")
    office.do(Pass(item=key, finding="好"), actor=INSPECTOR)
    office.do(Refuse(request=asked(office, key).id, reason="再看"), actor=LEADER)
    assert office.item(key).state == State.AWAITING
    office.do(Fail(item=key, reason="残留", work_until=DUE), actor=INSPECTOR)
    assert office.item(key).reworks == 1


# Looking back


def test_a_look_back_needs_a_photo(office: Office) -> None:
    key = closed(office)
    facts = Facts(office.town, TODAY + timedelta(days=30))
    assert facts.lookback_due(office.item(key))
    assert refused(office, Recheck(item=key), INSPECTOR) == "missing"
    office.do(Recheck(item=key, photos=("后.jpg",), finding="保持"), actor=INSPECTOR)
    assert not facts.lookback_due(office.item(key))
    assert office.item(key).state == State.CLOSED


def test_a_relapse_opens_it_again_at_level_two(office: Office) -> None:
    """D11.8: level 2, a new deadline, the old closing stays in the history."""
    key = closed(office)
    fields: dict[str, Any] = {"photos": ("乱.jpg",), "reason": "反弹", "lead": 2, "due": DUE}
    office.do(Reopen(item=key, **fields), actor=INSPECTOR)
    item = office.item(key)
    assert (item.state, item.level, item.reopened) == (State.RECTIFYING, 2, 1)
    assert (item.assignments[0].end, item.assignment.due) == (End.CLOSED, DUE)
    assert [e.action for e in office.repository.history(key)][-2:] == ["pass", "reopen"]
    office.do(Criticise(item=key, reference="x"), actor=LEADER)
    assert office.item(key).level == 3


def test_long_after_closing_a_relapse_is_a_new_item(office: Office) -> None:
    key = closed(office)
    day = TODAY + timedelta(days=91)
    fields: dict[str, Any] = {"photos": ("乱.jpg",), "reason": "反弹", "lead": 2}
    on_day(office, day, Reopen(item=key, due=day, **fields), INSPECTOR)
    assert office.item(key).state == State.CLOSED
    new = office.item(key + 1)
    assert (new.recurrence_of, new.state, new.level) == (key, State.RECTIFYING, 0)
    assert new.number != office.item(key).number
    assert Facts(office.town, day).recurs(new) == office.item(key)


def test_the_same_again_in_the_same_zone_is_a_recurrence(office: Office) -> None:
    key = closed(office)
    again = office.reported(category="市容环境", subcategory="暴露垃圾", found_on=TODAY)
    facts, day = Facts(office.town, TODAY), timedelta(days=1)
    later = replace(office.item(again), found_on=TODAY + day)
    assert facts.recurs(later) == office.item(key)
    assert "recurs" in facts.flags(later)
    assert facts.recurs(office.item(again)) is None  # of the very day it was struck off
    assert facts.recurs(replace(later, found_on=TODAY + 90 * day)) == office.item(key)
    assert facts.recurs(replace(later, found_on=TODAY + 91 * day)) is None
    elsewhere = office.reported(zone=2, category="市容环境", subcategory="暴露垃圾")
    assert facts.recurs(replace(office.item(elsewhere), found_on=TODAY + day)) is None


# Timeliness, D11.3


def test_the_feedback_date_decides_not_the_office(office: Office) -> None:
    key = office.issued(due=date(2026, 3, 30))
    office.do(Submit(item=key, measure="清", on=date(2026, 3, 30)), actor=LIAISON)
    on_day(office, date(2026, 4, 3), Pass(item=key, finding="好"), INSPECTOR)
    assert not overdue(office.item(key), date(2026, 4, 3))
    other = office.issued(due=date(2026, 3, 30))
    office.do(Submit(item=other, measure="清", on=date(2026, 3, 30)), actor=LIAISON)
    on_day(
        office,
        date(2026, 4, 3),
        Fail(item=other, reason="残留", work_until=date(2026, 4, 8)),
        INSPECTOR,
    )
    on_day(office, date(2026, 4, 8), Submit(item=other, measure="再清"), LIAISON)
    on_day(office, date(2026, 4, 8), Pass(item=other, finding="好"), INSPECTOR)
    item = office.item(other)
    assert overdue(item, date(2026, 4, 8))
    assert item.reworks == 1


# Roles and masters


@pytest.mark.parametrize(
    "action",
    [
        lambda key: Extend(item=key, due=date(2026, 4, 3), reason="x"),
        lambda key: Reassign(item=key, lead=1, due=DUE, reason="x"),
        lambda key: Suspend(item=key, reason="x", measure="x", plan_on=date(2026, 9, 1)),
        lambda key: Void(item=key, reason=VoidKind.DUPLICATE, note="x"),
        lambda key: Remind(item=key),
        lambda key: Supervise(item=key, reason=Trigger.SPOT, work_until=DUE),
        lambda key: Merge(item=key, main=1),
    ],
)
def test_who_may_only_look_does_nothing(office: Office, action: Any) -> None:
    assert refused(office, action(office.issued()), VIEWER) == "role"


def test_history_keeps_the_old_name_and_the_old_name_reads(office: Office) -> None:
    office.do(Edit(table="units", record=2, fields={"name": "环境卫生所"}))
    unit = office.town.units[2]
    assert [f.name for f in unit.former] == ["环卫所"]
    assert Directory(office.town.units.values()).find("环卫所") == unit
    office.do(Edit(table="zones", record=1, fields={"name": "东段"}))
    assert office.town.zones[1].former[0].name == "第一段"


def test_a_retired_units_items_wait_to_be_reassigned(office: Office) -> None:
    key = office.issued()
    office.left_so("units", replace(office.town.units[2], active=False, until=TODAY))
    facts = Facts(office.town, TODAY)
    assert facts.orphaned(office.item(key))
    office.do(Reassign(item=key, lead=1, due=DUE, reason="单位撤销"))
    assert not facts.orphaned(office.item(key))


def test_units_are_merged_with_names_zones_and_people(office: Office) -> None:
    key = office.issued()
    office.do(MergeUnits(unit=2, into=1))
    old, new = office.town.units[2], office.town.units[1]
    assert (old.active, old.into, old.until) == (False, 1, TODAY)
    assert "环卫所" in new.aliases
    assert office.town.member("liaison").unit == 1
    ended, given = office.item(key).assignments
    assert (ended.end, ended.ended_on, given.lead) == (End.REASSIGNED, TODAY, 1)
    assert (given.due, given.issued_on) == (ended.due, ended.issued_on)
    assert not Facts(office.town, TODAY).orphaned(office.item(key))
    office.undo()
    assert [a.lead for a in office.item(key).assignments] == [2]
    assert office.town.units[2].active
    office.do(MergeUnits(unit=1, into=3))
    assert office.town.lead_of(1, TODAY).id == 3


def test_zones_are_merged_with_their_open_items(office: Office) -> None:
    key = office.reported(zone=2)
    office.do(MergeZones(zone=2, into=1))
    assert office.item(key).zone == 1
    assert not office.town.zones[2].active


# The rest


def test_what_is_not_issued_is_accepted_and_asked_again(office: Office) -> None:
    key = office.reported()
    assert refused(office, Reassign(item=key, lead=1, due=DUE, reason="x"), CLERK) == "wrong_state"
    assert refused(office, Approve(request=99), LEADER) == "no_record"
    office.do(Accept(item=key, category="宣传", subcategory="其他"))
    office.do(Correct(item=key, fields={"note": "x"}))
    office.do(Report(zone=1, description="x"))
    assert isinstance(office.item(key), Item)


# What the road in between may have changed


def test_a_request_ends_with_the_assignment_it_was_about(office: Office) -> None:
    key = office.accepted()
    office.do(Assign(item=key, lead=2, due=DUE))
    office.do(Return(item=key, reason="不属我单位"), actor=LIAISON)
    request = asked(office, key)
    reassign = Reassign(item=key, lead=3, due=DUE, reason="职责调整")
    office.do(reassign, actor=CLERK)
    office.do(Approve(request=office.town.pending(key)[-1].id), actor=LEADER)
    assert not office.town.pending(key)
    lapsed = office.town.tables["requests"][request.id]
    assert (lapsed.state, lapsed.assignment) == (RequestState.LAPSED, 1)
    assert "lapse" in [e.action for e in office.repository.history(key)]


def test_a_day_asked_for_is_looked_at_again_when_it_is_approved(office: Office) -> None:
    key = office.issued(DUE)
    office.do(Reassign(item=key, lead=3, due=TODAY, reason="职责调整"), actor=CLERK)
    request = asked(office, key).id
    tomorrow = NOW + timedelta(days=1)
    assert refused(office, Approve(request=request), LEADER, tomorrow) == "due_before_issue"
    office.do(Approve(request=request), actor=LEADER)
    assert office.item(key).assignment.lead == 3


def test_only_a_leader_takes_back_what_another_did(office: Office) -> None:
    office.do(Report(zone=1, description="井盖缺失"), actor=CLERK)
    undo = office.repository.undoing(office.town.seq)
    assert refused(office, undo, Actor("other", CLERK.roles, via="tui")) == "role"
    assert refused(office, undo, Actor("clerk", (), via="tui")) == "no_role"
    office.do(undo, actor=Actor("chief", (*LEADER.roles, *CLERK.roles), via="tui"))


def test_a_deadline_set_by_hand_is_provisional_no_more(office: Office) -> None:
    key = office.accepted()
    due = date(2027, 1, 6)
    office.do(Assign(item=key, lead=2, due=due, deadline="190个工作日"))
    assert office.item(key).assignment.provisional
    office.do(Correct(item=key, fields={"due": date(2026, 4, 9)}, reason="写错"), actor=LEADER)
    assignment = office.item(key).assignment
    assert not assignment.provisional
    assert (assignment.due, assignment.work_until) == (date(2026, 4, 9), date(2026, 4, 9))


def test_a_closed_item_is_late_by_what_it_took(office: Office) -> None:
    key = office.issued(date(2026, 3, 28))
    office.do(Submit(item=key, measure="已清运", on=TODAY), actor=LIAISON)
    office.do(Pass(item=key), actor=INSPECTOR)
    facts = Facts(office.town, TODAY + timedelta(days=60))
    assert facts.overdue_days(office.item(key)) == 2


def test_nobody_looks_back_before_the_closing(office: Office) -> None:
    key = office.fed_back()
    office.do(Pass(item=key), actor=INSPECTOR)
    early = TODAY - timedelta(days=1)
    again = Reopen(item=key, reason="反弹", photos=("1.jpg",), lead=2, due=DUE, on=early)
    assert refused(office, again, INSPECTOR) == "before_closing"
    held = Recheck(item=key, photos=("1.jpg",), on=early)
    assert refused(office, held, INSPECTOR) == "before_closing"


def test_a_second_reminder_on_one_day_changes_nothing(office: Office) -> None:
    first, second = office.issued(), office.issued()
    office.do(Remind(item=first))
    before = office.town.seq
    with pytest.raises(RuleError) as caught:
        office.do(Remind(item=first))
    assert caught.value.refusal.code == "reminded_today"
    assert office.town.seq == before
    changes = office.do(Remind(item=first), Remind(item=second))  # of several the others are made
    assert [c.id for c in changes.of("items")] == [second]
    office.do(Reassign(item=first, lead=1, due=DUE, reason="归口"))
    office.do(Remind(item=first))  # another unit has not been told


def test_a_relapse_long_after_is_a_new_item_though_no_closing_day_is_known(office: Office) -> None:
    key = office.fed_back(found_on=date(2025, 3, 1))
    office.do(Pass(item=key, finding="好"), actor=LEADER)
    item = office.item(key)
    old = replace(
        item.assignment,
        issued_on=date(2025, 3, 2),
        due=date(2025, 3, 9),
        feedbacks=(),
        inspections=(),
    )
    office.left_so("items", replace(item, closed_on=None, assignments=(old,)))
    assert Facts(office.town, TODAY).lookback_due(office.item(key))
    made = office.do(Reopen(item=key, photos=("a.jpg",), reason="反弹", lead=2, due=DUE))
    assert office.item(key).state == State.CLOSED
    (new,) = [c.id for c in made.of("items") if c.old is None]
    assert office.item(new).recurrence_of == key
