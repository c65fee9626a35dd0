"""The portable record: every exported or imported field by key and type (docs/format.md 5)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from msgspec import Struct

from core.model import Assignment, Item, Severity, State
from core.town.facts import Facts, done_on, overdue, overdue_since
from core.town.town import Town
from core.words.categories import CATEGORIES
from core.words.text import file_name, has_phone, without_phones


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
    made: "Callable[[Subject], Any]"
    """Its value of an item; None where there is nothing, lists stay lists."""
    type: FieldType = FieldType.TEXT
    derived: bool = False


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
        subject = Subject(self, item)
        return {key: made(subject) for key, made in _MADE}

    def values(self, item: Item, keys: Iterable[str]) -> list[Any]:
        """Some fields of one item."""
        subject = Subject(self, item)
        return [_BY_KEY[key](subject) for key in keys]

    def zone(self, item: Item) -> tuple[str | None, str | None]:
        """Code and name of its zone."""
        return self._zones.get(item.zone or 0, (None, None))

    def round(self, item: Item) -> str | None:
        """The number of the round it was found in."""
        return self._rounds.get(item.round or 0)

    def units(self, keys: Iterable[int]) -> list[str]:
        """The names of those units that are here."""
        return [self._units[key] for key in keys if key in self._units]

    def photos_before(self, item: Item) -> list[str]:
        """Its photos, those of its whole where a part has none."""
        return _files(item.photos_before or self._town.whole_of(item).photos_before)

    def late(self, item: Item) -> bool:
        """Whether its unit is or was late."""
        return overdue(item, self._today)

    def diary(self, item: Item) -> str | None:
        """How it goes: the last line of a part or of its whole."""
        both = (*self._town.whole_of(item).diary, *item.diary) if item.part_of else item.diary
        last = max(both, key=lambda line: line.on, default=None)
        return f"{last.on.isoformat()} {last.text}" if last is not None else None

    def main(self, item: Item) -> str | None:
        """The number of the item it was merged into."""
        main = self._town.held(item.merged_into) if item.merged_into is not None else None
        return main.label if main else None

    def overdue_workdays(self, item: Item) -> int:
        """Working days its unit was late, 0 if it was not."""
        return self._facts.overdue_days(item)

    def overdue_days(self, item: Item) -> int:
        """Days its unit was late, 0 if it was not."""
        since = overdue_since(item, self._today)
        return (done_on(item, self._today) - since).days if since else 0


_NOTHING = Assignment()


class Subject:
    """One item, with what several of its fields come from."""

    __slots__ = ("feedback", "given", "item", "look", "names")

    def __init__(self, names: Projector, item: Item) -> None:
        self.names = names
        self.item = item
        self.given = (None if item.parts else item.assignment) or _NOTHING
        """What its unit was given, an empty one where nothing was; of a whole, its parts were."""
        self.feedback = self.given.feedback
        self.look = self.given.inspection


def _measure(of: Subject) -> str | None:
    """As it was noted on the spot, else by the last feedback, else as the unit said."""
    if of.item.fix is not None:
        return of.item.fix.measure or None
    return (of.feedback.measure if of.feedback else "") or of.given.measure or None


def _progress(of: Subject) -> str | None:
    return (of.feedback.progress if of.feedback else "") or of.given.progress or None


def _photos_after(of: Subject) -> list[str]:
    done = of.item.fix or of.feedback
    return _files(done.photos) if done else []


def _inspected_on(of: Subject) -> date | None:
    look = of.item.fix or of.look
    return look.on if look else None


def _inspector(of: Subject) -> str | None:
    look = of.item.fix or of.look
    return (of.names.person(look.inspector) or None) if look else None


def _provisional(of: Subject) -> bool:
    return bool(of.item.assignment and of.item.assignment.provisional)


def _files(photos: Iterable[str]) -> list[str]:
    """Photos as they go out: an older program took paths in."""
    return [file_name(photo) for photo in photos]


_D, _L, _I = FieldType.DATE, FieldType.LIST, FieldType.INT

FIELDS: tuple[Field, ...] = (
    Field("number", lambda of: of.item.label or None),
    Field("found_on", lambda of: of.item.found_on, _D),
    Field("source", lambda of: of.item.source or None),
    Field("external_no", lambda of: of.item.external_no or None),
    Field("zone", lambda of: of.names.zone(of.item)[0]),
    Field("zone_name", lambda of: of.names.zone(of.item)[1]),
    Field("location", lambda of: of.item.location or None),
    Field("description", lambda of: of.item.description or None),
    Field("category", lambda of: of.item.category or None),
    Field("subcategory", lambda of: of.item.subcategory or None),
    Field("severity", lambda of: of.item.severity or None),
    Field("lead_unit", lambda of: of.names.unit(of.given.lead)),
    Field("co_units", lambda of: of.names.units(of.given.co), _L),
    Field("responsible", lambda of: of.given.responsible or None),
    Field("requirement", lambda of: of.given.requirement or None),
    Field("issued_on", lambda of: of.given.issued_on, _D),
    Field("due_on", lambda of: of.given.due, _D),
    Field("work_until", lambda of: of.given.work_until, _D),
    Field("measure", _measure),
    Field("progress", _progress),
    Field("feedback_on", lambda of: of.feedback.on if of.feedback else None, _D),
    Field("photos_before", lambda of: of.names.photos_before(of.item), _L),
    Field("photos_after", _photos_after, _L),
    Field("inspection", lambda of: (of.look.finding or None) if of.look else None),
    Field("inspected_on", _inspected_on, _D),
    Field("inspector", _inspector),
    Field("closed_on", lambda of: of.item.closed_on, _D),
    Field("state", lambda of: of.item.state, FieldType.STATE, derived=True),
    Field("level", lambda of: of.item.level, _I, derived=True),
    Field("reworks", lambda of: of.item.reworks, _I, derived=True),
    Field("reopened", lambda of: of.item.reopened, _I, derived=True),
    Field("overdue", lambda of: of.names.late(of.item), FieldType.BOOL, derived=True),
    Field("provisional", _provisional, FieldType.BOOL, derived=True),
    Field("close_standard", lambda of: of.item.close_standard or None),
    Field("part_of", lambda of: of.item.whole or None),
    Field("merged_into", lambda of: of.names.main(of.item)),
    Field("void_reason", lambda of: void_reason(of.item)),
    Field("plan_on", lambda of: of.item.plan_on, _D),
    Field("reporter", lambda of: of.names.person(of.item.reporter) or None),
    Field("diary", lambda of: of.names.diary(of.item)),
    Field("note", lambda of: of.item.note or None),
    Field("round", lambda of: of.names.round(of.item), derived=True),
    Field("revision", lambda of: of.item.revision, _I, derived=True),
)
"""In ledger order."""

ASKED: tuple[Field, ...] = (
    Field("overdue_workdays", lambda of: of.names.overdue_workdays(of.item), _I, derived=True),
    Field("overdue_days", lambda of: of.names.overdue_days(of.item), _I, derived=True),
)
"""Fields that go out only where they are asked for by name."""

KEYS: tuple[str, ...] = tuple(field.key for field in FIELDS)
TYPES: dict[str, FieldType] = {field.key: field.type for field in (*FIELDS, *ASKED)}
ASKED_KEYS: tuple[str, ...] = tuple(field.key for field in ASKED)
_MADE = tuple((field.key, field.made) for field in FIELDS)
_BY_KEY = {field.key: field.made for field in (*FIELDS, *ASKED)}
_RANKS: dict[str, dict[str, int]] = {
    "category": {name: rank for rank, name in enumerate(CATEGORIES)},
    "severity": {name: rank for rank, name in enumerate(Severity)},
    "state": {name: rank for rank, name in enumerate(State)},
}
"""Fields with an order of their own."""
_TEXTS = tuple(field.key for field in FIELDS if field.type == FieldType.TEXT)
_LISTS = tuple(field.key for field in FIELDS if field.type == FieldType.LIST)
OWN_COLUMNS = frozenset({"responsible", "measure", "progress", "feedback_on", "photos_after"})
"""What a unit fills in of a ledger it was given."""


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
    texts = [value for value in record.values() if type(value) is str]
    for key in _LISTS:
        texts += record.get(key) or ()
    if not has_phone("\n".join(texts)):  # one look at all of it, as nearly always
        return record, 0
    changed: PortableRecord = {}
    for key in _TEXTS:
        value = record.get(key)
        if value and (struck := without_phones(value)) != value:
            changed[key] = struck
    for key in _LISTS:
        names = record.get(key)
        if names and (kept := [without_phones(name) for name in names]) != names:
            changed[key] = kept
    return ({**record, **changed} if changed else record), len(changed)


def void_reason(item: Item) -> str | None:
    """Why an item does not count: the kind, and what was said about it."""
    if item.state != State.VOID:
        return None
    return "：".join(part for part in (item.void_kind, item.void_note) if part) or None
