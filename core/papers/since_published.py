"""公示后变动: what the signed circular says otherwise than the posted one, by unit and cause."""

from typing import Any

import msgspec

from core.model import Document
from core.papers.adjustments import given_called
from core.town.town import Town

_LISTS = ("issued", "closed", "ontime", "overdue_open")


def since_published(town: Town, paper: Document, now: dict[str, Any]) -> list[dict[str, Any]]:
    """Every assignment that stands in another list than when it was posted, and every score that moved."""
    then: dict[str, Any] = msgspec.json.decode(paper.published) if paper.published else {}
    found = []
    for code in _LISTS:
        before, after = (set(each.get("lists", {}).get(code, ())) for each in (then, now))
        found += [
            {
                "name": name,
                "list": code,
                "change": "out" if name in before else "in",
                "unit": _unit(town, name),
                "why": _why(town, name),
            }
            for name in sorted(before ^ after)
        ]
    scores = {unit["id"]: unit for unit in then.get("units", [])}
    for unit in now["units"]:
        old = scores.get(unit["id"], {}).get("score", "")
        if old != unit.get("score", ""):
            found.append(
                {
                    "name": "",
                    "list": "score",
                    "change": f"{old or '—'}→{unit.get('score') or '—'}",
                    "unit": unit["unit"],
                    "why": "",
                }
            )
    return found


def _unit(town: Town, name: str) -> str:
    given = given_called(town, name)
    unit = town.units.get((given.lead if given else None) or 0)
    return unit.name if unit else ""


def _why(town: Town, name: str) -> str:
    given = given_called(town, name)
    if given is None or not given.counts:
        return "gone"
    if given.it.exempt_on is not None:
        return "appeal"
    return "extended" if given.it.extensions else "corrected"
