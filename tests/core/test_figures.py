"""Figures, sheets and scores of towns told in vectors hold, played through the product's own actions."""

import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from asking import ASK, figure
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
from core.stats.shares import percent, places, printed
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


@pytest.mark.parametrize(("vector", "check"), checks())
def test_a_vector(vector: dict[str, Any], check: dict[str, Any]) -> None:
    played = Played(vector)
    today = date.fromisoformat(check["today"])
    town = played.until(today)
    expected = check["expect"]
    found = ASK[check["ask"]](played, town, check, today)
    assert found == expected, check["why"]


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
