"""Figures as of a day: what was counted stays counted when units go into others, records change and days pass."""

from datetime import date
from typing import Any

from asking import ask_office, ask_stats
from playing import Played
from playing_year import OPENED, TOWN, PlayedYear

from core.actions.action import Action
from core.actions.papers import DraftCircular, PublishCircular, SignCircular
from core.actions.registers import Edit, MergeUnits
from core.calendar.periods import read_period
from core.calendar.spans import Span
from core.measures import Question, measure
from core.papers.adjustments import adjustments, details_of

WHERE = {"zone": "Z01", "category": "市容环境", "subcategory": "暴露垃圾"}


def taken(item: str, on: str) -> list[dict[str, Any]]:
    return [
        {"do": "report", "on": on, "item": item, **WHERE},
        {"do": "accept", "on": on, "item": item},
    ]


def given(item: str, on: str, due: str, unit: str = "U1") -> list[dict[str, Any]]:
    return [
        *taken(item, on),
        {"do": "assign", "on": on, "item": item, "unit": unit, "due": due},
    ]


def struck(item: str, on: str, fed: str, closed: str, unit: str = "U1") -> list[dict[str, Any]]:
    steps = given(item, on, fed, unit)
    return [
        *steps,
        {"do": "submit", "on": fed, "item": item},
        {"do": "pass", "on": closed, "item": item},
    ]


def town(*events: dict[str, Any], merged: str = "") -> Played:
    units: list[dict[str, Any]] = [
        {"id": "U1", "name": "甲", "kind": "机关站所", "group": "G"},
        {"id": "U2", "name": "乙", "kind": "机关站所", "group": "G"},
    ]
    if merged:
        units[0] |= {"into": "U2", "until": merged}
    return Played(
        {
            "units": units,
            "zones": ["Z01"],
            "responsibilities": [{"zone": "Z01", "unit": "U1", "since": "2026-01-01"}],
            "rounds": [],
            "papers": [],
            "events": sorted(events, key=lambda each: str(each["on"])),
        }
    )


def figures(played: Played, today: str, *codes: str, period: str = "2026-03") -> dict[str, Any]:
    day = date.fromisoformat(today)
    expect: dict[str, Any] = dict.fromkeys(codes) | {"lists": {"issued": [], "need": []}}
    found: dict[str, Any] = ask_stats(
        played, played.until(day), {"period": period, "expect": expect}, day
    )
    return found


def office(played: Played, *codes: str) -> dict[str, Any]:
    day = date(2026, 4, 10)
    asked = {"period": "2026-03", "expect": dict.fromkeys(codes)}
    found: dict[str, Any] = ask_office(played, played.until(day), asked, day)
    return found


def test_an_assignment_keeps_its_number_when_its_unit_goes_into_another() -> None:
    played = town(*given("A1", "2026-03-02", "2026-03-05"), merged="2026-04-15")
    for today in ("2026-04-10", "2026-04-20"):
        assert figures(played, today)["lists"] == {"issued": ["A1/1"], "need": ["A1/1"]}


def test_a_signed_month_has_lost_nothing_and_nothing_is_recorded_later() -> None:
    played = town(
        *given("A1", "2026-03-02", "2026-03-05"),
        *struck("A2", "2026-03-03", "2026-03-05", "2026-03-06", "U2"),
        merged="2026-04-15",
    )
    posted = date(2026, 4, 6)
    played.until(posted)
    key = played.do(posted, DraftCircular(period="2026-03")).of("documents")[0].id
    played.do(posted, PublishCircular(document=key))
    played.do(date(2026, 4, 13), SignCircular(document=key))
    today = date(2026, 5, 6)
    held = played.until(today)
    assert adjustments(held, Span.month_of(date(2026, 4, 1)), today) == []
    assert figures(played, "2026-05-06", period="2026-04")["lists"]["issued"] == []


def test_a_look_is_in_time_from_the_feedback_its_unit_gave_before() -> None:
    steps = struck("A1", "2026-03-02", "2026-03-03", "2026-03-23")
    assert office(town(*steps), "inspect_timely") == {"inspect_timely": "0.00"}
    assert office(town(*steps, merged="2026-03-20"), "inspect_timely") == {"inspect_timely": "0.00"}


def test_a_unit_that_was_given_it_instead_the_same_day_is_another() -> None:
    steps = [
        *given("A1", "2026-03-03", "2026-03-06"),
        {"do": "reassign", "on": "2026-03-03", "item": "A1", "unit": "U2", "due": "2026-03-06"},
    ]
    found = figures(town(*steps, merged="2026-04-03"), "2026-04-10", "given", "accurate_rate")
    assert (found["given"], found["accurate_rate"]) == (2, "50.00")


def test_only_what_was_struck_off_one_to_ninety_days_before_recurs() -> None:
    closed = struck("A1", "2026-03-02", "2026-03-03", "2026-03-04")
    assert office(town(*closed, *taken("A2", "2026-03-04")), "recurred") == {"recurred": 0}
    assert office(town(*closed, *taken("A2", "2026-03-05")), "recurred") == {"recurred": 1}
    void = {"do": "void", "on": "2026-03-20", "item": "A2", "reason": "误报"}
    assert office(town(*closed, *taken("A2", "2026-03-05"), void), "recurred") == {"recurred": 0}


