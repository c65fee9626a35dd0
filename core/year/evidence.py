"""What a summary is made from: as things are, or as they were when it was signed (docs/year.md 5)."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec

from core.calendar.periods import Stretch, read_period
from core.measures import Counted, Question
from core.measures.progress import record, with_targets
from core.model import Document, DocumentKind, DocumentState, name_at
from core.town.town import Town
from core.year.body import Moved, gaps_of, moved, said
from core.year.clauses import names_in
from core.year.problems import troubles
from core.year.stretch_numbers import Numbers


def asked_of(paper: Document, town: Town, today: date) -> Question:
    """The stretch of a summary, as far as a day."""
    return Question(town, read_period(paper.period, today))


def summary_evidence(paper: Document, town: Town, today: date) -> dict[str, Any]:
    """Everything a summary says, as data."""
    asked = asked_of(paper, town, today)
    numbers = Numbers(asked)
    names = names_at(town, asked.day)
    used = [n for each in paper.body if not each.off for n in names_in(each.text)]
    return {
        "kind": DocumentKind.SUMMARY.value,
        "office": town.settings.office,
        "number": paper.number,
        "day": (paper.signed_on or today).isoformat(),
        "period": paper.period,
        "chinese": asked.period.chinese,
        "until": "" if asked.period.over else asked.day.isoformat(),
        "paragraphs": [
            {
                "key": each.paragraph.key,
                "part": each.paragraph.part,
                "text": each.text,
                "template": each.paragraph.text,
            }
            for each in said(paper, numbers)
        ],
        "numbers": [
            {"name": name, **full(numbers(name), numbers.code(name), asked)}
            for name in dict.fromkeys(used)
        ],
        "targets": [record(each, names) for each in with_targets(asked)],
        "problems": msgspec.to_builtins(troubles(asked)),
        "gaps": [
            {"key": g.key, "mark": g.mark, "reason": g.accepted} for g in gaps_of(paper, numbers)
        ],
        "late": [msgspec.to_builtins(each) for each in came_late(paper, town, today)],
    }


def summaries(documents: Iterable[Document]) -> list[Document]:
    """Summaries among papers, by period."""
    held = [d for d in documents if d.kind == DocumentKind.SUMMARY and d.active]
    return sorted(held, key=lambda d: (d.period, d.id))


def summary_in(documents: Iterable[Document], period: str) -> Document | None:
    """The summary of a period that stands, or None."""
    held = (d for d in summaries(documents) if d.state != DocumentState.WITHDRAWN)
    return next((d for d in held if d.period == period), None)


def names_at(town: Town, day: date) -> dict[int, str]:
    """What every unit was called on a day."""
    return {unit.id: name_at(unit.name, unit.former, day) for unit in town.units.values()}


def full(counted: Counted, code: str, asked: Question) -> dict[str, Any]:
    """A number with everything told of its lines; units by their names on the last day asked about."""
    town, units = asked.town, names_at(asked.town, asked.day)
    zones = {z.id: z.code for z in town.zones.values()}
    return {
        "measure": code,
        "value": counted.printed_value,
        "text": counted.text,
        "lines": [
            {
                "ref": line.ref,
                "on": line.on.isoformat() if line.on else None,
                "unit": units.get(line.unit or 0),
                "zone": zones.get(line.zone or 0),
                "value": line.value,
            }
            for line in counted.lines
        ],
        "left_out": [{"ref": left.ref, "why": left.why} for left in counted.left_out],
        "notes": list(counted.notes),
    }


def trace_rows(told: dict[str, Any]) -> list[dict[str, Any]]:
    """Lines of a number told in full, and behind them what is left out, with why."""
    bare = dict.fromkeys(("on", "unit", "zone"))
    left = ({**bare, "ref": x["ref"], "value": "", "why": x["why"]} for x in told["left_out"])
    return [*(line | {"why": ""} for line in told["lines"]), *left]


def came_late(paper: Document, town: Town, today: date) -> list[Moved]:
    """补报说明: numbers of the summary signed before this one that are others now."""
    mine = read_period(paper.period, today)
    before: list[tuple[Stretch, Document]] = []
    for other in town.documents.values():
        if other.kind == DocumentKind.SUMMARY and other.holds:
            period = read_period(other.period, today)
            if period.last < mine.first or (period.first >= mine.first and period.last < mine.last):
                before.append((period, other))
    if not before:
        return []
    period, last = max(before, key=lambda pair: (pair[0].last, pair[1].id))
    found: dict[str, Any] = json.loads(last.evidence)
    drawn = {
        each["name"]: {
            "measure": each["measure"],
            "text": each["text"],
            "lines": [[line["ref"], line["value"]] for line in each["lines"]],
        }
        for each in found["numbers"]
    }
    return moved(json.dumps(drawn), Numbers(Question(town, period)))
