"""The portable record: every exported or imported field by key and type (docs/format.md 5)."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from msgspec import Struct

from core.model import Assignment, Item, Severity, State
from core.town.facts import Facts, done_on, overdue, overdue_since
from core.town.town import Town
from core.words.categories import CATEGORIES
from core.words.text import file_name, without_phones


class FieldType(StrEnum):
    """What a field holds, and so how a sheet shows it."""

    TEXT = "text"
    DATE = "date"
    LIST = "list"
    INT = "int"
    BOOL = "bool"
    STATE = "state"


class Field(Struct, frozen=True):
    """A field of the portable record. `derived` ones are null in a dry run."""

    key: str
    type: FieldType = FieldType.TEXT
    derived: bool = False


_D, _L, _I = FieldType.DATE, FieldType.LIST, FieldType.INT

FIELDS: tuple[Field, ...] = (
    Field("number"),
    Field("found_on", _D),
    Field("source"),
    Field("external_no"),
    Field("zone"),
    Field("zone_name"),
    Field("location"),
    Field("description"),
    Field("category"),
    Field("subcategory"),
    Field("severity"),
    Field("lead_unit"),
    Field("co_units", _L),
    Field("responsible"),
    Field("requirement"),
    Field("issued_on", _D),
    Field("due_on", _D),
    Field("work_until", _D),
    Field("measure"),
    Field("progress"),
    Field("feedback_on", _D),
    Field("photos_before", _L),
    Field("photos_after", _L),
    Field("inspection"),
    Field("inspected_on", _D),
    Field("inspector"),
    Field("closed_on", _D),
    Field("state", FieldType.STATE, derived=True),
    Field("level", _I, derived=True),
    Field("reworks", _I, derived=True),
    Field("reopened", _I, derived=True),
    Field("overdue", FieldType.BOOL, derived=True),
    Field("provisional", FieldType.BOOL, derived=True),
    Field("close_standard"),
    Field("part_of"),
    Field("merged_into"),
    Field("void_reason"),
    Field("plan_on", _D),
    Field("reporter"),
    Field("diary"),
    Field("note"),
    Field("round", derived=True),
    Field("revision", _I, derived=True),
)
"""In ledger order."""

ASKED: tuple[Field, ...] = (
    Field("overdue_workdays", _I, derived=True),
    Field("overdue_days", _I, derived=True),
)
"""Fields that go out only where they are asked for by name."""

KEYS: tuple[str, ...] = tuple(field.key for field in FIELDS)
TYPES: dict[str, FieldType] = {field.key: field.type for field in (*FIELDS, *ASKED)}
ASKED_KEYS: tuple[str, ...] = tuple(field.key for field in ASKED)
_RANKS: dict[str, dict[str, int]] = {
    "category": {name: rank for rank, name in enumerate(CATEGORIES)},
    "severity": {name: rank for rank, name in enumerate(Severity)},
    "state": {name: rank for rank, name in enumerate(State)},
}
"""Fields with an order of their own."""
OWN_COLUMNS = frozenset({"responsible", "measure", "progress", "feedback_on", "photos_after"})
"""What a unit fills in of a ledger it was given."""

PortableRecord = dict[str, Any]


class Projector:
    """Turns items into portable records; holds the names of units, zones and people."""

    def __init__(self, town: Town, today: date) -> None:
        self._town = town
        self._today = today
        self._facts = Facts(town, today)
        self._units = {unit.id: unit.name for unit in town.units.values()}
        self._zones = {zone.id: (zone.code, zone.name) for zone in town.zones.values()}
        self._rounds = {held.id: held.number for held in town.rounds.values()}
        self._people = {s.login: s.name or s.login for s in town.staff.values()}

    def person(self, login: str) -> str:
        """The name behind a login, or the text itself."""
        return self._people.get(login, login)

    def unit(self, key: int | None) -> str | None:
        """The name of a unit."""
        return self._units.get(key) if key is not None else None

    def record(self, item: Item) -> PortableRecord:
        """Every field of one item; empty ones are None, empty lists stay lists."""
        code, name = self._zones.get(item.zone or 0, (None, None))
        values: PortableRecord = dict.fromkeys(KEYS) | {"co_units": [], "photos_after": []}
        values.update(
            number=item.label or None,
            found_on=item.found_on,
            source=item.source or None,
            external_no=item.external_no or None,
            zone=code,
            zone_name=name,
            location=item.location or None,
            description=item.description or None,
            category=item.category or None,
            subcategory=item.subcategory or None,
            severity=item.severity or None,
            photos_before=_names(item.photos_before or self._town.whole_of(item).photos_before),
            closed_on=item.closed_on,
            state=item.state,
            level=item.level,
            reworks=item.reworks,
            reopened=item.reopened,
            overdue=overdue(item, self._today),
            provisional=bool(item.assignment and item.assignment.provisional),
            close_standard=item.close_standard or None,
            part_of=item.whole or None,
            merged_into=self._main(item),
            void_reason=void_reason(item),
            plan_on=item.plan_on,
            reporter=self.person(item.reporter) or None,
            diary=self._diary(item) or None,
            note=item.note or None,
            round=self._rounds.get(item.round or 0),
            revision=item.revision,
        )
        if item.assignment is not None and not item.parts:
            self._assigned(values, item.assignment)
        if item.fix is not None:
            values.update(
                measure=item.fix.measure or None,
                photos_after=_names(item.fix.photos),
                inspected_on=item.fix.on,
                inspector=self.person(item.fix.inspector),
            )
        return values

    def _diary(self, item: Item) -> str:
        """How it goes: the last line of a part or of its whole."""
        both = (*self._town.whole_of(item).diary, *item.diary) if item.part_of else item.diary
        last = max(both, key=lambda line: line.on, default=None)
        return f"{last.on.isoformat()} {last.text}" if last is not None else ""

    def _main(self, item: Item) -> str | None:
        """The item it was merged into."""
        main = self._town.held(item.merged_into) if item.merged_into is not None else None
        return main.label if main else None

    def asked(self, item: Item) -> PortableRecord:
        """The fields that go out only where they are asked for: how late the unit was, 0 if not."""
        since = overdue_since(item, self._today)
        return {
            "overdue_workdays": self._facts.overdue_days(item),
            "overdue_days": (done_on(item, self._today) - since).days if since else 0,
        }

    def _assigned(self, values: PortableRecord, assignment: Assignment) -> None:
        values.update(
            lead_unit=self.unit(assignment.lead),
            co_units=[self._units[u] for u in assignment.co if u in self._units],
            responsible=assignment.responsible or None,
            requirement=assignment.requirement or None,
            issued_on=assignment.issued_on,
            due_on=assignment.due,
            work_until=assignment.work_until,
            measure=assignment.measure or None,
            progress=assignment.progress or None,
        )
        feedback = assignment.feedback
        if feedback is not None:
            values.update(
                measure=feedback.measure or assignment.measure or None,
                progress=feedback.progress or assignment.progress or None,
                feedback_on=feedback.on,
                photos_after=_names(feedback.photos),
            )
        look = assignment.inspection
        if look is not None:
            values.update(
                inspection=look.finding or None,
                inspected_on=look.on,
                inspector=self.person(look.inspector) or None,
            )


def _names(photos: Iterable[str]) -> list[str]:
    """Photos as they go out: an older program took paths in."""
    return [file_name(photo) for photo in photos]


def in_order(records: Iterable[PortableRecord], by: Sequence[str]) -> list[PortableRecord]:
    """Records by some fields, the first one first; `-key` the other way round, empty ones last."""
    found = list(records)
    for each in reversed(by):
        key = each.removeprefix("-")
        filled = [record for record in found if record[key] not in (None, [])]
        empty = [record for record in found if record[key] in (None, [])]
        ranks = _RANKS.get(key)
        filled.sort(
            key=lambda r: ranks.get(r[key], len(ranks)) if ranks else r[key],
            reverse=each.startswith("-"),
        )
        found = filled + empty
    return found


def without_contacts(record: PortableRecord) -> tuple[PortableRecord, int]:
    """A record without mobile numbers, and how many fields had one."""
    changed: PortableRecord = {}
    for key, value in record.items():
        struck = value
        if isinstance(value, str) and TYPES[key] == FieldType.TEXT:
            struck = without_phones(value)
        elif isinstance(value, list):
            struck = [without_phones(each) for each in value]
        if struck != value:
            changed[key] = struck
    return ({**record, **changed} if changed else record), len(changed)


def void_reason(item: Item) -> str | None:
    """Why an item does not count: the kind, and what was said about it."""
    if item.state != State.VOID:
        return None
    return "：".join(part for part in (item.void_kind, item.void_note) if part) or None
