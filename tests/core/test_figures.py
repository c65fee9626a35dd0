"""Figures, sheets and scores of towns told in vectors hold, played through the product's own actions."""

import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from playing import Played

from core.calendar.spans import read_span
from core.model import (
    Assignment,
    End,
    Feedback,
    Inspection,
    Item,
    Outcome,
    Pause,
    State,
    Unit,
)
from core.stats.cells import By, Line
from core.stats.figures import percent, places, printed
from core.stats.indicators import INDICATORS, Shape
from core.stats.own_work import own_work
from core.stats.scoring.merit import list_of
from core.stats.scoring.round_sheet import sheet_of
from core.stats.scoring.scores import unit_scores
from core.stats.tally import tally
from core.town.town import Town

DATA = Path(__file__).parents[1] / "data"
VECTORS = sorted(DATA.glob("stats_*.json"))


def checks() -> list[Any]:
    found = []
    for path in VECTORS:
        vector = json.loads(path.read_text())
        for number, check in enumerate(vector["checks"]):
            name = f"{path.stem}-{number}-{check['ask']}"
            found.append(pytest.param(vector, check, id=name))
    return found


def figure(line: Line, code: str) -> Any:
    """A figure as the vectors write it."""
    indicator = INDICATORS[code]
    if indicator.measure == Shape.COUNT:
        return line.count(code)
    return line.text(code) or None


def said_of(line: Line, expected: dict[str, Any], played: Played) -> dict[str, Any]:
    """Of one line whatever is expected of it."""
    found: dict[str, Any] = {}
    for code in expected:
        match code:
            case "small":
                found[code] = line.small(5)
            case "late_multiple":
                found[code] = {played.named(n): printed(t) for n, t in line.multiples.items()}
            case "lists":
                found[code] = {
                    each: sorted(played.named(n) for n in line.cell(each).listed)
                    for each in expected[code]
                }
            case "issue_timely" | "inspect_timely":
                found[code] = line.text(code) or None
            case "place":
                continue
            case _:
                found[code] = figure(line, code)
    return found


@pytest.mark.parametrize(("vector", "check"), checks())
def test_a_vector(vector: dict[str, Any], check: dict[str, Any]) -> None:
    played = Played(vector)
    today = date.fromisoformat(check["today"])
    town = played.until(today)
    expected = check["expect"]
    found = globals()[f"ask_{check['ask']}"](played, town, check, today)
    assert found == expected, check["why"]


def ask_stats(played: Played, town: Any, check: dict[str, Any], today: date) -> dict[str, Any]:
    span = read_span(check["period"], today)
    zone, category, group = (check.get(k) for k in ("zone", "category", "group"))
    keep = None
    if zone:
        keep = lambda item: item.zone == played.zones[zone]  # noqa: E731
    elif category:
        keep = lambda item: item.category == category  # noqa: E731
    unit = played.units[check["unit"]] if check.get("unit") else None
    by = By.GROUP if group else By.UNIT
    table = tally(town, span, today, by, cohort=check.get("cohort", False), keep=keep, unit=unit)
    line = table.line(group) if group else table.total
    assert line is not None
    return said_of(line, check["expect"], played)


def ask_units(played: Played, town: Any, check: dict[str, Any], today: date) -> dict[str, Any]:
    table = tally(town, read_span(check["period"], today), today)
    ranked = places(
        {line.key: line.rate("ontime_rate") for line in table.lines if line.count("need")}
    )
    found = {}
    for unit, expected in check["expect"].items():
        line = table.line(played.units[unit])
        if line is None:
            found[unit] = None
            continue
        found[unit] = said_of(line, expected, played)
        if "place" in expected:
            found[unit]["place"] = ranked.get(line.key)
    return found


def ask_office(played: Played, town: Any, check: dict[str, Any], today: date) -> dict[str, Any]:
    span = read_span(check["period"], today)
    line = own_work(town, span, today)
    total = tally(town, span, today).total
    found = {}
    for code in check["expect"]:
        where = line if code in line.cells else total
        found[code] = where.text(code) or None
        if INDICATORS[code].measure == Shape.COUNT:
            found[code] = where.count(code)
    return found


