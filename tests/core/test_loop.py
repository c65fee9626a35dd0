"""The rest of the loop: requests and approvals, units, standing aside, escalation, look-back."""

from datetime import date, timedelta
from typing import Any

import pytest
from loop_support import DUE, asked, closed, on_day, refused
from tests_support import CLERK, INSPECTOR, LEADER, LIAISON, TODAY, Office

from core.actions.loop.aside import Resume, Suspend
from core.actions.loop.decisions import Approve, Recall, Refuse
from core.actions.loop.feedback import Submit
from core.actions.loop.handover import Extend, Reassign, Return
from core.actions.loop.leaving import Merge, Revive, Void
from core.actions.loop.road import Assign
from core.model import Channel, End, RequestState, State, VoidKind
from core.roles import Actor
from core.town.facts import Facts, overdue

# Requests


def test_an_extension_waits_for_the_leader_and_keeps_the_old_due(office: Office) -> None:
    key = office.issued(due=DUE)
    office.do(Extend(item=key, due=date(2026, 4, 6), reason="雨天"), actor=LIAISON)
    request = asked(office, key)
    assert office.item(key).assignment.due == DUE
    assert refused(office, Approve(request=request.id), CLERK) == "role"
    again = Extend(item=key, due=date(2026, 4, 6), reason="雨天")
    assert refused(office, again, LIAISON) == "already_asked"
    changes = office.do(Approve(request=request.id), actor=LEADER)
    assignment = office.item(key).assignment
    assert (assignment.due, assignment.work_until) == (date(2026, 4, 6), date(2026, 4, 6))
    assert (assignment.orig_due, assignment.extensions) == (DUE, 1)
    event = changes.events[-1]
    assert (event.due_before, event.due_after, event.role) == (DUE, date(2026, 4, 6), "leader")
    assert office.town.requests[request.id].decided_by == "leader"


def test_whoever_holds_leader_decides_at_once_and_signs_as_leader(office: Office) -> None:
    key = office.issued(due=DUE)
    office.do(Extend(item=key, due=date(2026, 4, 3), reason="雨天", channel=Channel.PHONE))
    assert office.town.pending() == []
    actions = [(e.action, e.role) for e in office.repository.history(key)][-3:]
    assert actions == [("ask", "clerk"), ("approve", "leader"), ("extend", "leader")]


def test_as_a_clerk_one_only_asks(office: Office) -> None:
    key = office.issued(due=DUE)
    both = Actor("founder", office.town.staff[1].roles, acting=CLERK.roles[0])
    office.do(Extend(item=key, due=date(2026, 4, 3), reason="x", channel=Channel.PHONE), actor=both)
    assert asked(office, key).by == "founder"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"due": DUE, "reason": "x"}, "not_later"),
        ({"due": date(2026, 4, 3)}, "missing"),
        ({"due": date(2026, 5, 3), "reason": "x"}, "too_far"),
    ],
)
def test_what_an_extension_must_be(office: Office, fields: dict[str, Any], code: str) -> None:
    key = office.issued(due=DUE)
    assert refused(office, Extend(item=key, **fields), LIAISON) == code


def test_an_extension_is_asked_for_before_the_deadline_and_twice_at_most(office: Office) -> None:
    late = office.issued(due=date(2026, 3, 30))
    assert refused(office, Extend(item=late, due=DUE, reason="x"), LIAISON) == "due_is_past"
    key = office.issued(due=DUE)
    for day in (3, 20):
        office.do(Extend(item=key, due=date(2026, 4, day), reason="x", channel=Channel.PHONE))
    more = Extend(item=key, due=date(2026, 4, 21), reason="x")
    assert refused(office, more, LIAISON) == "extended_twice"


def test_a_refusal_does_not_use_an_extension_up_and_says_why(office: Office) -> None:
    key = office.issued(due=DUE)
    office.do(Extend(item=key, due=date(2026, 4, 3), reason="x"), actor=LIAISON)
    request = asked(office, key)
    assert refused(office, Refuse(request=request.id), LEADER) == "missing"
    office.do(Refuse(request=request.id, reason="按原时限"), actor=LEADER)
    assert office.town.requests[request.id].state == RequestState.REFUSED
    assert office.item(key).assignment.extensions == 0
    assert refused(office, Approve(request=request.id), LEADER) == "decided"


