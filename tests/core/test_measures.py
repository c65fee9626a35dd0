"""Numbers of the year: what counts, what is left out and why, by the rules of docs/year.md."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from playing_year import OPENED, TOWN, PlayedYear

from core.actions.registers import Add, MergeUnits
from core.actions.year import AddLog, CorrectLog, SetTarget, SplitZone, TellFacts, VoidLog
from core.calendar.periods import read_period
from core.errors import RuleError
from core.measures import Question
from core.measures.gaps import warnings
from core.measures.indicators import indicator
from core.measures.progress import NOT_WHOLE, Reached, pace_on, progress_of
from core.model import Indicator, Shop, Zone


def town(*steps: dict[str, Any]) -> PlayedYear:
    played = PlayedYear({"town": TOWN, "steps": list(steps)})
    played.until()
    return played


def log(at: str, code: str, text: str, **more: Any) -> dict[str, Any]:
    zone = more.pop("zone_of_figure", None)
    figure = {"indicator": code, "text": text, "zone": zone}
    fields = {"kind": "大扫除", "on": at, "ref": f"L{at}{code}{text}", "title": "", **more}
    return {"do": "log.add", "at": more.pop("saved", at), "figures": [figure], **fields}


def report(first: str, last: str, saved: str, code: str, text: str, **more: Any) -> dict[str, Any]:
    return log(first, code, text, kind="填报", until=last, **more) | {"at": saved}


def value(played: PlayedYear, asked: str) -> tuple[str | None, str]:
    told = played.measured(asked)
    return told["value"], told["text"]


def whys(played: PlayedYear, asked: str) -> list[str]:
    return [left["why"] for left in played.measured(asked)["left_out"]]


def test_a_report_over_a_span_covers_smaller_ones_of_its_unit_and_zone() -> None:
    played = town(
        log("2026-02-10", "A03", "5处", unit="保洁公司", zone="Z02"),
        log("2026-02-11", "A03", "4处", unit="园林站", zone="Z02"),
        log("2026-02-12", "A03", "3处", unit="保洁公司", zone="Z10"),
        report(
            "2026-02-01", "2026-02-28", "2026-03-02", "A03", "40处", unit="保洁公司", zone="Z01"
        ),
        report("2026-01-01", "2026-03-31", "2026-04-02", "A03", "100处", unit="保洁公司"),
    )
    # The quarter of no zone covers all of its unit; the month of a community what lies in it.
    assert value(played, "A03@2026") == ("104", "104")
    quarter = next(k for k in played.ids if k.endswith("A03100处"))
    whys_of = whys(played, "A03@2026")
    assert whys_of == [f"含于{quarter}"] * 3
    assert value(played, "A03@2026-02") == ("47", "47")
    assert sorted(whys(played, "A03@2026-02"))[1] == "跨期"


def test_amounts_are_told_as_they_were_approximate() -> None:
    played = town(
        log("2026-02-10", "A18", "2.5万㎡", unit="园林站"),
        log("2026-02-11", "A18", "3亩", unit="园林站"),
        log("2026-03-10", "C01", "约60万元", unit="园林站", kind="设施建设"),
        log("2026-03-11", "C01", "5000元", unit="园林站", kind="设施建设"),
        log("2026-03-12", "D07", "30余万人次", unit="园林站", kind="文体活动"),
    )
    assert value(played, "A18@2026") == ("27000", "27000")
    assert value(played, "C01@2026") == ("60.5", "约60.5")
    assert value(played, "D07@2026") == ("300000", "30万余")


def test_a_typed_nought_is_a_number_and_nothing_is_none() -> None:
    played = town(log("2026-02-10", "A03", "0", unit="园林站"))
    played.today = date(2026, 4, 1)
    assert value(played, "A03@2026") == ("0", "0")
    assert value(played, "A03@2026-03") == (None, "—")


def test_stock_is_carried_over_and_a_survey_is_not() -> None:
    played = town(
        log("2025-12-01", "C18", "20", unit="保洁公司", kind="填报"),
        log("2025-12-01", "B08", "80/100", kind="满意度调查"),
        log("2026-02-01", "C18", "4", unit="上塘村委会", kind="填报", zone="Z10"),
    )
    told = played.measured("C18@2026")
    assert (told["value"], told["notes"]) == ("24", ["沿用"])
    assert value(played, "B08@2026") == (None, "—")
    assert value(played, "B08@2025") == ("80.00", "80.00%（80/100）")


def test_a_mean_is_of_parts_where_all_have_them() -> None:
    played = town(
        log("2026-02-10", "G02", "9/10", unit="园林站"),
        log("2026-03-10", "G02", "20/90", unit="园林站"),
    )
    assert value(played, "G02@2026") == ("29.00", "29.00%（29/100）")
    played = town(
        log("2026-02-10", "G02", "9/10", unit="园林站"),
        log("2026-03-10", "G02", "70%", unit="园林站"),
    )
    told = played.measured("G02@2026")
    assert (told["text"], told["notes"]) == ("80.00%", ["简单平均"])


def target(code: str, value: str, on: str = "2026-01-10", **more: Any) -> dict[str, Any]:
    step = {"do": "indicator.target", "at": on, "indicator": code, "year": 2026, "value": value}
    return step | more


def progress(played: PlayedYear, code: str, period: str) -> Any:
    held = indicator(played.town, code)
    assert held is not None
    return progress_of(Question(played.town, read_period(period, played.today)), held)


def test_a_target_counts_as_it_was_set_by_the_day() -> None:
    played = town(
        target("A03", "100"),
        log("2026-03-10", "A03", "30处", unit="园林站"),
        target("A03", "60", "2026-11-20", reference="县办通知"),
    )
    june = progress(played, "A03", "2026H1")
    assert (june.target.value, june.state) == (Decimal(100), Reached.LAGGING)
    year = progress(played, "A03", "2026")
    assert (year.target.value, [t.value for t in year.targets]) == (60, [100, 60])
    assert year.done == 50


def test_pace_by_a_plan_is_even_within_each_month() -> None:
    assert pace_on(date(2026, 11, 30)) * 100 // 1 == 9166
    plan = tuple(Decimal(n) for n in (0, 0, 30, 30, 60, 60, 60, 60, 60, 60, 60, 60))
    assert pace_on(date(2026, 3, 31), plan, Decimal(60)) == 50
    assert pace_on(date(2026, 5, 31), plan, Decimal(60)) == 100
    assert pace_on(date(2024, 2, 29)) == pace_on(date(2026, 2, 28))


def test_what_should_stay_small_is_within_or_beyond() -> None:
    played = town(target("G01", "10"), log("2026-02-10", "G01", "11件", unit="园林站"))
    assert progress(played, "G01", "2026").state == Reached.BEYOND
    played = town(target("G01", "10"), log("2026-02-10", "G01", "10件", unit="园林站"))
    assert progress(played, "G01", "2026").state == Reached.WITHIN


def test_growth_is_not_told_where_the_year_before_lacks_something() -> None:
    played = town(
        report("2025-01-01", "2025-01-31", "2025-02-02", "A01", "10吨", unit="保洁公司"),
        report("2025-03-01", "2025-03-31", "2025-04-02", "A01", "10吨", unit="保洁公司"),
        report("2026-01-01", "2026-03-31", "2026-04-02", "A01", "40吨", unit="保洁公司"),
    )
    each = progress(played, "A01", "2026Q1")
    assert (each.growth, each.yoy) == (None, NOT_WHOLE)


def test_several_units_without_an_owner_are_warned_of() -> None:
    played = town(
        log("2026-02-10", "A03", "30处", unit="园林站"),
        log("2026-02-12", "A03", "40处", unit="保洁公司"),
        report("2026-02-01", "2026-02-28", "2026-03-02", "A03", "20处", unit="园林站"),
    )
    held = indicator(played.town, "A03")
    assert held is not None
    window = Question(played.town, read_period("2026", played.today))
    assert [code for code, _about in warnings(window, held)] == ["several_units", "covered_more"]


def refused(played: PlayedYear, action: Any) -> str:
    with pytest.raises(RuleError) as caught:
        played.do(action)
    return caught.value.refusal.code


def test_a_void_line_taken_back_may_not_stand_twice() -> None:
    first = report("2026-02-01", "2026-02-28", "2026-03-02", "A03", "20处", unit="园林站")
    again = report("2026-02-01", "2026-02-28", "2026-03-04", "A03", "21处", unit="园林站")
    played = town(first)
    voided = played.do(VoidLog(log=played.ids[first["ref"]], reason="报错"))
    played._step(again)
    from core.actions.wish import Undo

    assert refused(played, Undo(earlier=voided)) == "same_span"


def test_units_that_become_one_may_not_have_told_the_same_twice() -> None:
    played = town(
        report("2026-02-01", "2026-02-28", "2026-03-02", "A03", "20处", unit="园林站"),
        report("2026-02-01", "2026-02-28", "2026-03-02", "A03", "21处", unit="保洁公司"),
    )
    merge = MergeUnits(unit=played.ids["园林站"], into=played.ids["保洁公司"])
    assert refused(played, merge) == "same_span"


def test_a_correction_needs_its_reason_and_is_checked_like_a_new_line() -> None:
    first = log("2026-02-10", "A03", "5处", unit="园林站")
    played = town(first)
    key = played.ids[first["ref"]]
    assert refused(played, CorrectLog(log=key, fields={"title": "x"})) == "missing"
    wrong = CorrectLog(log=key, fields={"people": 5}, reason="补人数")
    assert refused(played, wrong) == "people_here"


def test_a_counted_indicator_has_no_figures() -> None:
    first = log("2026-02-10", "A03", "5处", unit="园林站")
    played = town(first)
    from core.actions.registers import Edit

    key = played.ids["A03"]
    counted = Edit(table="indicators", record=key, fields={"counts": "问题.发现"})
    assert refused(played, counted) == "counted_indicator"


def test_the_catalogue_fills_what_is_left_out() -> None:
    played = town()
    held = {i.code: i for i in played.town.all(Indicator)}
    assert (held["D07"].scale, held["D07"].unit, held["A01"].category) == ("万", "人次", "市容环境")
    assert held["C18"].kind == "last"


def test_a_zone_that_is_divided_gives_its_work_to_the_parts() -> None:
    played = town(
        {"do": "shop.add", "at": "2026-02-01", "ref": "S1", "name": "甲店", "zone": "Z02"},
        {"do": "shop.add", "at": "2026-02-01", "ref": "S2", "name": "乙店", "zone": "Z02"},
    )
    parts = ({"code": "Z02A", "name": "沿河东段"}, {"code": "Z02B", "name": "沿河西段"})
    played.do(SplitZone(zone=played.ids["Z02"], parts=parts, shops={played.ids["S2"]: 1}))
    zones = {z.code: z for z in played.town.all(Zone)}
    assert not zones["Z02"].active
    assert zones["Z02A"].split_from == zones["Z02"].id == zones["Z02B"].split_from
    assert zones["Z02A"].parent == zones["Z01"].id
    shops = {s.name: s.zone for s in played.town.all(Shop)}
    assert shops == {"甲店": zones["Z02A"].id, "乙店": zones["Z02B"].id}


def test_facts_add_up_over_communities_and_not_within_them() -> None:
    played = town(
        {"do": "zone.fact", "at": "2026-01-05", "zone": "Z02", "facts": {"户数": 100}},
        {"do": "zone.fact", "at": "2026-01-05", "zone": "Z03", "facts": {"户数": 50}},
        {"do": "zone.fact", "at": "2026-01-05", "zone": "Z10", "facts": {"户数": 30}},
    )
    assert value(played, "概况.户数@2026") == ("180", "180")
    played._step({"do": "zone.fact", "at": "2026-02-05", "zone": "Z01", "facts": {"户数": 200}})
    assert value(played, "概况.户数@2026") == ("230", "230")


def test_a_zone_divided_twice_is_counted_once() -> None:
    played = town({"do": "zone.fact", "at": "2026-01-05", "zone": "Z02", "facts": {"户数": 100}})
    parts = ({"code": "Z02A", "name": "沿河东段"}, {"code": "Z02B", "name": "沿河西段"})
    played.do(SplitZone(zone=played.ids["Z02"], parts=parts))
    first = next(z.id for z in played.town.all(Zone) if z.code == "Z02A")
    played.do(TellFacts(zone=first, facts={"户数": 60}))
    smaller = ({"code": "Z02C", "name": "东段北"}, {"code": "Z02D", "name": "东段南"})
    played.do(SplitZone(zone=first, parts=smaller))
    assert value(played, "概况.户数@2026") == ("100", "100")


def test_a_target_is_a_leaders_word_and_a_plan_never_falls() -> None:
    played = town()
    plan = tuple(map(str, (5, 4, *range(10, 20))))
    action = SetTarget(indicator=played.ids["A03"], year=2026, value="100", plan=plan)
    assert refused(played, action) == "bad_plan"


def test_kinds_an_office_adds_are_lines_too() -> None:
    played = town()
    assert refused(played, AddLog(kind="清明祭扫", fields={})) == "unknown_word"
    assert refused(played, Add(table="indicators", fields={"code": "A03"})) == "taken"


def duty(cycle: str, day: str = "", since: str = "2026-01-01", **more: Any) -> dict[str, Any]:
    terms = [{"since": since, "cycle": cycle, "day": day, **more}]
    step = {"do": "duty.add", "at": since, "ref": "W", "name": "例行", "kind": "巡查"}
    return step | {"terms": terms}


@pytest.mark.parametrize(
    ("cycle", "day", "period", "keys"),
    [
        ("month", "31", "2026-02", ["W@2026-02"]),
        ("week", "1", "2026-01-01..2026-01-12", ["W@2026-W02", "W@2026-W03"]),
        ("half", "", "2026", ["W@2026H1", "W@2026H2"]),
        ("year", "02-29", "2026", ["W@2026"]),
        ("dates", "03-05,2026-09-01", "2026", ["W@2026-03-05", "W@2026-09-01"]),
        ("workday", "", "2026-02-14..2026-02-24", ["W@2026-02-14", "W@2026-02-24"]),
    ],
)
def test_when_duties_fall_due(cycle: str, day: str, period: str, keys: list[str]) -> None:
    played = town(duty(cycle, day))
    played.today = date(2027, 1, 5)
    told = played.measured(f"duty.missed@{period}")
    assert [line["ref"] for line in told["lines"]] == keys


def test_terms_hold_from_a_day_on() -> None:
    played = town(
        duty("month", "5"),
        {
            "do": "duty.edit",
            "at": "2026-03-01",
            "duty": "W",
            "terms": [{"since": "2026-03-01", "cycle": "quarter"}],
        },
    )
    played.today = date(2026, 8, 1)
    told = played.measured("工作.应办@2026H1")
    assert [line["ref"] for line in told["lines"]] == [
        "W@2026-01",
        "W@2026-02",
        "W@2026Q1",
        "W@2026Q2",
    ]


def test_flags_need_a_fresh_check_and_closed_shops_have_none() -> None:
    check = {"do": "shop.check", "shop": "S1", "score": 40}
    played = town(
        {"do": "shop.add", "at": "2026-02-01", "ref": "S1", "name": "甲店", "zone": "Z02"},
        check | {"at": "2026-03-01", "on": "2026-03-01"},
    )
    assert value(played, "shops.black@2026") == ("1", "1")
    played.today = date(2026, 6, 2)
    assert value(played, "shops.black@2026") == ("0", "0")
    played._step({"do": "shop.close", "at": "2026-06-02", "shop": "S1", "on": "2026-03-02"})
    assert value(played, "shops.checks@2026") == ("1", "1")
    assert value(played, "三包.签订率@2026") == (None, "—")


def cover(zone: str, at: str = "2026-03-20", **fields: int) -> dict[str, Any]:
    return {"do": "campaign.cover", "at": at, "campaign": "2026春", "zone": zone, **fields}


def test_a_zone_and_one_above_it_are_not_both_told() -> None:
    town(
        OPENED,
        cover("Z01", households_plan=10, households_done=5),
        cover("Z02", households_plan=4, households_done=4, refused="zone_within"),
    )


def test_a_plan_without_a_word_of_it_is_not_done() -> None:
    played = town(
        OPENED,
        cover("Z01", households_plan=10, households_done=5),
        cover("Z10", households_plan=30),
    )
    told = played.measured("除四害.户.2026春@2026")
    assert told["text"] == "12.50%（5/40）【未报1区】"
    assert told["left_out"] == [{"ref": "2026春/Z10", "why": "未报"}]


def test_a_second_round_overwrites_what_it_says_and_leaves_the_rest() -> None:
    played = town(
        OPENED,
        cover("Z10", households_plan=30, households_done=20, rooms_plan=90, rooms_done=60),
        cover("Z10", "2026-04-02", households_done=30),
    )
    assert value(played, "除四害.户.2026春@2026")[1] == "100.00%（30/30）"
    assert value(played, "除四害.房间.2026春@2026")[1] == "66.67%（60/90）"
