"""Who is due for a notice or a circular (docs/domain.md 3, T20, T21): proposed, never acted on."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from core.guards import CRITICISED, level_first
from core.model import OPEN_STATES, TO_A_UNIT, Document, DocumentState, Item, State, Trigger
from core.model import DocumentKind as K
from core.town.facts import REWORKS, Facts, overdue
from core.town.town import Town

_ORDER = (K.ASSIGNMENT, K.CIRCULAR, K.SUPERVISION)


class Candidate(Struct, frozen=True):
    """One unit, and the items for which a paper of a kind is due; the most overdue first."""

    kind: K
    unit: int
    items: tuple[Item, ...]


def candidates(town: Town, today: date, units: Iterable[int] | None = None) -> list[Candidate]:
    """An assignment list for what was issued today; a notice where an item is a working day overdue
    or was put right badly twice; a circular where the day a notice set has passed."""
    facts = Facts(town, today)
    listed = {
        (document.kind, key)
        for document in town.documents.values()
        if document.active
        and (
            document.state == DocumentState.DRAFTED
            or (document.kind == K.ASSIGNMENT and document.state != DocumentState.WITHDRAWN)
        )
        for key in document.items
    }
    """What stands on a draft, or on an assignment list, already."""
    found: dict[tuple[K, int], list[Item]] = {}
    wanted = None if units is None else set(units)
    for item in town.in_state(State.RECTIFYING):
        assignment = item.assignment
        if assignment is None or assignment.lead is None:
            continue
        if wanted is not None and assignment.lead not in wanted:
            continue
        if assignment.issued_on == today and (K.ASSIGNMENT, item.id) not in listed:
            found.setdefault((K.ASSIGNMENT, assignment.lead), []).append(item)
        kind = _due(item, facts)
        if kind is not None and (kind, item.id) not in listed:
            found.setdefault((kind, assignment.lead), []).append(item)
    made = [
        Candidate(kind, unit, tuple(sorted(items, key=lambda i: (-facts.overdue_days(i), i.id))))
        for (kind, unit), items in found.items()
    ]
    return sorted(made, key=lambda c: (_ORDER.index(c.kind), -len(c.items), c.unit))


def _due(item: Item, facts: Facts) -> K | None:
    if facts.circular_due(item):
        return K.CIRCULAR
    return K.SUPERVISION if facts.notice_due(item) else None


def batch_of(town: Town, unit: int, day: date) -> list[Item]:
    """What a unit was given on a day: the items of its assignment list."""
    return [
        item
        for item in town.in_state(State.RECTIFYING)
        if item.assignment and item.assignment.lead == unit and item.assignment.issued_on == day
    ]


def trigger_of(item: Item, day: date) -> Trigger | None:
    """Why an item is supervised where nobody says; None where nothing speaks for it."""
    if overdue(item, day):
        return Trigger.OVERDUE
    return Trigger.REWORK if item.reworks >= REWORKS else None


def late_of(items: Iterable[Item], kind: K, facts: Facts) -> list[Item]:
    """Of some items those that are late; for a talk those a circular has named, or all where none is.

    Of the latter the draft says which one is not so far.
    """
    late = [item for item in items if facts.overdue(item)]
    if kind != K.TALK:
        return late
    return [item for item in late if level_first(item, CRITICISED) is None] or late


def overtaken(document: Document, town: Town) -> bool:
    """Whether a draft can no longer be signed as it stands: its items went another way."""
    if document.state != DocumentState.DRAFTED:
        return False
    items = [town.items[key] for key in document.items if key in town.items]
    if document.kind in TO_A_UNIT:
        return any(i.holder != document.unit or i.state not in OPEN_STATES for i in items)
    return document.kind == K.CIRCULAR and any(i.state not in OPEN_STATES for i in items)


def drafted_already(town: Town, kind: K, items: Iterable[int]) -> list[Document]:
    """Drafts of a kind that are about some of these items."""
    wanted = set(items)
    return [
        d
        for d in town.documents.values()
        if d.active
        and d.state == DocumentState.DRAFTED
        and d.kind == kind
        and wanted & set(d.items)
    ]


def by_addressee(items: Iterable[Item], kind: K) -> dict[int | None, tuple[Item, ...]]:
    """Items by the unit a paper about them goes to; all together where it goes to everybody."""
    found: dict[int | None, tuple[Item, ...]] = {}
    for item in items:
        lead = item.assignment.lead if item.assignment and kind in TO_A_UNIT else None
        found[lead] = (*found.get(lead, ()), item)
    return found
