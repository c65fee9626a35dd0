"""Questions of the vectors about figures, sheets and scores, answered by the product."""

from collections.abc import Callable
from datetime import date
from typing import Any

from playing import Played

from core.calendar.spans import read_span
from core.stats.own_work import own_work
from core.stats.scoring.merit import list_of
from core.stats.scoring.round_sheet import sheet_of
from core.stats.scoring.scores import unit_scores
from core.stats.shares import places, printed
from core.stats.statistics import INDICATORS, Shape
from core.stats.tabulated import By, FigureLine
from core.stats.tally import tally


def figure(line: FigureLine, code: str) -> Any:
    """A figure as the vectors write it."""
    indicator = INDICATORS[code]
    if indicator.measure == Shape.COUNT:
        return line.count(code)
    return line.text(code) or None


def said_of(line: FigureLine, expected: dict[str, Any], played: Played) -> dict[str, Any]:
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


ASK: dict[str, Callable[[Played, Any, dict[str, Any], date], dict[str, Any]]] = {
    "stats": ask_stats,
    "units": ask_units,
    "office": ask_office,
    "sheet": ask_sheet,
    "scores": ask_scores,
}
