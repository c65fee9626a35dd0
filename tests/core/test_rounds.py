"""Rounds: their road, who may, what finds take off, and what undo may not leave."""

import json
from datetime import date, timedelta

import pytest
from rounds_support import (
    DAY,
    OUTSIDER,
    code,
    do,
    found,
    planned,
    refusal,
    scores,
    seen,
    started,
)
from tests_support import CLERK, INSPECTOR, LEADER, Office

from core.actions.loop.leaving import Merge, Void
from core.actions.loop.road import Report
from core.actions.rounds import (
    AddFind,
    CancelRound,
    EditFind,
    EditRound,
    FinaliseRound,
    MarkUnit,
    PlanYear,
    PublishRound,
    ReopenRound,
    ScoreRound,
    SetScheme,
    StartRound,
    VisitZone,
    WaiveFind,
)
from core.model import RoundKind, RoundState, State, VoidKind
from core.stats.scoring.round_sheet import sheet_of

# The year


def test_a_year_is_planned_once_and_completed(office: Office) -> None:
    made = do(office, PlanYear(year=2026), actor=CLERK).of("rounds")
    kinds = [change.new.kind for change in made]
    assert len(kinds) == 12
    assert (kinds[2], kinds[5], kinds[8], kinds[11]) == ("quarter", "half", "quarter", "year")
    assert [c.new.number for c in made][:3] == ["2026-01-月小查", "2026-02-月小查", "2026Q1-季普查"]
    assert code(office, PlanYear(year=2026)) == "year_planned"
    do(office, CancelRound(round=made[3].new.id, reason="暴雨"))
    (again,) = do(office, PlanYear(year=2026)).of("rounds")
    assert again.new.number == "2026-04-月小查-2"
    assert all(office.town.calendar.is_workday(c.new.plan_on) for c in made)


def test_all_that_falls_due_where_the_scheme_says_so(office: Office) -> None:
    do(office, SetScheme(since="2027-01", fields={"stack_rounds": True}))
    made = do(office, PlanYear(year=2027)).of("rounds")
    assert [c.new.kind for c in made].count("quarter") == 4
    assert len(made) == 12 + 4 + 1 + 1


# The road


def test_from_planned_to_final(office: Office) -> None:
    key = started(office)
    held = office.town.rounds[key]
    assert held.weights["市容环境"] == 2500 and len(held.weights) == 9
    assert held.zones == (1, 2)
    assert code(office, ScoreRound(round=key)) == "zones_unseen"
    do(office, VisitZone(round=key, zone=1), actor=INSPECTOR)
    do(office, VisitZone(round=key, zone=2, seen=False, why="封路"), actor=INSPECTOR)
    do(office, ScoreRound(round=key), actor=INSPECTOR)
    assert code(office, PublishRound(round=key), actor=CLERK) == "role"
    do(office, PublishRound(round=key), actor=LEADER)
    assert office.town.rounds[key].objections_until == date(2026, 3, 25)
    early = refusal(office, FinaliseRound(round=key), on=date(2026, 3, 25))
    assert (early.refusal.code, early.refusal.kind.value) == ("objections_run", "not allowed")
    do(office, FinaliseRound(round=key), on=date(2026, 3, 26), actor=LEADER)
    held = office.town.rounds[key]
    assert held.state == RoundState.FINAL and len(held.digest) == 64
    assert code(office, ReopenRound(round=key, reason="x")) == "frozen"
    assert scores(office, key) == {"Z01": "100.00", "Z02": ""}


def test_open_again_clears_the_publication(office: Office) -> None:
    key = started(office)
    seen(office, key)
    do(office, ScoreRound(round=key), PublishRound(round=key))
    assert code(office, AddFind(round=key, zone=1, text="又", category="宣传")) == "round_is"
    assert code(office, ReopenRound(round=key, reason="漏项"), actor=CLERK) == "role"
    do(office, ReopenRound(round=key, reason="漏项"), actor=LEADER)
    held = office.town.rounds[key]
    assert (held.state, held.published_on, held.objections_until) == ("underway", None, None)
    found(office, key)


