"""Undo restores fields and nothing else; undo of undo is redo."""

from datetime import date

import pytest
from tests_support import CLERK, TODAY, VIEWER, Office

from core.actions.loop.correcting import Correct
from core.actions.loop.road import Accept, Assign
from core.actions.papers import DraftPaper, SignPaper
from core.actions.registers import Add, Edit
from core.actions.year import SignPledge
from core.calendar.periods import read_period
from core.calendar.spans import Span
from core.errors import RuleError
from core.measures.subjects.office_work import pledges_of
from core.model import DocumentKind, State, Trigger, VoidKind
from core.stats.scoring.scores import unit_scores
from store.care.check import check


def test_undo_restores_the_item_but_not_its_number(office: Office) -> None:
    key = office.reported()
    before = office.item(key)
    office.do(Accept(item=key, category="宣传", subcategory="其他"))
    office.undo()
    after = office.item(key)
    assert after.state == State.REPORTED
    assert after.category == before.category
    assert after.number == "CW-2026-0001"
    office.do(Accept(item=key, category="宣传", subcategory="其他"))
    assert office.item(key).number == "CW-2026-0001"


def test_an_undone_report_becomes_void(office: Office) -> None:
    key = office.reported()
    office.undo()
    assert office.item(key).state == State.VOID
    assert office.item(key).void_kind == VoidKind.UNREPORTED


def test_undoing_an_undo_is_redo(office: Office) -> None:
    key = office.issued()
    before = office.item(key)
    undone = office.undo()
    office.do(office.repository.undoing(undone.seq))
    after = office.item(key)
    assert after.assignments == before.assignments
    assert after.state == before.state


def test_undo_goes_back_in_order(office: Office) -> None:
    key = office.issued()
    for state in (State.ACCEPTED, State.REPORTED, State.VOID):
        office.undo()
        assert office.item(key).state == state


def test_only_ones_own_changes_are_taken_back(office: Office) -> None:
    key = office.reported()
    office.do(Correct(item=key, fields={"location": "别处"}), actor=CLERK)
    last = office.repository.undoable("founder")
    assert last is not None
    with pytest.raises(RuleError) as caught:
        office.do(office.repository.undoing(last.seq))
    assert caught.value.refusal.code == "built_on"
    assert office.item(key).location == "别处"


def test_changes_to_other_fields_do_not_stand_in_the_way(office: Office) -> None:
    key = office.accepted()
    office.do(Correct(item=key, fields={"note": "一"}))
    noted = office.repository.undoable("founder")
    office.do(Correct(item=key, fields={"location": "别处"}), actor=CLERK)
    assert noted is not None
    office.do(office.repository.undoing(noted.seq))
    assert office.item(key).note == ""
    assert office.item(key).location == "别处"


def test_bulk_is_taken_back_as_one(office: Office) -> None:
    keys = [office.accepted() for _ in range(3)]
    office.do(*(Assign(item=k, lead=1, due=date(2026, 4, 2)) for k in keys))
    office.undo()
    assert {office.item(k).state for k in keys} == {State.ACCEPTED}


def test_history_keeps_both(office: Office) -> None:
    key = office.accepted()
    office.undo()
    assert [e.action for e in office.repository.history(key)] == ["report", "accept", "undo"]


def test_a_zone_can_be_edited_back(office: Office) -> None:
    office.do(Edit(table="zones", record=1, fields={"name": "新一段"}))
    office.undo()
    assert office.town.zones[1].name == "第一段"


def test_nothing_to_undo(office: Office) -> None:
    assert office.repository.undoable("nobody") is None


def test_undo_needs_the_right_the_change_needed(office: Office) -> None:
    office.reported()
    last = office.repository.undoable("founder")
    assert last is not None
    with pytest.raises(RuleError) as caught:
        office.do(office.repository.undoing(last.seq), actor=VIEWER)
    assert caught.value.refusal.code == "role"


def test_undo_brings_back_no_second_unit_of_a_name(office: Office) -> None:
    office.do(Edit(table="units", record=3, fields={"active": False}))
    retired = office.repository.undoable("founder")
    office.do(Add(table="units", fields={"name": "村镇建设办"}))
    assert retired is not None
    with pytest.raises(RuleError) as caught:
        office.do(office.repository.undoing(retired.seq))
    assert caught.value.refusal.code == "taken"


def test_a_notice_drafted_and_signed_in_one_step_and_undone_costs_nobody_points(
    office: Office,
) -> None:
    key = office.issued()
    drafted = DraftPaper(
        kind=DocumentKind.SUPERVISION,
        unit=2,
        items=(key,),
        work_until=date(2026, 4, 8),
        reason=Trigger.LEADER,
    )
    before = unit_scores(office.town, Span.month_of(TODAY), TODAY).scores[2].minus
    office.do(drafted, SignPaper())
    assert unit_scores(office.town, Span.month_of(TODAY), TODAY).scores[2].minus < before
    office.undo()
    assert unit_scores(office.town, Span.month_of(TODAY), TODAY).scores[2].minus == before


def test_a_pledge_in_between_taken_back_leaves_the_last_one_standing(office: Office) -> None:
    first, second, _third = (
        office.do(SignPledge(unit=2, year=2026, lines={"A01": amount})) for amount in "678"
    )
    assert first.seq < second.seq
    office.do(office.repository.undoing(second.seq))
    held = pledges_of(office.town, read_period("2026", TODAY))
    assert [pledge.lines["A01"] for pledge in held] == [8]
    assert check(office.path).sound
