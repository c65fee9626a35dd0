"""The straight road: what each step needs, changes, refuses."""

from datetime import date

import pytest
from tests_support import CLERK, INSPECTOR, LEADER, LIAISON, TODAY, VIEWER, Office

from core.actions.action import Action
from core.actions.loop.correcting import Correct
from core.actions.loop.decisions import Approve
from core.actions.loop.feedback import Receive, Submit, Withdraw
from core.actions.loop.inspection import Fail, Inspect, Pass
from core.actions.loop.road import Accept, Assign, Fix, Reject, Report
from core.errors import RuleError
from core.model import Channel, Outcome, State, VoidKind
from core.roles import ALL_HANDS, Actor


def refused(office: Office, action: Action, actor: Actor | None = None) -> str:
    before = office.town.seq
    with pytest.raises(RuleError) as caught:
        office.do(action, actor=actor) if actor else office.do(action)
    assert office.town.seq == before
    return caught.value.refusal.code


def test_a_report_takes_a_number_and_keeps_it(office: Office) -> None:
    first, second = office.reported(), office.reported()
    assert office.item(first).label == "R-0001"
    assert office.item(second).label == "R-0002"
    office.do(Accept(item=second, category="市容环境", subcategory="暴露垃圾"))
    assert office.item(second).number == "CW-2026-0001"
    assert office.town.find("r-0002") == office.town.find("CW-2026-0001")


def test_a_report_needs_a_place_and_a_description(office: Office) -> None:
    assert refused(office, Report(zone=1)) == "missing"
    assert refused(office, Report(description="x")) == "missing"
    assert (
        refused(office, Report(zone=1, description="x", found_on=date(2026, 4, 1))) == "future_date"
    )
    assert refused(office, Report(zone=1, description="x"), VIEWER) == "role"
    assert refused(office, Report(zone=1, description="x" * 32_768)) == "too_long"


def test_the_number_is_of_the_year_of_acceptance(office: Office) -> None:
    key = office.reported(found_on=date(2025, 12, 30))
    office.do(Accept(item=key, category="宣传", subcategory="控烟标识", on=date(2025, 12, 31)))
    assert office.item(key).number == "CW-2025-0001"


def test_accept_asks_for_what_is_missing(office: Office) -> None:
    key = office.reported(zone=None, found_on=None)
    with pytest.raises(RuleError) as caught:
        office.do(Accept(item=key, category="宣传", subcategory="其他"))
    assert caught.value.refusal.fields["fields"] == ("zone", "found_on")


def test_reject_keeps_the_item(office: Office) -> None:
    key = office.reported()
    assert refused(office, Reject(item=key)) == "missing"
    office.do(Reject(item=key, reason=VoidKind.OUT_OF_SCOPE, note="邻镇"))
    assert office.item(key).state == State.VOID


def test_fix_accepts_numbers_and_closes(office: Office) -> None:
    key = office.reported()
    assert refused(office, Fix(item=key), INSPECTOR) == "missing"
    assert refused(office, Fix(item=key, measure="清"), CLERK) == "role"
    office.do(Fix(item=key, measure="清"), actor=INSPECTOR)
    item = office.item(key)
    assert (item.state, item.number, item.assignments) == (State.CLOSED, "CW-2026-0001", ())


def test_assign_opens_an_assignment(office: Office) -> None:
    key = office.accepted()
    assert refused(office, Assign(item=key, lead=2)) == "missing"
    assert refused(office, Assign(item=key, lead=99, due=TODAY)) == "no_unit"
    assert refused(office, Assign(item=key, lead=2, due=date(2026, 3, 1))) == "due_before_issue"
    assert refused(office, Assign(item=key, lead=2, due=TODAY), INSPECTOR) == "role"
    office.do(Assign(item=key, lead=2, co=(1, 2, 1), due=date(2026, 4, 2), deadline="3wd"))
    assignment = office.item(key).assignment
    assert assignment is not None
    assert assignment.co == (1,)
    assert assignment.orig_due == assignment.due == assignment.work_until == date(2026, 4, 2)
    assert assignment.requirement == "按标准整改到位"


def test_a_clerk_speaks_for_a_unit_and_says_how_it_was_heard(office: Office) -> None:
    key = office.issued()
    assert refused(office, Submit(item=key, measure="清"), CLERK) == "missing"
    assert (
        refused(
            office, Submit(item=key, measure="清", channel=Channel.PHONE, on_behalf_of=3), CLERK
        )
        == "not_its_unit"
    )
    office.do(Submit(item=key, measure="清", channel=Channel.PHONE), actor=CLERK)
    feedback = office.item(key).assignment.feedback
    assert (feedback.by, feedback.on_behalf_of, feedback.channel) == ("clerk", 2, Channel.PHONE)


def test_a_liaison_acts_for_their_own_unit_only(office: Office) -> None:
    key = office.issued()
    other = Actor("other", LIAISON.roles, unit=1)
    assert refused(office, Receive(item=key), other) == "not_your_unit"
    office.do(Receive(item=key), actor=LIAISON)
    assert refused(office, Receive(item=key), LIAISON) == "received"
    office.do(Submit(item=key, measure="清"), actor=LIAISON)
    assert office.item(key).state == State.AWAITING


def test_feedback_is_neither_in_the_future_nor_before_issue(office: Office) -> None:
    key = office.issued()
    for day, code in ((date(2026, 4, 1), "future_date"), (date(2026, 3, 27), "before_issue")):
        assert refused(office, Submit(item=key, measure="清", on=day), LIAISON) == code