@pytest.mark.parametrize("days", [0, 5])
def test_the_window_of_the_scheme(office: Office, days: int) -> None:
    do(office, SetScheme(since="2026-03", fields={"objection_days": days}))
    key = started(office)
    seen(office, key)
    do(office, ScoreRound(round=key), PublishRound(round=key))
    until = office.town.rounds[key].objections_until
    assert until == (date(2026, 3, 27) if days else None)


def test_nobody_scores_their_own_zone(office: Office) -> None:
    key = started(office)
    assert code(office, VisitZone(round=key, zone=1), actor=OUTSIDER) == "own_zone"
    assert (
        code(office, AddFind(round=key, zone=1, text="x", category="宣传"), actor=OUTSIDER)
        == "own_zone"
    )
    do(office, VisitZone(round=key, zone=2), actor=OUTSIDER)
    assert code(office, MarkUnit(round=key, unit=1, points=900), actor=OUTSIDER) == "own_zone"


def test_what_cannot_be(office: Office) -> None:
    key = started(office, zones=(1,), categories=("市容环境",))
    assert code(office, VisitZone(round=key, zone=2)) == "zone_not_in_round"
    assert code(office, AddFind(round=key, zone=1, text="x", category="宣传")) == "not_scored"
    assert code(office, VisitZone(round=key, zone=1, na=("宣传",))) == "not_scored"
    assert code(office, VisitZone(round=key, zone=1, seen=False)) == "missing"
    assert code(office, MarkUnit(round=key, unit=2, points=1001)) == "not_between"
    found(office, key)
    late = VisitZone(round=key, zone=1, seen=False, why="没去")
    assert code(office, late) == "seen_with_finds"
    assert code(office, EditRound(round=key, fields={"zones": (2,)})) == "round_has_finds"
    bad = AddFind(round=key, zone=1, text="x", category="市容环境", deduct=-1)
    assert code(office, bad) == "not_between"


# Sheets


def test_a_cell_is_never_below_nought_and_what_does_not_apply_weighs_nothing(
    office: Office,
) -> None:
    key = started(office, categories=("市容环境", "占道经营", "集贸市场"))
    found(office, key, subcategory="骑门摊", category="占道经营", count=7)
    do(office, VisitZone(round=key, zone=1, na=("集贸市场",)))
    do(office, VisitZone(round=key, zone=2))
    assert scores(office, key) == {"Z01": "71.43", "Z02": "100.00"}
    found(office, key, category="集贸市场", subcategory="环境卫生", itemless=True)
    assert scores(office, key)["Z01"] == "78.00"  # (25 + 0 + 14) of 50: with a find it applies


def test_what_does_not_count(office: Office) -> None:
    key = started(office, categories=("市容环境",))
    first, second = found(office, key), found(office, key)
    items = [office.town.tables["finds"][f].item for f in (first, second)]
    assert scores(office, key)["Z01"] == "92.00"
    do(office, EditFind(find=second, fields={"factor": 100, "note": "首次"}))
    before = scores(office, key)["Z01"]
    do(office, Merge(item=items[1], main=items[0]))
    merged = scores(office, key)["Z01"]
    assert float(merged) > float(before)
    do(office, WaiveFind(find=first, reason="当日已清"))
    assert scores(office, key)["Z01"] == "100.00"
    third = found(office, key, category="市容环境", subcategory="乱贴乱画")
    item = office.town.tables["finds"][third].item
    do(office, Void(item=item, reason=VoidKind.FALSE_ALARM, note="看错"))
    assert scores(office, key)["Z01"] == "100.00"


def test_what_is_final_does_not_move(office: Office) -> None:
    key = started(office)
    mine = found(office, key)
    seen(office, key)
    do(office, ScoreRound(round=key), PublishRound(round=key))
    do(office, FinaliseRound(round=key), on=date(2026, 3, 27))
    kept = office.town.rounds[key].sheet
    item = office.town.tables["finds"][mine].item
    do(office, Void(item=item, reason=VoidKind.FALSE_ALARM, note="错"), on=date(2026, 3, 28))
    assert office.town.rounds[key].sheet == kept
    assert scores(office, key)["Z01"] != "100.00"
    assert json.loads(kept)["rows"][0]["finds"][0]["find"] == mine


