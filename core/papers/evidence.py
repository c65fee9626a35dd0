"""What a paper is made from: what was true of its items on the day it was signed.

Frozen with the document, so that the same paper can be made again although the items moved on. Values are JSON:
days as ISO text, counts as numbers.
"""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from core.model import Document, Item, Outcome, State
from core.town.facts import Facts, overdue
from core.town.town import Town
from core.words.dates import iso

ItemOf = Callable[[int], Item]


def evidence_of(
    document: Document, town: Town, day: date, item_of: ItemOf | None = None
) -> dict[str, Any]:
    """Everything the paper says, but for the words around it."""
    find = item_of or town.item
    facts = Facts(town, day)
    unit = town.units.get(document.unit or 0)
    return {
        "office": town.settings.office,
        "copies": town.settings.copies,
        "contact": town.settings.contact,
        "kind": document.kind.value,
        "template": town.settings.templates.get(document.kind.value, ""),
        "number": document.number,
        "day": day.isoformat(),
        "total": sum(
            d.active and d.kind == document.kind and bool(d.number) for d in town.documents.values()
        )
        + 1,
        "unit": unit.name if unit else "",
        "leader_post": unit.leader_post if unit else "",
        "work_until": iso(document.work_until),
        "reason": document.reason,
        "reference": document.reference,
        "text": document.text,
        "items": [_about(find(key), facts) for key in document.items],
    }


def _about(item: Item, facts: Facts) -> dict[str, Any]:
    town = facts.town
    zone = town.zones.get(item.zone or 0)
    assignment = item.assignment
    lead = town.units.get((assignment.lead if assignment else None) or 0)
    look = assignment.inspection if assignment else None
    claim = assignment.claim if assignment else None
    return {
        "number": item.label,
        "zone": zone.name if zone else "",
        "location": item.location,
        "description": item.description,
        "category": item.category,
        "subcategory": item.subcategory,
        "severity": item.severity,
        "unit": lead.name if lead else "",
        "responsible": assignment.responsible if assignment else "",
        "requirement": assignment.requirement if assignment else "",
        "close_standard": item.close_standard,
        "found_on": iso(item.found_on),
        "issued_on": iso(assignment.issued_on if assignment else None),
        "due": iso(assignment.due if assignment else None),
        "work_until": iso(assignment.work_until if assignment else None),
        "overdue": overdue(item, facts.today),
        "overdue_days": facts.overdue_days(item),
        "reworks": item.reworks,
        "reopened": item.reopened,
        "level": item.level,
        "finding": look.finding if look and not look.passed else "",
        "looked_on": iso(look.on if look else None),
        "claimed": claim is not None and claim.outcome == Outcome.PENDING,
        "closed": item.state == State.CLOSED,
    }


def evidence_in(paper: Document) -> dict[str, Any]:
    """What a signed circular says."""
    found: dict[str, Any] = json.loads(paper.evidence) if paper.evidence else {}
    return {"units": [], "problems": [], "total": {}, "lists": {}, "adjustments": []} | found
