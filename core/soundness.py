"""Whether what is stored keeps the rules: every record as it stands, and every step that led there.

Deciding lets nothing else in; this finds what a fault of a program or a hand in the files has done.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from core.model import (
    LEFT_STATES,
    Assignment,
    Counter,
    Document,
    Event,
    Find,
    Item,
    Mark,
    Outcome,
    Record,
    Request,
    Responsibility,
    Role,
    Settings,
    Side,
    State,
    Visit,
    table_of,
)
from core.papers.numbering import series_of
from core.registers import REGISTERS
from core.words.canonical import digest_of
from core.workflow import TABLE

ISSUED = (State.RECTIFYING, State.AWAITING)
NUMBERLESS = (State.REPORTED, *LEFT_STATES)
ANY_STEP = frozenset({"undo", "move_in"})
"""What may lead from any state to any other."""
MOVES_DUE = frozenset({"extend", "correct", "resume", "merge", "recount"}) | ANY_STEP
"""The only verbs that move the `due` of an assignment."""

Tables = Mapping[str, Mapping[int, Record]]


class Fault(Struct, frozen=True):
    """One rule that does not hold for one record."""

    code: str
    table: str
    record: int
    fields: dict[str, Any] = {}


def record_faults(tables: Tables) -> Iterator[Fault]:
    """Rules that records keep at any moment: references, numbers, what each state needs."""
    yield from _references(tables)
    yield from _numbers(tables)
    for item in tables["items"].values():
        if isinstance(item, Item):
            for code in _item_codes(item):
                yield Fault(code, "items", item.id, {"number": item.label})


def _item_codes(item: Item) -> Iterator[str]:
    opened = [a for a in item.assignments if not a.over]
    last = item.assignment
    moved_in = item.accepted_on is None
    """Taken over as it stood: nothing is known of its way (docs/domain.md 8)."""
    if item.state not in NUMBERLESS and not item.label:
        yield "without_number"
    if item.state not in NUMBERLESS and not item.number and not moved_in:
        yield "without_number"
    if item.state in ISSUED and not item.parts and (last is None or last.over):
        yield "no_open_assignment"
    if len(opened) > 1 or (opened and opened[0] is not last):
        yield "several_open_assignments"
    if (
        item.state == State.AWAITING
        and last
        and (last.claim is None or last.claim.outcome != Outcome.PENDING)
    ):
        yield "awaits_nothing"
    if item.state == State.CLOSED and not moved_in and (item.closed_on is None or opened):
        yield "closed_without_end"
    if item.state == State.MERGED and item.merged_into is None:
        yield "merged_into_nothing"
    if not 0 <= item.level <= item.level_max or (item.state == State.CLOSED and item.level):
        yield "wrong_level"
    if [a.no for a in item.assignments] != list(range(1, len(item.assignments) + 1)):
        yield "assignments_misnumbered"


def _references(tables: Tables) -> Iterator[Fault]:
    for name, rows in tables.items():
        for record in rows.values():
            for field, target, key in pointers(record):
                if key is not None and key not in tables[target]:
                    yield Fault("dangling", name, record.id, {"field": field, "value": str(key)})


def pointers(record: Record) -> Iterator[tuple[str, str, int | None]]:
    """The records a record names: field, table and id of each."""
    match record:
        case Item():
            yield "zone", "zones", record.zone
            yield "merged_into", "items", record.merged_into
            yield "round", "rounds", record.round
            yield "part_of", "items", record.part_of
            yield "recurrence_of", "items", record.recurrence_of
            for line in record.diary:
                yield "unit", "units", line.on_behalf_of
            for part in record.parts:
                yield "parts", "items", part
            for assignment in record.assignments:
                for unit in (assignment.lead, *assignment.co):
                    yield "lead_unit", "units", unit
                if assignment.feedback is not None:
                    yield "unit", "units", assignment.feedback.on_behalf_of
            if record.proposed is not None:
                for unit in (record.proposed.lead, *record.proposed.co):
                    yield "lead_unit", "units", unit
        case Request():
            yield "item", "items", record.item or None
            yield "find", "finds", record.asked.find
            yield "points", "points", record.asked.points
            for unit in (record.asked.unit, *record.asked.co, record.on_behalf_of):
                yield "unit", "units", unit
        case Responsibility():
            yield "zone", "zones", record.zone
            yield "unit", "units", record.unit
        case Document():
            yield "unit", "units", record.unit
            for item in record.items:
                yield "items", "items", item
        case Visit() | Find() | Mark():
            yield from _of_round(record)
        case Settings() | Counter() | Side() | Event():
            return
        case _:
            yield from REGISTERS[table_of(type(record))].pointers(record)


def _of_round(record: Visit | Find | Mark) -> Iterator[tuple[str, str, int | None]]:
    yield "round", "rounds", record.round
    if isinstance(record, Mark):
        yield "unit", "units", record.unit
        return
    yield "zone", "zones", record.zone
    if isinstance(record, Find):
        yield "number", "items", record.item
        yield "twin", "items", record.twin


def _numbers(tables: Tables) -> Iterator[Fault]:
    owners: dict[str, int] = {}
    highest: dict[str, int] = {}
    for item in tables["items"].values():
        assert isinstance(item, Item)
        for number in (item.report_no, item.number):
            if not number:
                continue
            if owners.setdefault(number, item.id) != item.id:
                yield Fault("double_number", "items", item.id, {"number": number})
            series, _dash, seq = number.rpartition("-")
            if item.part_of is None and seq.isascii() and seq.isdigit() and len(seq) < 10:
                highest[series] = max(highest.get(series, 0), int(seq))
    for document in tables["documents"].values():
        assert isinstance(document, Document)
        if not document.number:
            continue
        series = series_of(document.kind, document.year)
        if owners.setdefault(f"{series}-{document.seq}", document.id) != document.id:
            yield Fault("double_number", "documents", document.id, {"number": document.number})
        highest[series] = max(highest.get(series, 0), document.seq)
        if digest_of(document.evidence) != document.digest:
            yield Fault("evidence_changed", "documents", document.id, {"number": document.number})
    last = {c.name: c.last for c in tables["counters"].values() if isinstance(c, Counter)}
    for series, most in highest.items():
        if most > last.get(series, 0):
            yield Fault("counter_behind", "counters", 0, {"value": series})


class StepsFollowed:
    """Follows items from transaction to transaction and says which steps no rule allows."""

    def __init__(self) -> None:
        self._fed_back: dict[int, str] = {}
        """Who fed back on an item for nobody but themselves, while that stands."""

    def faults(
        self, changes: Iterable[tuple[Record | None, Record]], events: Iterable[Event]
    ) -> Iterator[Fault]:
        """The faults of one transaction: its records before and after, its lines of history."""
        told: dict[int, list[Event]] = {}
        for event in events:
            if not event.actor:
                yield Fault("no_actor", event.table, event.record)
            if event.table == "items":
                told.setdefault(event.record, []).append(event)
        for old, new in changes:
            if isinstance(new, Item) and (old is None or isinstance(old, Item)):
                for code in self._step(old, new, told.get(new.id, [])):
                    yield Fault(code, "items", new.id, {"number": new.label})

    def _step(self, old: Item | None, new: Item, events: list[Event]) -> Iterator[str]:
        verbs = {event.action for event in events}
        if not events:
            yield "untold"
            return
        yield from self._road(old, new, events)
        if old is None:
            return
        if old.number and new.number != old.number:
            yield "number_changed"
        if not verbs & MOVES_DUE and _moved_due(old.assignments, new.assignments):
            yield "due_moved"
        if new.reworks < old.reworks and not verbs & ANY_STEP:
            yield "reworks_fell"
        if new.level_max < old.level_max and not verbs & ANY_STEP:
            yield "wrong_level"

    def _road(self, old: Item | None, new: Item, events: list[Event]) -> Iterator[str]:
        """Each event starts where the one before ended, by a verb and a role that may do it."""
        state = str(old.state) if old else ""
        for event in events:
            moves = bool(event.to_state)
            if moves and event.from_state != state and event.action not in ANY_STEP:
                yield "off_the_road"
            if moves:
                state = event.to_state
            transition = TABLE.get(event.action)
            if transition is not None:
                if event.from_state and (
                    event.from_state not in transition.sources
                    or (transition.targets and event.to_state not in transition.targets)
                ):
                    yield "off_the_road"
                allowed = {*transition.roles, *transition.approves, Role.LEADER}
                if event.role and event.role not in allowed:
                    yield "wrong_role"
            if event.action == "submit":
                self._fed_back[new.id] = "" if event.on_behalf_of is not None else event.actor
            elif event.action == "pass" and self._fed_back.get(new.id) == event.actor:
                yield "closed_own"
            elif event.action in ("withdraw", "fail", "undo"):
                self._fed_back.pop(new.id, None)
        if state != new.state:
            yield "untold"


def _moved_due(old: tuple[Assignment, ...], new: tuple[Assignment, ...]) -> bool:
    before = {a.no: a.due for a in old}
    return any(a.no in before and before[a.no] != a.due for a in new)


__all__ = ["Fault", "StepsFollowed", "record_faults"]