def ask_sheet(played: Played, town: Any, check: dict[str, Any], today: date) -> dict[str, Any]:
    sheet = sheet_of(town, town.rounds[played.rounds[check["round"]]])
    ranked = sheet.places()
    found: dict[str, Any] = {}
    for code in check["expect"]:
        row = sheet.row(played.zones[code])
        if row is None or sheet.score(row) is None:
            found[code] = None
            continue
        off = {c: printed(row.off(c)) for c in sheet.weights if row.off(c)}
        found[code] = {"off": off, "score": sheet.printed(row), "place": ranked.get(row.zone)}
    return found


def ask_scores(played: Played, town: Any, check: dict[str, Any], today: date) -> dict[str, Any]:
    scores = unit_scores(town, read_span(check["period"], today), today)
    found: dict[str, Any] = {}
    for unit, expected in check["expect"].items():
        score = scores.scores.get(played.units[unit])
        if score is None:
            found[unit] = None
            continue
        values = {
            "parts": {part.code: printed(part.earned) for part in score.parts},
            "avail": printed(score.available),
            "base": printed(score.base) or None,
            "plus": printed(score.plus),
            "minus": printed(score.minus),
            "score": printed(score.score) or None,
            "place": scores.places.get(score.unit),
            "list": list_of(score, scores.scheme) or None,
        }
        found[unit] = {key: values[key] for key in expected}
    return found


def test_printed_shares_and_places() -> None:
    vector = json.loads((DATA / "metrics.json").read_text())
    for part, whole, text in vector["percent_pairs"]:
        assert (printed(percent(part, whole)) or None) == text
    ties = vector["ranking_ties"]
    ranked = places(dict(enumerate(Fraction(score) for score in ties["scores"])))
    assert [ranked[at] for at in range(len(ties["scores"]))] == ties["places"]
    dense = places({0: 3, 1: 3, 2: 2, 3: None}, dense=True)
    assert dense == {0: 1, 1: 1, 2: 2}


STATES = {
    "closed": State.CLOSED,
    "rectifying": State.RECTIFYING,
    "awaiting": State.AWAITING,
    "suspended": State.SUSPENDED,
    "void": State.VOID,
}


def built(key: int, told: dict[str, Any]) -> Item:
    """An item with one assignment as the vector of indicators tells it."""
    day = date.fromisoformat
    closed = told["state"] == "closed"
    looks = tuple(Inspection(on=day(on), passed=passed) for on, passed in told["insp"])
    outcomes = [Outcome.PASSED if look.passed else Outcome.FAILED for look in looks]
    feedbacks = tuple(
        Feedback(on=day(on), outcome=outcomes[at] if at < len(outcomes) else Outcome.PENDING)
        for at, on in enumerate(told["fb"])
    )
    ended = looks[-1].on if closed else day(told["due"]) if told["state"] == "void" else None
    assignment = Assignment(
        lead=1,
        issued_on=day(told["issued"]),
        orig_due=day(told["orig_due"]),
        due=day(told["due"]),
        extensions=told.get("ext", 0),
        feedbacks=feedbacks,
        inspections=looks,
        ended_on=ended,
        end=End.CLOSED if closed else End.VOID if ended else None,
        exempt_on=ended if told.get("exempt") else None,
    )
    held = told["state"] == "suspended"
    return Item(
        id=key,
        number=f"CW-2026-{key:04d}",
        state=STATES[told["state"]],
        assignments=(assignment,),
        pauses=(Pause(since=day("2026-03-20")),) if held else (),
    )


def test_the_indicators_of_one_unit() -> None:
    vector = json.loads((DATA / "metrics.json").read_text())
    town = Town()
    town.put("units", Unit(id=1, name="城管中队"))
    for key, told in enumerate(vector["assignments"], 1):
        town.put("items", built(key, told))
    line = tally(town, read_span("2026-03", date.min), date(2026, 4, 20)).line(1)
    assert line is not None
    assert {code: figure(line, code) for code in vector["expected"]} == vector["expected"]
