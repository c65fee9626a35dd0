"""红黑榜 and the ladder of what follows a bad month; proposed, never acted on (docs/statistics.md 4)."""

from collections.abc import Collection, Sequence

from msgspec import Struct

from core.model import Scheme
from core.stats.scoring.scores import Score, Scores, ranked_by
from core.stats.shares import rounded

FAKE = "fake"
"""虚假整改: bars a unit from the red list."""


class Rung(Struct, frozen=True):
    """What a unit's month asks for."""

    unit: int
    step: str
    """named (点名), talk (约谈) or report (报党委政府通报批评)."""
    why: str
    """last (末位), running (连续末位) or rate (按期率低)."""
    months: int = 1
    """How many months running it was last."""


def list_of(score: Score, scheme: Scheme) -> str:
    """red, black or nothing, by what is printed."""
    if score.need < scheme.small_n:
        return ""
    value = ranked_by(score, scheme.list_by)
    if value is None:
        return ""
    if rounded(value) >= scheme.red:
        return "" if any(extra.kind == FAKE for extra in score.extras) else "red"
    return "black" if rounded(value) < scheme.black else ""


def last_of(scores: Scores) -> list[int]:
    """Who is last: of three or more that are placed, with a base that is not small; ties at the end all."""
    if len(scores.places) < 3:
        return []
    worst = max(scores.places.values())
    return [
        key
        for key, place in scores.places.items()
        if place == worst and scores.scores[key].need >= scores.scheme.small_n
    ]


def ladder(scores: Scores, earlier: Sequence[Collection[int]]) -> list[Rung]:
    """What a month asks for. `earlier` are the last ones of the signed months running before it, latest first."""
    scheme = scores.scheme
    found: dict[int, Rung] = {}
    for key in last_of(scores):
        months = 1
        for month in earlier:
            if key not in month:
                break
            months += 1
        if months >= scheme.report_last:
            found[key] = Rung(key, "report", "running", months)
        elif months >= scheme.talk_last:
            found[key] = Rung(key, "talk", "running", months)
        else:
            found[key] = Rung(key, "named", "last")
    for key, score in scores.scores.items():
        rate = score.line.rate("ontime_rate") if score.line else None
        if rate is None or score.need < scheme.small_n or rounded(rate) >= scheme.talk_rate:
            continue
        if key not in found or found[key].step == "named":
            found[key] = Rung(key, "talk", "rate")
    return list(found.values())