# Factors


def factor(office: Office, key: int, find: int) -> tuple[int, str, int | None]:
    made = office.town.tables["finds"][find]
    return made.factor, made.factor_why, made.twin


def test_how_often_a_find_counts(office: Office) -> None:
    key = started(office)
    plain = found(office, key, zone=2)
    assert factor(office, key, plain) == (100, "", None)
    running = office.issued(due=date(2026, 4, 2))  # zone 1, the same kind, still within its day
    within = found(office, key)
    assert factor(office, key, within) == (0, "within", running)
    outside = found(office, key, zone=2, source="上级暗访", subcategory="公厕管理")
    assert factor(office, key, outside)[:2] == (200, "outside")


def test_a_repetition_counts_twice(office: Office) -> None:
    late = office.issued(due=date(2026, 3, 30))
    key = planned(office, plan_on=date(2026, 3, 31))
    do(office, StartRound(round=key), on=date(2026, 3, 31))
    again = found(office, key, on=date(2026, 3, 31))
    assert factor(office, key, again) == (200, "repeat", late)
    about = found(office, key, on=date(2026, 3, 31), item=late, text="")
    made = office.town.tables["finds"][about]
    assert (made.item, made.factor_why, made.category) == (late, "repeat", "市容环境")


def test_another_factor_needs_a_note(office: Office) -> None:
    key = started(office)
    by_hand = {"zone": 1, "text": "x", "category": "宣传", "factor": 200}
    assert code(office, AddFind(round=key, **by_hand)) == "missing"
    made = found(office, key, category="宣传", subcategory="", factor=200, note="第三次")
    assert factor(office, key, made)[:2] == (200, "manual")


def test_points_come_from_the_rule(office: Office) -> None:
    key = started(office)
    half = found(office, key, category="宣传", subcategory="宣传栏陈旧")
    none = found(office, key, category="宣传", subcategory="")
    finds = office.town.tables["finds"]
    assert (finds[half].deduct, finds[none].deduct) == (50, 100)


# Undo


def test_taking_a_find_back_takes_its_report_back(office: Office) -> None:
    key = started(office)
    mine = found(office, key)
    item = office.town.tables["finds"][mine].item
    made = office.item(item)
    assert (made.source, made.round, made.state) == ("月小查", key, State.REPORTED)
    last = office.repository.transactions()[-1]
    do(office, office.repository.undoing(last.seq))
    assert not office.town.tables["finds"][mine].active
    assert office.item(item).void_kind == VoidKind.UNREPORTED
    assert scores(office, key)["Z01"] == ""


def test_a_start_with_finds_is_not_taken_back(office: Office) -> None:
    key = planned(office)
    start = do(office, StartRound(round=key))
    found(office, key)
    wish = office.repository.undoing(start.seq)
    assert code(office, wish) == "round_has_finds"


def test_two_inspectors_write_different_records(office: Office) -> None:
    key = started(office)
    one = do(office, VisitZone(round=key, zone=1), actor=INSPECTOR)
    two = do(office, VisitZone(round=key, zone=2), actor=CLERK)
    assert {c.id for c in one.of("visits")} & {c.id for c in two.of("visits")} == set()
    assert not one.of("rounds") and not two.of("rounds")


def test_what_did_not_apply_last_time_does_not_apply_again(office: Office) -> None:
    first = started(office)
    do(office, VisitZone(round=first, zone=2, na=("集贸市场",)))
    second = started(office, kind=RoundKind.COVERT)
    do(office, VisitZone(round=second, zone=2))
    sheet = sheet_of(office.town, office.town.rounds[second])
    row = sheet.row(2)
    assert row is not None and row.na == ("集贸市场",)


def test_an_item_remembers_its_round(office: Office) -> None:
    key = started(office)
    found(office, key)
    other = do(office, Report(zone=1, location="别处", description="别的"), on=DAY + timedelta(1))
    assert other.of("items")[0].new.round is None
