"""The query language."""

from datetime import date, timedelta

import pytest
from tests_support import FOUNDER, LIAISON, TODAY, Office

from core.actions.loop.road import Assign
from core.errors import RuleError
from core.finding.query import compile_query, wants_closed
from core.finding.terms import parse


@pytest.fixture
def filled(office: Office) -> dict[str, int]:
    keys = {
        "new": office.reported(description="流动摊贩占道", zone=2, location="青杠路校门口"),
        "accepted": office.accepted(),
        "late": office.issued(due=date(2026, 3, 28)),
        "soon": office.issued(due=date(2026, 4, 1)),
        "waiting": office.fed_back(),
    }
    co = office.accepted(location="广场")
    office.do(Assign(item=co, lead=1, co=(3,), due=date(2026, 5, 1)))
    return keys | {"co": co}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"new", "accepted", "late", "soon", "waiting", "co"}),
        ("摊贩", {"new"}),
        ("ldtf", {"new"}),
        ("xmk", {"new"}),
        ("校门|广场", {"new", "co"}),
        ("-校门 state:reported", set()),
        ("r-0001", {"new"}),
        ("zone:Z02", {"new"}),
        ("zone:第二", {"new"}),
        ("责任区:ded", {"new"}),
        ("unit:环卫站", {"late", "soon", "waiting"}),
        ("unit:hws", {"late", "soon", "waiting"}),
        ("unit:村镇", {"co"}),
        ("单位:城管队", {"co"}),
        ("cat:市容", {"accepted", "late", "soon", "waiting", "co"}),
        ("类别:暴露垃圾 -unit:环卫所", {"accepted", "co"}),
        ("state:待复查", {"waiting"}),
        ("state:awaiting|reported", {"waiting", "new"}),
        ("overdue", {"late"}),
        ("超期", {"late"}),
        ("soon", {"soon"}),
        ("due:<3d", {"soon", "waiting"}),
        ("due:2026-03-01..2026-03-31", {"late"}),
        ("due:today", set()),
        ("found:>7d", set()),
        ("found:<7d", {"new", "accepted", "late", "soon", "waiting", "co"}),
        ("rework:1+", set()),
        ("level:0", {"new", "accepted", "late", "soon", "waiting", "co"}),
        ("source:日常", {"new", "accepted", "late", "soon", "waiting", "co"}),
        ('"校门口"', {"new"}),
        ("no:R-0001", {"new"}),
    ],
)
def test_queries(office: Office, filled: dict[str, int], query: str, names: set[str]) -> None:
    keep = compile_query(query, office.town, TODAY, FOUNDER)
    found = {name for name, key in filled.items() if keep(office.item(key))}
    assert found == names


def test_mine_is_the_units_for_a_liaison(office: Office, filled: dict[str, int]) -> None:
    keep = compile_query("mine", office.town, TODAY, LIAISON)
    assert {n for n, k in filled.items() if keep(office.item(k))} == {"late", "soon", "waiting"}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("colour:red", "unknown_key"),
        ('"open', "bad_query"),
        ("unit:", "bad_query"),
        ("unit:[/red]", "no_unit"),
        ("zone:Z99", "no_zone"),
        ("state:gone", "unknown_state"),
        ("level:high", "bad_number"),
        ("due:tomorow", "bad_date"),
        ("level:1_0", "bad_number"),
    ],
)
def test_wrong_queries_say_where(office: Office, query: str, code: str) -> None:
    with pytest.raises(RuleError) as caught:
        compile_query(query, office.town, TODAY, FOUNDER)
    assert caught.value.refusal.code == code


def test_terms() -> None:
    assert [(t.key, t.value, t.negated) for t in parse('a -unit:"b c" 超期')] == [
        ("", "a", False),
        ("unit", "b c", True),
        ("overdue", "", False),
    ]


def test_which_queries_need_closed_items() -> None:
    assert wants_closed("state:closed")
    assert wants_closed("no:CW-2026-0001")
    assert not wants_closed("state:awaiting 桂花")


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("上月", date(2026, 2, 1), date(2026, 2, 28)),
        ("本月", date(2026, 3, 1), date(2026, 3, 31)),
        ("2025-12", date(2025, 12, 1), date(2025, 12, 31)),
        ("本周", date(2026, 3, 30), date(2026, 4, 5)),
        ("上周", date(2026, 3, 23), date(2026, 3, 29)),
        ("昨天", date(2026, 3, 30), date(2026, 3, 30)),
    ],
)
def test_stretches_of_time_by_name(office: Office, value: str, first: date, last: date) -> None:
    day = first - timedelta(days=1)
    while day <= last + timedelta(days=1):
        if day <= TODAY:
            office.reported(found_on=day)
        day += timedelta(days=1)
    keep = compile_query(f"found:{value}", office.town, TODAY, FOUNDER)
    found = sorted(i.found_on for i in office.town.items.values() if keep(i))
    assert found[0] == first
    assert found[-1] == min(last, TODAY)
