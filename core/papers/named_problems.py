"""The items a circular names: one by one, those that stand out, and what became of those named before."""

from typing import Any

from core.calendar.spans import Span
from core.model import Document, End
from core.papers.adjustments import details_of, given_called
from core.papers.evidence import evidence_in
from core.stats.recorded import signed_circulars
from core.stats.standing import given_of
from core.stats.tabulated import FigureTable
from core.town.town import Town

Evidence = dict[str, Any]
REWORKS = 2
"""Failed looks from which a problem stands out."""


def assignments_in(town: Town, table: FigureTable) -> list[Evidence]:
    """交办明细: what was issued in the stretch, or is in its denominators."""
    cells = table.total.cells
    names = dict.fromkeys(
        n for code in ("issued", "need", "awaiting", "suspended") for n in cells[code].listed
    )
    marks = {
        name: code
        for code in ("issued", "awaiting", "suspended", "overdue_closed", "overdue_open", "ontime")
        for name in cells[code].listed
    }
    return [details_of(town, name, table.until) | {"verdict": marks[name]} for name in names]


def problems_in(town: Town, table: FigureTable) -> list[Evidence]:
    """五、突出问题: each item once under the first that holds, by unit."""
    seen: set[str] = set()
    found: dict[str, list[Evidence]] = {}
    for why, names in _standing_out(town, table):
        for name in names:
            label = name.rpartition("/")[0]
            if label not in seen:
                seen.add(label)
                told = details_of(town, name, table.until)
                found.setdefault(told["unit"], []).append(told | {"why": why})
    return [{"unit": unit, "items": items} for unit, items in found.items()]


def _standing_out(town: Town, table: FigureTable) -> list[tuple[str, list[str]]]:
    cells = table.total.cells
    reworked, planned = [], []
    for item in town.items.values():
        for given in given_of(item, town):
            if not given.counts or not given.open_at(table.until):
                continue
            looks = (look for look in given.it.inspections if look.on and look.on <= table.until)
            if sum(not look.passed for look in looks) >= REWORKS:
                reworked.append(given.name)
            due = item.plan_on is not None and item.plan_on <= table.until
            if due and given.suspended_at(table.until):
                planned.append(given.name)
    return [
        ("overdue", list(cells["overdue_open"].listed)),
        ("rework", reworked),
        ("relapsed", list(cells["relapsed"].listed)),
        ("plan_due", planned),
    ]


def former_problems(
    document: Document, town: Town, span: Span, table: FigureTable
) -> list[Evidence]:
    """六、前期问题整改: what the last circular named, and whether it is done."""
    assert document.variant is not None
    last = signed_circulars(town, document.variant).get(span.before)
    if last is None:
        return []
    found = []
    for told in (each for group in evidence_in(last)["problems"] for each in group["items"]):
        given = given_called(town, told["name"])
        if given is not None and given.counts:  # else 调整说明 tells of it
            ended = given.it.ended_on
            done = given.end == End.CLOSED and ended is not None and ended <= table.until
            found.append({**told, "done": done})
    return found