def test_nobody_closes_what_they_fed_back(office: Office) -> None:
    key = office.fed_back()
    both = Actor("liaison", ALL_HANDS)
    assert refused(office, Pass(item=key), both) == "fed_back_yourself"
    colleague = Actor("colleague", ALL_HANDS, unit=2)
    assert refused(office, Pass(item=key), colleague) == "inspects_own_unit"
    assert (
        refused(office, Fail(item=key, reason="x", work_until=TODAY), both) == "fed_back_yourself"
    )
    office.do(Pass(item=key, finding="好"), actor=INSPECTOR)
    assert office.item(key).closed_on == TODAY


def test_a_clerk_who_typed_it_may_inspect_as_inspector(office: Office) -> None:
    hands = Actor("founder", ALL_HANDS)
    key = office.fed_back(actor=hands)
    office.do(Pass(item=key, finding="好"), actor=hands)
    assert office.item(key).state == State.CLOSED


def test_severe_items_are_struck_off_by_a_leader(office: Office) -> None:
    key = office.fed_back(severity="严重")
    changes = office.do(Pass(item=key, finding="好"), actor=INSPECTOR)
    assert office.item(key).state == State.AWAITING
    (request,) = office.town.pending(key)
    assert request.kind == "confirm"
    assert refused(office, Approve(request=request.id), INSPECTOR) == "role"
    office.do(Approve(request=request.id), actor=LEADER)
    item = office.item(key)
    assert item.state == State.CLOSED
    assert item.assignment.inspection.inspector == "inspector"
    other = office.fed_back(severity="严重")
    changes = office.do(Pass(item=other), actor=Actor("x", ALL_HANDS))
    assert changes.events[0].role == "leader"
    assert office.item(other).state == State.CLOSED


def test_rework_resets_work_until_and_never_due(office: Office) -> None:
    key = office.fed_back(due=date(2026, 3, 30))
    assert refused(office, Fail(item=key, reason="残留"), INSPECTOR) == "missing"
    office.do(Fail(item=key, reason="残留", work_until=date(2026, 4, 3)), actor=INSPECTOR)
    item = office.item(key)
    assert (item.state, item.reworks) == (State.RECTIFYING, 1)
    assert item.assignment.due == date(2026, 3, 30)
    assert item.assignment.work_until == date(2026, 4, 3)
    assert item.assignment.claim is None


def test_withdraw_takes_the_feedback_back(office: Office) -> None:
    key = office.fed_back()
    assert refused(office, Withdraw(item=key), LIAISON) == "missing"
    office.do(Withdraw(item=key, reason="照片有误"), actor=LIAISON)
    item = office.item(key)
    assert item.state == State.RECTIFYING
    assert item.assignment.feedbacks[0].outcome == Outcome.WITHDRAWN


def test_inspecting_before_the_unit_reports(office: Office) -> None:
    key = office.issued()
    assert refused(office, Inspect(item=key, passed=False), INSPECTOR) == "missing"
    own = Actor("x", ALL_HANDS, unit=2)
    assert refused(office, Inspect(item=key, passed=True), own) == "inspects_own_unit"
    office.do(Inspect(item=key, passed=False, finding="未动", work_until=TODAY), actor=INSPECTOR)
    assert office.item(key).reworks == 1
    office.do(Inspect(item=key, passed=True, finding="好"), actor=INSPECTOR)
    item = office.item(key)
    assert item.state == State.CLOSED
    assert item.assignment.feedback.on == TODAY


def test_a_claim_without_a_date_is_asked_for_at_inspection(office: Office) -> None:
    key = office.issued()
    office.do(Submit(item=key, claimed=True, channel=Channel.LEDGER), actor=CLERK)
    assert refused(office, Pass(item=key), INSPECTOR) == "missing"
    office.do(Pass(item=key, feedback_on=date(2026, 3, 30)), actor=INSPECTOR)
    assert office.item(key).assignment.feedback.on == date(2026, 3, 30)


def test_correct_keeps_the_old_value(office: Office) -> None:
    key = office.issued()
    assert (
        refused(office, Correct(item=key, fields={"description": "垃圾桶满溢"}))
        == "nothing_changed"
    )
    assert refused(office, Correct(item=key, fields={"description": ""})) == "missing"
    assert refused(office, Correct(item=key, fields={"category": "宣传"})) == "missing"
    assert refused(office, Correct(item=key, fields={"lead": 1})) == "not_correctable"
    changes = office.do(Correct(item=key, fields={"description": "桶倒了"}), actor=CLERK)
    assert changes.events[0].changed == {"description": ("垃圾桶满溢", "桶倒了")}


def test_only_a_leader_moves_due_by_correction(office: Office) -> None:
    key = office.issued()
    fix = Correct(item=key, fields={"due": date(2026, 4, 9)}, reason="笔误")
    assert refused(office, fix, CLERK) == "role"
    office.do(fix, actor=LEADER)
    assignment = office.item(key).assignment
    assert assignment.due == assignment.work_until == date(2026, 4, 9)


def test_nothing_happens_in_the_wrong_state(office: Office) -> None:
    key = office.reported()
    assert refused(office, Assign(item=key, lead=2, due=TODAY)) == "wrong_state"
    assert refused(office, Pass(item=key)) == "wrong_state"
    assert refused(office, Pass(item=999)) == "no_item"


def test_text_is_cleaned_at_the_door(office: Office) -> None:
    key = office.reported(description="桶\x1b]52;c;eA==\x07倒\u202e了\r\n第二行", location="a\nb")
    assert office.item(key).description == "桶]52;c;eA==倒了\n第二行"
    assert office.item(key).location == "a b"
