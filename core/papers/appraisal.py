"""考核通报: everything a circular says, taken from records, figures and sheets (docs/circular.md 3).

Frozen when it is published and when it is signed; the paper is made of it and of nothing else.
"""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

import msgspec

from core.calendar.spans import Length, Span
from core.model import (
    HELD,
    ROUND_KINDS,
    Document,
    Round,
    Variant,
    name_at,
)
from core.papers.adjustments import adjustments
from core.papers.evidence import evidence_in
from core.papers.means import mean_places, signed_means
from core.papers.named_problems import assignments_in, former_problems, problems_in
from core.stats.own_work import own_work
from core.stats.recorded import signed_circulars, span_of
from core.stats.scoring.merit import ladder, last_of, list_of
from core.stats.scoring.round_sheet import Sheet, frozen_sheet, sheet_of
from core.stats.scoring.scores import Score, Scores, scheme_of, unit_scores
from core.stats.shares import places, printed
from core.stats.statistics import NOTED, OF_OFFICE, OF_UNITS
from core.stats.tabulated import By, FigureLine, FigureTable
from core.stats.tally import tally
from core.stats.trend import trend
from core.town.town import Town

Evidence = dict[str, Any]
VARIANTS: dict[Length, Variant] = {
    Length.MONTH: Variant.MONTH,
    Length.QUARTER: Variant.QUARTER,
    Length.HALF: Variant.HALF,
    Length.YEAR: Variant.YEAR,
}


def circular_evidence(document: Document, town: Town, day: date) -> Evidence:
    """All a circular says as of a day. The town must be complete."""
    span = span_of(document)
    table = tally(town, span, day)
    held = _rounds_in(town, span)
    found = _head(document, town, day, span, table)
    found["rounds"] = [_round(town, each) for each in held]
    sheets = {each.id: sheet_of(town, each) for each in held if each.counts and each.state in HELD}
    found["sheets"] = [_sheet(sheet) for sheet in sheets.values()]
    found["zones"] = _zones(town, list(sheets.values()), found["scheme"]["ties"] == "dense")
    scores = unit_scores(town, span, day, table) if span.length == Length.MONTH else None
    table = scores.table if scores is not None else table
    found["units"] = _units(town, span, table, scores, day)
    found |= _merits(town, span, scores)
    found["total"] = _figures(table.total, OF_UNITS) | _figures(
        own_work(town, span, day), OF_OFFICE
    )
    found["before"] = _before(document, town, span, day)
    found |= _charted(town, span, day)
    found["lists"] = {code: list(cell.listed) for code, cell in table.total.cells.items()}
    found["unit_lists"] = {
        str(line.key): {code: list(cell.listed) for code, cell in line.cells.items() if cell.listed}
        for line in table.lines
    }
    found["assignments"] = assignments_in(town, table)
    found["problems"] = problems_in(town, table)
    found["former"] = former_problems(document, town, span, table)
    found["adjustments"] = adjustments(town, span, day) if span.length == Length.MONTH else []
    if span.length == Length.YEAR:
        cohort = tally(town, span, day, cohort=True)
        found["cohort"] = [
            {"unit": _unit(town, line.key, table.until)} | _figures(line, OF_UNITS)
            for line in (*cohort.lines, cohort.total)
        ]
    return found


def _charted(town: Town, span: Span, day: date) -> Evidence:
    """The last months and the categories, for the charts of the workbook."""
    months = [
        {"period": month.code} | _figures(line, OF_UNITS) for month, line in trend(town, span, day)
    ]
    categories = [
        {"category": line.key or "", **_figures(line, OF_UNITS)}
        for line in tally(town, span, day, By.CATEGORY).lines
    ]
    return {"trend": months, "categories": categories}


def _head(document: Document, town: Town, day: date, span: Span, table: FigureTable) -> Evidence:
    settings = town.settings
    return {
        "office": settings.office,
        "copies": settings.copies,
        "contact": settings.contact,
        "kind": document.kind.value,
        "template": "",
        "number": document.number,
        "day": day.isoformat(),
        "period": span.code,
        "variant": document.variant,
        "until": table.until.isoformat(),
        "published_on": document.published_on.isoformat() if document.published_on else "",
        "scheme": msgspec.to_builtins(msgspec.structs.asdict(scheme_of(town, span.months[-1]))),
        "texts": dict(document.texts),
        "provisional": table.provisional,
        "notes": {code: table.total.count(code) for code in NOTED},
    }


def _rounds_in(town: Town, span: Span) -> list[Round]:
    """The rounds of a stretch, those that were not held too."""
    held = [each for each in town.rounds.values() if each.active and each.held_on in span]
    return sorted(held, key=lambda each: (each.held_on, each.id))


def _round(town: Town, held: Round) -> Evidence:
    sheet = sheet_of(town, held)
    return {
        "number": held.number,
        "kind": ROUND_KINDS[held.kind],
        "state": held.state.value,
        "on": held.held_on.isoformat(),
        "counts": held.counts,
        "why": held.why,
        "zones": len(sheet.rows),
        "seen": sum(row.seen for row in sheet.rows),
        "finds": sum(len(row.finds) for row in sheet.rows),
    }