def test_a_request_is_recalled_by_whoever_asked(office: Office) -> None:
    key = office.issued(due=DUE)
    office.do(Extend(item=key, due=date(2026, 4, 3), reason="x"), actor=LIAISON)
    request = asked(office, key)
    assert refused(office, Recall(request=request.id), INSPECTOR) == "not_asked_by_you"
    office.do(Recall(request=request.id), actor=LIAISON)
    assert office.town.pending(key) == []


def test_a_request_lapses_when_the_item_goes_another_way(office: Office) -> None:
    key = office.issued(due=DUE)
    office.do(Extend(item=key, due=date(2026, 4, 3), reason="x"), actor=LIAISON)
    request = asked(office, key)
    office.do(Submit(item=key, measure="清"), actor=LIAISON)
    assert office.town.requests[request.id].state == RequestState.LAPSED
    office.undo(LIAISON)
    assert asked(office, key).id == request.id


def test_an_undone_request_is_recalled(office: Office) -> None:
    key = office.issued(due=DUE)
    office.do(Extend(item=key, due=date(2026, 4, 3), reason="x"), actor=LIAISON)
    office.undo(LIAISON)
    assert office.town.pending(key) == []


# Units


def test_a_unit_gives_back_what_is_not_its_own(office: Office) -> None:
    key = office.accepted()
    office.do(Assign(item=key, lead=2, due=DUE, on=date(2026, 3, 30)))
    office.do(Return(item=key, reason="不属本单位", unit=1), actor=LIAISON)
    assert office.item(key).state == State.RECTIFYING
    office.do(Approve(request=asked(office, key).id), actor=CLERK)
    item = office.item(key)
    assert (item.state, item.assignment.end) == (State.ACCEPTED, End.RETURNED)
    assert item.proposed.lead == 1
    office.do(Assign(item=key, lead=2, due=DUE))
    office.do(Return(item=key, reason="仍不属"), actor=LIAISON)
    request = asked(office, key)
    assert refused(office, Approve(request=request.id), CLERK) == "role"
    office.do(Approve(request=request.id), actor=LEADER)
    assert len(office.item(key).assignments) == 2


def test_giving_back_comes_within_a_working_day(office: Office) -> None:
    key = office.issued()
    assert refused(office, Return(item=key, reason="x"), LIAISON) == "return_too_late"


def test_another_unit_gets_an_assignment_of_its_own(office: Office) -> None:
    key = office.issued(due=DUE)
    asks = Reassign(item=key, lead=1, due=date(2026, 4, 8), reason="职责调整")
    assert refused(office, Reassign(item=key, lead=2, due=DUE, reason="x"), CLERK) == "same_unit"
    office.do(asks, actor=CLERK)
    office.do(Approve(request=asked(office, key).id), actor=LEADER)
    old, new = office.item(key).assignments
    assert (old.end, old.ended_on, old.due) == (End.REASSIGNED, TODAY, DUE)
    assert (new.no, new.lead, new.due, new.issued_on) == (2, 1, date(2026, 4, 8), TODAY)


# Standing aside


def test_suspended_days_are_not_counted(office: Office) -> None:
    """D11.4: suspended, resumed, closed in time."""
    key = office.issued(due=DUE)
    ask = Suspend(item=key, reason="资金", measure="先围挡", plan_on=date(2026, 9, 1))
    office.do(ask, actor=CLERK)
    assert office.item(key).state == State.RECTIFYING
    office.do(Approve(request=asked(office, key).id), actor=LEADER)
    item = office.item(key)
    assert (item.state, item.plan_on) == (State.SUSPENDED, date(2026, 9, 1))
    later = date(2026, 6, 15)
    facts = Facts(office.town, later)
    assert not facts.overdue(item)
    assert facts.stockpiled(item)
    on_day(office, later, Resume(item=key, due=date(2026, 6, 18)), CLERK)
    item = office.item(key)
    assert (item.assignment.due, item.assignment.work_until) == (date(2026, 6, 18),) * 2
    assert not overdue(item, later)
    assert "suspend" in [e.action for e in office.repository.history(key)]


