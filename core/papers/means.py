"""Scores of a quarter, a half or a year: the mean of a unit's signed month scores."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from core.calendar.spans import Span
from core.papers.evidence import evidence_in
from core.stats.recorded import signed_circulars
from core.stats.shares import places, printed
from core.stats.tabulated import FigureTable
from core.town.town import Town

Evidence = dict[str, Any]


def signed_means(town: Town, span: Span) -> dict[int, Evidence]:
    """The mean of a unit's signed month scores within a longer stretch, and of how many."""
    signed = signed_circulars(town)
    scores: dict[int, list[str]] = {}
    for month in span.months:
        if month not in signed:
            continue
        for unit in evidence_in(signed[month])["units"]:
            if unit.get("score"):
                scores.setdefault(unit["id"], []).append(unit["score"])
    return {
        key: {
            "score": printed(sum(map(Fraction, several), Fraction(0)) / len(several)),
            "months": len(several),
        }
        for key, several in scores.items()
    }


def mean_places(table: FigureTable, means: Mapping[int, Evidence]) -> dict[int, int]:
    """The place of each unit by its mean."""
    return places(
        {
            key: Fraction(mean["score"])
            for key, mean in means.items()
            if (line := table.line(key)) is not None and line.count("need")
        }
    )
