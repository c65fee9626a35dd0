"""Rounds in tests: started, found in, seen."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests_support import FOUNDER, Office

from core.actions.rounds import AddFind, PlanRound, StartRound, VisitZone
from core.actions.wish import Wish
from core.errors import RuleError
from core.model import Role, RoundKind
from core.roles import Actor
from core.stats.scoring.round_sheet import sheet_of

DAY = date(2026, 3, 20)
OUTSIDER = Actor("chengguan", (Role.INSPECTOR,), unit=1, via="tui")


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 2, 0, tzinfo=UTC)


def do(office: Office, *actions: Any, on: date = DAY, actor: Actor = FOUNDER) -> Any:
    return office.repository.commit([Wish(a) for a in actions], actor, at(on))


def refusal(office: Office, *actions: Any, on: date = DAY, actor: Actor = FOUNDER) -> RuleError:
    with pytest.raises(RuleError) as caught:
        do(office, *actions, on=on, actor=actor)
    return caught.value


def code(office: Office, *actions: Any, **how: Any) -> str:
    return refusal(office, *actions, **how).refusal.code


def planned(office: Office, **fields: Any) -> int:
    values = {"kind": RoundKind.MONTH, "plan_on": DAY} | fields
    return do(office, PlanRound(**values), on=date(2026, 3, 2)).of("rounds")[0].id


def started(office: Office, **fields: Any) -> int:
    key = planned(office, **fields)
    do(office, StartRound(round=key))
    return key


def found(office: Office, key: int, on: date = DAY, **fields: Any) -> int:
    values: dict[str, Any] = {
        "zone": 1,
        "category": "市容环境",
        "subcategory": "暴露垃圾",
        "text": "垃圾满溢",
    } | fields
    return do(office, AddFind(round=key, **values), on=on).of("finds")[0].id


def seen(office: Office, key: int) -> None:
    for zone in office.town.rounds[key].zones:
        if not any(v.zone == zone for v in office.town.tables["visits"].values()):
            do(office, VisitZone(round=key, zone=zone))


def scores(office: Office, key: int) -> dict[str, str]:
    sheet = sheet_of(office.town, office.town.rounds[key])
    return {row.code: sheet.printed(row) for row in sheet.rows}