def test_a_deadline_missed_before_stays_missed(office: Office) -> None:
    key = office.issued(due=date(2026, 3, 29))
    office.do(Suspend(item=key, reason="资金", measure="围挡", plan_on=date(2026, 9, 1)))
    on_day(office, date(2026, 6, 15), Resume(item=key, due=date(2026, 6, 18)), CLERK)
    assignment = office.item(key).assignment
    assert (assignment.due, assignment.work_until) == (date(2026, 3, 29), date(2026, 6, 18))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"reason": "资金", "plan_on": date(2026, 9, 1)}, "missing"),
        ({"reason": "x", "measure": "x", "plan_on": TODAY}, "plan_within_a_year"),
        ({"reason": "x", "measure": "x", "plan_on": date(2027, 9, 1)}, "plan_within_a_year"),
    ],
)
def test_what_suspending_needs(office: Office, fields: dict[str, Any], code: str) -> None:
    assert refused(office, Suspend(item=office.issued(), **fields), CLERK) == code


def test_what_was_suspended_before_issue_needs_a_unit(office: Office) -> None:
    key = office.accepted()
    office.do(Suspend(item=key, reason="工程", measure="围挡", plan_on=date(2026, 9, 1)))
    assert refused(office, Resume(item=key, due=DUE), CLERK) == "missing"
    office.do(Resume(item=key, due=DUE, lead=1), actor=CLERK)
    assert office.item(key).assignment.lead == 1


# Leaving


def test_merging_keeps_the_earlier_find_and_deadline(office: Office) -> None:
    main = office.issued(due=DUE, found_on=date(2026, 3, 28), photos=("a",))
    other = office.issued(due=date(2026, 4, 1), found_on=date(2026, 3, 20), photos=("b",))
    office.do(Merge(item=other, main=main), actor=CLERK)
    kept, gone = office.item(main), office.item(other)
    assert (gone.state, gone.merged_into) == (State.MERGED, main)
    assert gone.assignment.end == End.MERGED
    assert (kept.found_on, kept.assignment.due) == (date(2026, 3, 20), date(2026, 4, 1))
    assert kept.photos_before == ("a", "b")
    office.do(Revive(item=other, reason="两处不同"), actor=LEADER)
    again = office.item(other)
    assert (again.state, again.merged_into, again.assignment.ended_on) == (
        State.RECTIFYING,
        None,
        None,
    )


def test_items_of_different_units_or_places_are_not_merged(office: Office) -> None:
    """D11.9."""
    main = office.issued()
    key = office.accepted()
    office.do(Assign(item=key, lead=1, due=DUE))
    assert refused(office, Merge(item=key, main=main), CLERK) == "merge_other_unit"
    elsewhere = office.reported(zone=2)
    assert refused(office, Merge(item=elsewhere, main=main), CLERK) == "merge_elsewhere"
    assert refused(office, Merge(item=main, main=main), CLERK) == "merge_with_itself"
    gone = closed(office)
    assert refused(office, Merge(item=office.reported(), main=gone), CLERK) == "main_not_open"


def test_voiding_after_issue_needs_the_leader(office: Office) -> None:
    early, late = office.reported(), office.issued()
    why = {"reason": VoidKind.DUPLICATE, "note": "与前件重复"}
    assert refused(office, Void(item=early, reason=VoidKind.DUPLICATE), CLERK) == "missing"
    office.do(Void(item=early, **why), Void(item=late, **why), actor=CLERK)
    assert office.item(early).state == State.VOID
    assert office.item(late).state == State.RECTIFYING
    office.do(Approve(request=asked(office, late).id), actor=LEADER)
    assert office.item(late).void_note == "与前件重复"
    assert refused(office, Revive(item=late, reason="x"), CLERK) == "role"
    office.do(Revive(item=late, reason="查实存在"), actor=LEADER)
    assert (office.item(late).state, office.item(late).void_kind) == (State.RECTIFYING, "")


def test_an_undone_report_is_not_revived(office: Office) -> None:
    key = office.reported()
    office.undo()
    assert refused(office, Revive(item=key, reason="x"), LEADER) == "unreported"


def test_nothing_is_asked_for_before_it_was_issued(office: Office) -> None:
    key = office.issued(due=DUE)
    issued = office.item(key).assignments[-1].issued_on
    assert issued is not None
    before = issued - timedelta(days=1)
    longer = date(2026, 4, 3)
    assert refused(office, Extend(item=key, due=longer, reason="x", on=before), LIAISON) == (
        "before_issue"
    )
    assert refused(office, Return(item=key, reason="x", on=before), LIAISON) == "before_issue"
