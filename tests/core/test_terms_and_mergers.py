"""What follows from a change: a duty's new terms, a unit that went into another, amounts and names as they are written."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from asking import ask_scores, ask_stats
from playing import Played
from playing_year import TOWN, PlayedYear

from core.calendar.cycles import OTHER_MONTHS, read_terms
from core.errors import NotFound
from core.measures.measure import find
from core.words.amounts import read_amount


def duty(first: dict[str, str], since: str, second: dict[str, str], *done: str) -> PlayedYear:
    """A duty with two sets of terms, and a line on each of some days."""
    steps: list[tuple[str, dict[str, Any]]] = [
        (
            "2026-01-12",
            {
                "do": "duty.add",
                "ref": "W01",
                "name": "例行",
                "kind": "巡查",
                "terms": [{"since": "2026-01-12", **first}],
            },
        ),
        (since, {"do": "duty.edit", "duty": "W01", "terms": [{"since": since, **second}]}),
        *(
            (on, {"do": "log.add", "ref": on, "kind": "巡查", "on": on, "duty": "W01", "title": on})
            for on in done
        ),
    ]
    played = PlayedYear({"town": TOWN, "steps": []})
    for on, step in sorted(steps, key=lambda each: each[0]):
        played.today = date.fromisoformat(on)
        played._step(step)
    played.today = date(2026, 8, 1)
    return played


def lines(played: PlayedYear, asked: str) -> list[str]:
    return [line["ref"] for line in played.measured(asked)["lines"]]


def test_a_line_is_of_the_terms_of_its_day() -> None:
    played = duty(
        {"cycle": "month", "day": "1"},
        "2026-04-12",
        {"cycle": "week", "day": "4"},
        *("2026-04-02", "2026-04-23", "2026-04-30", "2026-05-07"),
    )
    stretch = "2026-04-01..2026-05-10"
    done = ["W01@2026-04", "W01@2026-W17", "W01@2026-W18", "W01@2026-W19"]
    assert lines(played, f"duty.done@{stretch}") == done
    assert lines(played, f"duty.missed@{stretch}") == ["W01@2026-W16"]


def test_a_year_that_became_months_is_done_month_by_month() -> None:
    played = duty(
        {"cycle": "year", "day": "02-28"},
        "2026-04-01",
        {"cycle": "month", "day": "5"},
        *("2026-02-20", "2026-04-05", "2026-05-05", "2026-06-04", "2026-07-05"),
    )
    assert len(lines(played, "duty.done@2026")) == 5
    assert lines(played, "duty.missed@2026") == []


def test_a_cycle_whose_day_was_moved_is_one() -> None:
    played = duty(
        {"cycle": "month", "day": "10"},
        "2026-03-15",
        {"cycle": "month", "day": "25"},
        "2026-03-24",
    )
    stretch = "2026-03-01..2026-03-31"
    assert lines(played, f"duty.due@{stretch}") == ["W01@2026-03"]
    assert lines(played, f"duty.late@{stretch}") == []
    assert lines(played, "duty.due@2026-03-01..2026-03-14") == [], (
        "it is of the day it was moved to"
    )


@pytest.mark.parametrize(
    ("text", "cycle", "day"),
    [
        ("每周一次", "week", "7"),
        ("每月不少于1次", "month", "last"),
        ("每月25日前", "month", "25"),
        ("每季度一次", "quarter", ""),
        ("每两月一期", "dates", OTHER_MONTHS),
        ("每年12月底前", "year", "12-31"),
        ("每年2月底", "year", "02-29"),
    ],
)
def test_how_often_as_people_say_it(text: str, cycle: str, day: str) -> None:
    found = read_terms(text)
    assert (found.cycle, found.day) == (cycle, day)


def merged(*events: dict[str, Any], papers: tuple[dict[str, Any], ...] = (), on: str) -> Played:
    """A town whose unit U1 goes into U2 on a day."""
    where = {"item": "A", "zone": "Z01", "category": "市容环境", "subcategory": "暴露垃圾"}
    taken = [{"do": "report", **where}, {"do": "accept", "item": "A"}]
    return Played(
        {
            "units": [
                {"id": "U1", "name": "甲", "kind": "机关站所", "group": "G"}
                | {"into": "U2", "until": on},
                {"id": "U2", "name": "乙", "kind": "机关站所", "group": "G"},
            ],
            "zones": ["Z01"],
            "responsibilities": [{"zone": "Z01", "unit": "U1", "since": "2026-01-01"}],
            "events": [*({"on": "2026-03-02", **each} for each in taken), *events],
            "rounds": [],
            "papers": list(papers),
        }
    )


def test_points_of_a_circular_stay_with_the_unit_that_was_named() -> None:
    given = {"on": "2026-03-02", "do": "assign", "item": "A", "unit": "U1", "due": "2026-03-05"}
    circular = {"kind": "circular", "signed_on": "2026-03-20", "items": ["A"]}
    played = merged(given, papers=(circular,), on="2026-04-05")
    for text in ("2026-04-03", "2026-04-10"):
        today = date.fromisoformat(text)
        check = {"period": "2026-03", "expect": {"U1": {"minus": ""}, "U2": {"minus": ""}}}
        found = ask_scores(played, played.until(today), check, today)
        assert found["U1"]["minus"] == "-3.00", text
        assert (found["U2"] or {"minus": "0.00"})["minus"] == "0.00", text


def test_the_issue_behind_a_merger_has_the_next_number() -> None:
    played = merged(
        {"on": "2026-03-02", "do": "assign", "item": "A", "unit": "U1", "due": "2026-03-13"},
        {"on": "2026-03-11", "do": "submit", "item": "A"},
        {"on": "2026-03-12", "do": "pass", "item": "A"},
        {"on": "2026-03-20", "do": "reopen", "item": "A", "unit": "U2", "due": "2026-03-24"},
        on="2026-03-10",
    )
    today = date(2026, 4, 10)
    check = {"period": "2026-03", "expect": {"lists": {"issued": []}}}
    found = ask_stats(played, played.until(today), check, today)
    assert found["lists"]["issued"] == ["A/1", "A/2"]


@pytest.mark.parametrize(
    ("text", "unit", "value", "approx"),
    [
        ("1百万人次", "人次", 1_000_000, ""),
        ("2.5千万人次", "人次", 25_000_000, ""),
        ("3十万", "人次", 300_000, ""),
        ("1百余万人次", "人次", 1_000_000, "余"),
        ("100余万元", "万元", 100, "余"),
        ("2千万元", "万元", 2000, ""),
        ("3百万平方米", "㎡", 3_000_000, ""),
    ],
)
def test_large_numbers_in_words(text: str, unit: str, value: int, approx: str) -> None:
    found = read_amount(text, unit)
    assert (found.value, found.approx) == (Decimal(value), approx)


def test_measures_are_found_by_every_name_they_are_told_by() -> None:
    town = PlayedYear({"town": TOWN, "steps": []}).town
    for name in ("立行立改", "挂账", "销号率", "按期率", "复发"):
        assert find(town, name).measure is find(town, f"问题.{name}").measure
    assert find(town, "group.B").code == find(town, "指标.B").code == "group(B)"
    assert find(town, "cat.市容环境").code == "cat(市容环境)"
    with pytest.raises(NotFound):
        find(town, "group.没有")
