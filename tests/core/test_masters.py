"""Zones, units and staff: unique, dated, never removed."""

from datetime import date

import pytest
from tests_support import CLERK, INSPECTOR, Office

from core.actions.action import Action
from core.actions.loop.road import Assign
from core.actions.registers import Add, AddZone, AssignZone, ChangeSettings, Edit
from core.errors import RuleError
from core.model import Role


@pytest.mark.parametrize(
    ("action", "code"),
    [
        (AddZone(fields={"code": "z01", "name": "新"}), "taken"),
        (AddZone(fields={"code": "Z09", "name": "第一段"}), "taken"),
        (AddZone(fields={"code": "Z09", "name": "一、二"}), "bad_name"),
        (AddZone(fields={"code": "", "name": "一"}), "missing"),
        (AddZone(fields={"code": "Z09", "name": "九", "area": "big"}), "bad_field"),
        (Add(table="units", fields={"name": "环卫站"}), "taken"),
        (Add(table="units", fields={"name": "新", "aliases": ("城管队",)}), "taken"),
        (Edit(table="units", record=1, fields={"name": "环卫所"}), "taken"),
        (Edit(table="zones", record=1, fields={"parent": 1}), "zone_in_itself"),
        (Edit(table="zones", record=99, fields={"name": "x"}), "no_record"),
        (AssignZone(zone=1, unit=1, since=date(2026, 3, 1)), "already_leads"),
        (AssignZone(zone=9, unit=1, since=date(2026, 3, 1)), "no_zone"),
        (Add(table="staff", fields={"login": "founder"}), "taken"),
        (
            Add(table="staff", fields={"login": "x", "roles": (Role.LIAISON,)}),
            "liaison_without_unit",
        ),
        (Edit(table="staff", record=1, fields={"roles": (Role.CLERK,)}), "last_admin"),
        (ChangeSettings(fields={"office": "测试镇创卫办"}), "nothing_changed"),
    ],
)
def test_refused(office: Office, action: Action, code: str) -> None:
    with pytest.raises(RuleError) as caught:
        office.do(action)
    assert caught.value.refusal.code == code


def test_a_zone_changes_hands_with_a_date(office: Office) -> None:
    office.do(AssignZone(zone=1, unit=3, since=date(2026, 3, 15)))
    assert office.town.lead_of(1, date(2026, 3, 14)).id == 1
    assert office.town.lead_of(1, date(2026, 3, 15)).id == 3


def test_a_zone_can_be_given_back_in_time(office: Office) -> None:
    office.do(AssignZone(zone=1, unit=3, since=date(2026, 3, 15)))
    office.do(AssignZone(zone=1, unit=2, since=date(2026, 2, 1)))
    leads = [
        office.town.lead_of(1, day).id
        for day in (date(2026, 1, 5), date(2026, 2, 1), date(2026, 3, 15))
    ]
    assert leads == [1, 2, 3]


def test_a_retired_unit_is_given_nothing(office: Office) -> None:
    key = office.accepted()
    office.do(Edit(table="units", record=3, fields={"active": False}))
    with pytest.raises(RuleError) as caught:
        office.do(Assign(item=key, lead=3, due=date(2026, 4, 2)))
    assert caught.value.refusal.code == "retired_unit"


def test_who_keeps_what(office: Office) -> None:
    office.do(AddZone(fields={"code": "Z09", "name": "九"}), actor=CLERK)
    for action, actor in (
        (AddZone(fields={"code": "Z10", "name": "十"}), INSPECTOR),
        (Add(table="staff", fields={"login": "x"}), CLERK),
    ):
        with pytest.raises(RuleError) as caught:
            office.do(action, actor=actor)
        assert caught.value.refusal.code == "role"
