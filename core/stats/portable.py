"""Figures and scores as portable records (docs/format.md 5)."""

from typing import Any

from core.model import name_at
from core.stats.scoring.scores import Score, Scores, scheme_of
from core.stats.shares import places
from core.stats.statistics import OF_UNITS, Shape
from core.stats.tabulated import By, FigureTable
from core.town.town import Town

Record = dict[str, Any]
_OF = {By.UNIT: "责任单位", By.ZONE: "责任区", By.CATEGORY: "问题类别", By.GROUP: "工作组"}
PARTS = {"zones": "责任区得分", "rectify": "整改得分", "files": "资料得分"}
SCORE_HEADERS = {
    "period": "期次",
    "place": "名次",
    "unit": "责任单位",
    **PARTS,
    "available": "可比分",
    "base": "基础分",
    "plus": "加分",
    "minus": "减分",
    "score": "得分",
}


def stats_headers(by: By) -> dict[str, str]:
    """The columns of a table of figures."""
    return {
        "period": "期次",
        "basis": "口径",
        by.value: _OF[by],
        **{each.code: each.chinese for each in OF_UNITS},
        "place": "名次",
        "score": "得分",
        **PARTS,
    }


def stats_records(town: Town, table: FigureTable, scores: Scores | None = None) -> list[Record]:
    """A line a record, by their places; rates and days are numbers, None where there is nothing below the line."""
    ranked: dict[Any, int] = dict(scores.places) if scores is not None else places_of(town, table)
    found = []
    for line in table.lines:
        score = scores.scores.get(line.key) if scores and isinstance(line.key, int) else None
        record: Record = {
            "period": table.span.code,
            "basis": "批次" if table.cohort else "滚动",
            table.by.value: label_of_line(town, table, line.key),
        }
        for each in OF_UNITS:
            text = line.text(each.code)
            whole = each.measure == Shape.COUNT
            record[each.code] = (int(text) if whole else float(text)) if text else None
        record["place"] = ranked.get(line.key)
        record["score"] = _number(score, "score")
        record |= _parts(score)
        found.append(record)
    return sorted(found, key=lambda r: (r["place"] is None, r["place"] or 0))


def _number(score: Score | None, name: str) -> float | None:
    value = getattr(score, name) if score is not None else None
    return None if value is None else round(float(value) + 1e-9, 2)


def _parts(score: Score | None) -> Record:
    parts = {part.code: part for part in score.parts} if score is not None else {}
    return {
        code: round(float(parts[code].earned) + 1e-9, 2) if code in parts else None
        for code in PARTS
    }


def places_of(town: Town, table: FigureTable) -> dict[Any, int]:
    """Places by 按期率, of lines that have something to close; none where one line stands alone."""
    if not table.ranked:
        return {}
    scheme = scheme_of(town, table.span.months[-1])
    return places(
        {line.key: line.rate("ontime_rate") for line in table.lines if line.count("need")},
        dense=scheme.ties == "dense",
    )


def label_of_line(town: Town, table: FigureTable, key: Any) -> str | None:
    """What a line is called; a unit by its name at the end of the stretch."""
    if key is None:
        return None
    if table.by == By.UNIT:
        unit = town.units.get(key)
        return name_at(unit.name, unit.former, table.until) if unit else None
    if table.by == By.ZONE:
        zone = town.zones.get(key)
        return f"{zone.code} {zone.name}" if zone else None
    return str(key)


def score_records(town: Town, scores: Scores) -> list[Record]:
    """A unit a record, by their places."""
    found = []
    for key, score in scores.scores.items():
        unit = town.units[key]
        found.append(
            {
                "period": scores.span.code,
                "place": scores.places.get(key),
                "unit": name_at(unit.name, unit.former, scores.table.until),
                **_parts(score),
                **{
                    name: _number(score, name)
                    for name in ("available", "base", "plus", "minus", "score")
                },
            }
        )
    return sorted(found, key=lambda r: (r["place"] is None, r["place"] or 0, -(r["score"] or 0)))
