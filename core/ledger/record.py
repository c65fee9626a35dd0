"""The portable record: every exported or imported field by key and type (docs/format.md 5)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from itertools import chain
from operator import attrgetter, itemgetter
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
    made: "Callable[[Batch], Iterable[Any]]"
    """Its values of some items."""
    type: FieldType = FieldType.TEXT
    derived: bool = False

    def column(self, batch: "Batch") -> list[Any]:
        """Its values of some items; None where there is nothing, lists stay lists."""
        made = self.made(batch)
        return [text or None for text in made] if self.type is FieldType.TEXT else list(made)


PortableRecord = dict[str, Any]


BATCH = 128
"""Items of which the fields are made together."""


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
        return next(self.batches([item]))[0]

    def batches(
        self, items: Sequence[Item], asked: Sequence[str] = ()
    ) -> Iterator[list[PortableRecord]]:
        """Every field of items, and what goes out only where it is `asked` for, some items at a time."""
        keys = (*KEYS, *asked)
        for columns in self.columns(items, keys):
            yield [dict(zip(keys, row, strict=True)) for row in zip(*columns, strict=True)]

    def columns(self, items: Sequence[Item], keys: Sequence[str]) -> Iterator[list[list[Any]]]:
        """Some fields of items, a list a field, some items at a time.

        A field of many items is made much quicker than a row, and few items stay in the processor's cache.
        """
        fields = [_BY_KEY[key] for key in keys]
        for at in range(0, len(items), BATCH):
            batch = Batch(self, items[at : at + BATCH])
            yield [field.column(batch) for field in fields]

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


class Batch:
    """Some items, with what their fields come from."""

    __slots__ = ("given", "items", "subjects")

    def __init__(self, names: Projector, items: Sequence[Item]) -> None:
        self.items = items
        self.subjects = [Subject(names, item) for item in items]
        self.given = [subject.given for subject in self.subjects]


def _own(name: str) -> Callable[[Batch], Iterable[Any]]:
    """What an item says itself."""
    get = attrgetter(name)
    return lambda batch: map(get, batch.items)


def _given(name: str) -> Callable[[Batch], Iterable[Any]]:
    """What the assignment says."""
    get = attrgetter(name)
    return lambda batch: map(get, batch.given)


def _each(made: Callable[[Subject], Any]) -> Callable[[Batch], Iterable[Any]]:
    """What follows from one or several."""
    return lambda batch: map(made, batch.subjects)


def _measure(of: Subject) -> str:
    """As it was noted on the spot, else by the last feedback, else as the unit said."""
    if of.item.fix is not None:
        return of.item.fix.measure
    return (of.feedback.measure if of.feedback else "") or of.given.measure


def _progress(of: Subject) -> str:
    return (of.feedback.progress if of.feedback else "") or of.given.progress


def _photos_after(of: Subject) -> list[str]:
    done = of.item.fix or of.feedback
    return _files(done.photos) if done else []


def _inspected_on(of: Subject) -> date | None:
    look = of.item.fix or of.look
    return look.on if look else None


def _inspector(of: Subject) -> str:
    look = of.item.fix or of.look
    return of.names.person(look.inspector) if look else ""


def _provisional(of: Subject) -> bool:
    return bool(of.item.assignment and of.item.assignment.provisional)


def _files(photos: Iterable[str]) -> list[str]:
    """Photos as they go out: an older program took paths in."""
    return [file_name(photo) for photo in photos]


_D, _L, _I = FieldType.DATE, FieldType.LIST, FieldType.INT

FIELDS: tuple[Field, ...] = (
    Field("number", _own("label")),
    Field("found_on", _own("found_on"), _D),
    Field("source", _own("source")),
    Field("external_no", _own("external_no")),
    Field("zone", _each(lambda of: of.names.zone(of.item)[0])),
    Field("zone_name", _each(lambda of: of.names.zone(of.item)[1])),
    Field("location", _own("location")),
    Field("description", _own("description")),
    Field("category", _own("category")),
    Field("subcategory", _own("subcategory")),
    Field("severity", _own("severity")),
    Field("lead_unit", _each(lambda of: of.names.unit(of.given.lead))),
    Field("co_units", _each(lambda of: of.names.units(of.given.co)), _L),
    Field("responsible", _given("responsible")),
    Field("requirement", _given("requirement")),
    Field("issued_on", _given("issued_on"), _D),
    Field("due_on", _given("due"), _D),
    Field("work_until", _given("work_until"), _D),
    Field("measure", _each(_measure)),
    Field("progress", _each(_progress)),
    Field("feedback_on", _each(lambda of: of.feedback.on if of.feedback else None), _D),
    Field("photos_before", _each(lambda of: of.names.photos_before(of.item)), _L),
    Field("photos_after", _each(_photos_after), _L),
    Field("inspection", _each(lambda of: of.look.finding if of.look else "")),
    Field("inspected_on", _each(_inspected_on), _D),
    Field("inspector", _each(_inspector)),
    Field("closed_on", _own("closed_on"), _D),
    Field("state", _own("state"), FieldType.STATE, derived=True),
    Field("level", _own("level"), _I, derived=True),
    Field("reworks", _own("reworks"), _I, derived=True),
    Field("reopened", _own("reopened"), _I, derived=True),
    Field("overdue", _each(lambda of: of.names.late(of.item)), FieldType.BOOL, derived=True),
    Field("provisional", _each(_provisional), FieldType.BOOL, derived=True),
    Field("close_standard", _own("close_standard")),
    Field("part_of", _own("whole")),
    Field("merged_into", _each(lambda of: of.names.main(of.item))),
    Field("void_reason", _each(lambda of: void_reason(of.item))),
    Field("plan_on", _own("plan_on"), _D),
    Field("reporter", _each(lambda of: of.names.person(of.item.reporter))),
    Field("diary", _each(lambda of: of.names.diary(of.item))),
    Field("note", _own("note")),
    Field("round", _each(lambda of: of.names.round(of.item)), derived=True),
    Field("revision", _own("revision"), _I, derived=True),
)
"""In ledger order."""

ASKED: tuple[Field, ...] = (
    Field(
        "overdue_workdays", _each(lambda of: of.names.overdue_workdays(of.item)), _I, derived=True
    ),
    Field("overdue_days", _each(lambda of: of.names.overdue_days(of.item)), _I, derived=True),
)
"""Fields that go out only where they are asked for by name."""

KEYS: tuple[str, ...] = tuple(field.key for field in FIELDS)
TYPES: dict[str, FieldType] = {field.key: field.type for field in (*FIELDS, *ASKED)}
ASKED_KEYS: tuple[str, ...] = tuple(field.key for field in ASKED)
_BY_KEY = {field.key: field for field in (*FIELDS, *ASKED)}
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


def without_contacts(records: Sequence[PortableRecord]) -> tuple[list[PortableRecord], int]:
    """Records without mobile numbers, and how many fields had one."""
    found, count = list(records), 0
    for key in (*_TEXTS, *_LISTS) if found else ():
        values = list(map(itemgetter(key), records))
        texts = filter(None, values) if key in _TEXTS else chain.from_iterable(values)
        if not has_phone("\n".join(texts)):  # one look at all of them, as nearly always
            continue
        for at, value in enumerate(values):
            struck = _without_phones(value) if value else value
            if struck != value:
                found[at] = {**found[at], key: struck}
                count += 1
    return found, count


def _without_phones(value: str | list[str]) -> str | list[str]:
    return without_phones(value) if isinstance(value, str) else list(map(without_phones, value))


def void_reason(item: Item) -> str | None:
    """Why an item does not count: the kind, and what was said about it."""
    if item.state != State.VOID:
        return None
    return "：".join(part for part in (item.void_kind, item.void_note) if part) or None