def _sheet(sheet: Sheet) -> Evidence:
    text, digest = frozen_sheet(sheet)
    found: Evidence = msgspec.json.decode(text)
    return found | {"digest": digest}


def _zones(town: Town, sheets: list[Sheet], dense: bool) -> list[Evidence]:
    """Every zone that was to be seen, by its place: its score is the mean over the rounds."""
    rows: dict[int, list[tuple[Sheet, Any]]] = {}
    for sheet in sheets:
        for row in sheet.rows:
            rows.setdefault(row.zone, []).append((sheet, row))
    means: dict[int, Fraction | None] = {}
    for zone, several in rows.items():
        scored = [s for sheet, row in several if (s := sheet.score(row)) is not None]
        means[zone] = sum(scored, Fraction(0)) / len(scored) if scored else None
    ranked = places(means, dense=dense)
    found = []
    for zone, several in rows.items():
        last = several[-1][1]
        off: dict[str, Any] = {}
        for sheet, row in several:
            for category in sheet.weights:
                off[category] = off.get(category, 0) + row.off(category)
        worst = max(off, key=lambda c: off[c], default="")
        lead = town.units.get(last.lead or 0)
        found.append(
            {
                "code": last.code,
                "name": last.name,
                "lead": lead.name if lead else "",
                "score": printed(means[zone]),
                "place": ranked.get(zone),
                "why": "；".join(row.why for _sheet, row in several if row.why),
                "worst": worst if worst and off[worst] else "",
                "off": {c: printed(v) for c, v in off.items() if v},
            }
        )
    return sorted(found, key=lambda z: (z["place"] is None, z["place"] or 0, z["code"]))


def _unit(town: Town, key: Any, day: date) -> str:
    unit = town.units.get(key) if isinstance(key, int) else None
    return name_at(unit.name, unit.former, day) if unit is not None else ""


def _figures(line: FigureLine, indicators: Iterable[Any]) -> dict[str, str]:
    return {each.code: line.text(each.code) for each in indicators}


def _units(
    town: Town, span: Span, table: FigureTable, scores: Scores | None, day: date
) -> list[Evidence]:
    """Every unit with its figures, by its place; those without one last."""
    means = {} if scores is not None else signed_means(town, span)
    keys = [line.key for line in table.lines if isinstance(line.key, int)]
    keys += [key for key in (*(scores.scores if scores else ()), *means) if key not in keys]
    small = scheme_of(town, span.months[-1]).small_n
    ranked = scores.places if scores is not None else mean_places(table, means)
    found = []
    for key in keys:
        line = table.line(key)
        unit = town.units.get(key)
        score = scores.scores.get(key) if scores is not None else None
        row: Evidence = {
            "unit": _unit(town, key, table.until),
            "id": key,
            "retired": unit is not None and not unit.active,
            "absorbed": [_unit(town, each, day) for each in (line.absorbed if line else ())],
            "place": ranked.get(key),
            "small": line.small(small) if line else False,
            "figures": _figures(line, OF_UNITS) if line else {},
        }
        row |= _scored(score) if score is not None else means.get(key, {"score": ""})
        if score is not None and scores is not None:
            row["list"] = list_of(score, scores.scheme)
        found.append(row)
    return sorted(found, key=lambda u: (u["place"] is None, u["place"] or 0, u["unit"]))


def _scored(score: Score) -> Evidence:
    return {
        "score": printed(score.score),
        "base": printed(score.base),
        "plus": printed(score.plus),
        "minus": printed(score.minus),
        "available": printed(score.available),
        "parts": {
            part.code: {"of": printed(part.available), "earned": printed(part.earned)}
            for part in score.parts
        },
        "extras": [msgspec.to_builtins(extra) for extra in score.extras],
    }


def _merits(town: Town, span: Span, scores: Scores | None) -> Evidence:
    """红黑榜, the last ones, what is proposed, and the months without a signed circular."""
    signed = signed_circulars(town)
    if scores is None:
        missing = [month.code for month in span.months if month not in signed]
        return {"red": [], "black": [], "last": [], "ladder": [], "missing": missing}
    by_list: dict[str, list[int]] = {"red": [], "black": []}
    for key, score in scores.scores.items():
        name = list_of(score, scores.scheme)
        if name:
            by_list[name].append(key)
    earlier = []
    month = span.before
    while month in signed:
        earlier.append(evidence_in(signed[month]).get("last", []))
        month = month.before
    return by_list | {
        "last": last_of(scores),
        "ladder": [
            msgspec.to_builtins(rung) | {"name": _unit(town, rung.unit, scores.table.until)}
            for rung in ladder(scores, earlier)
        ],
        "missing": [],
    }


def _before(document: Document, town: Town, span: Span, day: date) -> Evidence | None:
    """The stretch before: its signed circular, else what is known of it; nothing where there was nothing."""
    assert document.variant is not None
    signed = signed_circulars(town, document.variant).get(span.before)
    if signed is not None:
        total = evidence_in(signed)["total"]
        return {"period": span.before.code, "number": signed.number, "live": False, "total": total}
    line = tally(town, span.before, day).total
    if not line.count("issued") and not line.count("need"):
        return None
    total = _figures(line, OF_UNITS)
    return {"period": span.before.code, "number": "", "live": True, "total": total}