def test_what_was_put_right_on_the_spot_waits_for_no_unit() -> None:
    steps = [
        {"do": "report", "on": "2026-03-02", "item": "A1", **WHERE},
        {"do": "fix", "on": "2026-03-02", "item": "A1"},
        {"do": "reopen", "on": "2026-04-08", "item": "A1", "unit": "U1", "due": "2026-04-10"},
        {"do": "void", "on": "2026-04-09", "item": "A1", "reason": "误报"},
    ]
    assert office(town(*steps), "issue_timely") == {"issue_timely": None}


def year(*steps: dict[str, Any], today: str) -> PlayedYear:
    played = PlayedYear({"town": TOWN, "steps": list(steps)})
    played.until()
    played.today = date.fromisoformat(today)
    return played


def line(ref: str, on: str, text: str, unit: str, until: str = "") -> dict[str, Any]:
    figure = {"indicator": "A01", "text": text, "zone": None}
    fields = {
        "kind": "填报" if until else "大扫除",
        "on": on,
        "ref": ref,
        "title": "",
        "unit": unit,
    }
    more = {"until": until} if until else {}
    return {"do": "log.add", "at": until or on, "figures": [figure], **fields, **more}


def later(played: PlayedYear, day: str, action: Action) -> None:
    played.today = date.fromisoformat(day)
    played.do(action)


def told(played: PlayedYear, asked: str, today: str = "2027-01-08") -> Any:
    played.today = date.fromisoformat(today)
    return played.measured(asked)


def test_whose_figures_count_is_asked_as_of_the_day() -> None:
    steps = (
        line("L-0001", "2026-01-01", "5吨", "保洁公司", "2026-01-31"),
        line("L-0002", "2026-02-15", "2吨", "园林站"),
        line("L-0003", "2026-03-01", "7吨", "保洁公司", "2026-03-31"),
    )
    played = year(*steps, today="2026-04-02")
    assert told(played, "A01@2026Q1", "2026-04-10")["value"] == "12"
    later(played, "2026-04-15", MergeUnits(unit=played.ids["保洁公司"], into=played.ids["园林站"]))
    assert told(played, "A01@2026Q1")["value"] == "12"
    assert told(played, "A01@2026")["value"] == "14"


def test_units_print_by_their_name_on_the_day() -> None:
    played = year(line("L-0001", "2026-03-01", "5吨", "保洁公司"), today="2026-08-02")
    later(
        played,
        "2026-09-10",
        Edit(table="units", record=played.ids["保洁公司"], fields={"name": "环卫公司"}),
    )
    assert told(played, "A01@2026H1")["lines"][0]["unit"] == "保洁公司"
    assert told(played, "A01@2026")["lines"][0]["unit"] == "环卫公司"


def test_a_batch_rate_is_that_of_the_figures() -> None:
    """What was taken back later is in no rate, as known now; what was left out is said."""
    played = town(
        *struck("A1", "2026-03-02", "2026-03-03", "2026-03-04"),
        *given("A2", "2026-03-31", "2026-04-03"),
        {"do": "return", "on": "2026-04-01", "item": "A2", "reason": "不归我们"},
    )
    held = played.until(date(2026, 4, 10))
    asked = Question(held, read_period("2026-03", date(2026, 4, 10)))
    counted = measure(held, "items.rate").count(asked)
    assert counted.text == "100.00%（1/1）"
    assert [(left.why) for left in counted.left_out] == ["退回"]


def test_nothing_in_a_stretch_is_nought_once_there_was_something() -> None:
    meeting = {
        "do": "log.add",
        "at": "2026-03-02",
        "ref": "L-1",
        "kind": "会议",
        "on": "2026-03-02",
    }
    played = year(meeting | {"title": "例会", "people": 9}, OPENED, today="2026-09-30")
    for asked in ("log.people(会议)@2026Q3", "campaign.kg@2026Q3", "campaign.ticks@2026Q3"):
        assert told(played, asked)["value"] == "0"
    for asked in ("log.people(会议)@2025", "campaign.kg@2025", "campaign.streets@2026Q3"):
        assert told(played, asked)["value"] is None


def test_percentages_are_rounded_half_up_and_keep_their_sign() -> None:
    survey = line("L-1", "2026-03-02", "92.345%", "")
    survey["figures"] = [{"indicator": "B08", "text": "92.345%", "zone": None}]
    del survey["unit"]
    found = told(year(survey, today="2026-04-01"), "B08@2026")
    assert (found["value"], found["text"]) == ("92.35", "92.35%")


def test_a_circular_tells_how_things_stood_at_its_end() -> None:
    played = town(
        *given("A1", "2026-03-26", "2026-03-30"),
        {"do": "submit", "on": "2026-04-08", "item": "A1"},
        {"do": "pass", "on": "2026-04-09", "item": "A1"},
    )
    held = played.until(date(2026, 4, 20))
    (item,) = held.items.values()
    then, now = (
        details_of(held, f"{item.label}/1", day) for day in (date(2026, 3, 31), date(2026, 4, 20))
    )
    assert (then["done"], then["closed_on"], then["late"]) == ("", "", 1)
    assert (now["done"], now["closed_on"], now["late"]) == ("2026-04-08", "2026-04-09", 6)
