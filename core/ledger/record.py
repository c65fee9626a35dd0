"""The portable record: every exported or imported field by key and type (docs/format.md 5)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from functools import cached_property
from operator import attrgetter
from typing import Any

from msgspec import Struct

from core.model import Assignment, Feedback, Inspection, Item, SpotFix, State
from core.town.facts import Facts, done_on, overdue, overdue_since
from core.town.town import Town
from core.words.text import file_name


class FieldType(StrEnum):
    """What a field holds, and so how a sheet shows it."""

    TEXT = "text"
    DATE = "date"
    LIST = "list"
    INT = "int"
    BOOL = "bool"
    STATE = "state"


class PortableField(Struct, frozen=True):
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
FieldValues = dict[str, list[Any]]
"""Some fields of some items, a list a field."""
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
        return next(self.records([item]))

    def records(self, items: Sequence[Item], asked: Sequence[str] = ()) -> Iterator[PortableRecord]:
        """Every field of items, and what goes out only where it is `asked` for."""
        for columns in self.columns(items, (*KEYS, *asked)):
            yield from rows_of(columns)

    def columns(self, items: Sequence[Item], keys: Iterable[str]) -> Iterator[FieldValues]:
        """Some fields of items, some items at a time.

        A field of many items is made much quicker than a row, and few items stay in the processor's cache.
        """
        fields = [_BY_KEY[key] for key in keys]
        for at in range(0, len(items), BATCH):
            batch = Batch(self, items[at : at + BATCH])
            yield {field.key: field.column(batch) for field in fields}

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


class Batch:
    """Some items, with what several of their fields come from."""

    def __init__(self, names: Projector, items: Sequence[Item]) -> None:
        self.names = names
        self.items = items

    @cached_property
    def given(self) -> list[Assignment]:
        """What the unit of each was given, an empty one where nothing was; of a whole, its parts were."""
        return [(None if item.parts else item.assignment) or _NOTHING for item in self.items]

    @cached_property
    def feedbacks(self) -> list[Feedback | None]:
        """The last feedback of each that stands."""
        return [given.feedback for given in self.given]

    @cached_property
    def looks(self) -> list[SpotFix | Inspection | None]:
        """The last look at each, that of what was put right on the spot first."""
        return [i.fix or given.inspection for i, given in zip(self.items, self.given, strict=True)]

    @cached_property
    def done(self) -> list[SpotFix | Feedback | None]:
        """What each was done by: on the spot first, else its last feedback."""
        return [i.fix or fed for i, fed in zip(self.items, self.feedbacks, strict=True)]


def rows_of(columns: FieldValues) -> Iterator[PortableRecord]:
    """The same, a row an item."""
    keys = tuple(columns)
    return (dict(zip(keys, row, strict=True)) for row in zip(*columns.values(), strict=True))


def _own(name: str) -> Callable[[Batch], Iterable[Any]]:
    """What an item says itself."""
    get = attrgetter(name)
    return lambda batch: map(get, batch.items)


def _given(name: str) -> Callable[[Batch], Iterable[Any]]:
    """What the assignment says."""
    get = attrgetter(name)
    return lambda batch: map(get, batch.given)


def _measures(b: Batch) -> Iterator[str]:
    """As it was noted on the spot, else by the last feedback, else as the unit said."""
    for item, done, given in zip(b.items, b.done, b.given, strict=True):
        yield (done.measure if done else "") or ("" if item.fix else given.measure)


def _progress(b: Batch) -> list[str]:
    both = zip(b.feedbacks, b.given, strict=True)
    return [(fed.progress if fed else "") or given.progress for fed, given in both]


def _provisional(item: Item) -> bool:
    return bool(item.assignment and item.assignment.provisional)


def _files(photos: Iterable[str]) -> list[str]:
    """Photos as they go out: an older program took paths in."""
    return [file_name(photo) for photo in photos]


_D, _L, _I = FieldType.DATE, FieldType.LIST, FieldType.INT

FIELDS: tuple[PortableField, ...] = (
    PortableField("number", _own("label")),
    PortableField("found_on", _own("found_on"), _D),
    PortableField("source", _own("source")),
    PortableField("external_no", _own("external_no")),
    PortableField("zone", lambda b: [b.names.zone(item)[0] for item in b.items]),
    PortableField("zone_name", lambda b: [b.names.zone(item)[1] for item in b.items]),
    PortableField("location", _own("location")),
    PortableField("description", _own("description")),
    PortableField("category", _own("category")),
    PortableField("subcategory", _own("subcategory")),
    PortableField("severity", _own("severity")),
    PortableField("lead_unit", lambda b: [b.names.unit(given.lead) for given in b.given]),
    PortableField("co_units", lambda b: [b.names.units(given.co) for given in b.given], _L),
    PortableField("responsible", _given("responsible")),
    PortableField("requirement", _given("requirement")),
    PortableField("issued_on", _given("issued_on"), _D),
    PortableField("due_on", _given("due"), _D),
    PortableField("work_until", _given("work_until"), _D),
    PortableField("measure", _measures),
    PortableField("progress", _progress),
    PortableField("feedback_on", lambda b: [fed.on if fed else None for fed in b.feedbacks], _D),
    PortableField("photos_before", lambda b: map(b.names.photos_before, b.items), _L),
    PortableField(
        "photos_after", lambda b: [_files(done.photos) if done else [] for done in b.done], _L
    ),
    PortableField(
        "inspection", lambda b: [g.inspection.finding if g.inspection else "" for g in b.given]
    ),
    PortableField("inspected_on", lambda b: [look.on if look else None for look in b.looks], _D),
    PortableField(
        "inspector", lambda b: [b.names.person(look.inspector) if look else "" for look in b.looks]
    ),
    PortableField("closed_on", _own("closed_on"), _D),
    PortableField("state", _own("state"), FieldType.STATE, derived=True),
    PortableField("level", _own("level"), _I, derived=True),
    PortableField("reworks", _own("reworks"), _I, derived=True),
    PortableField("reopened", _own("reopened"), _I, derived=True),
    PortableField("overdue", lambda b: map(b.names.late, b.items), FieldType.BOOL, derived=True),
    PortableField(
        "provisional", lambda b: map(_provisional, b.items), FieldType.BOOL, derived=True
    ),
    PortableField("close_standard", _own("close_standard")),
    PortableField("part_of", _own("whole")),
    PortableField("merged_into", lambda b: map(b.names.main, b.items)),
    PortableField("void_reason", lambda b: map(void_reason, b.items)),
    PortableField("plan_on", _own("plan_on"), _D),
    PortableField("reporter", lambda b: [b.names.person(item.reporter) for item in b.items]),
    PortableField("diary", lambda b: map(b.names.diary, b.items)),
    PortableField("note", _own("note")),
    PortableField("round", lambda b: map(b.names.round, b.items), derived=True),
    PortableField("revision", _own("revision"), _I, derived=True),
)
"""In ledger order."""

ASKED: tuple[PortableField, ...] = (
    PortableField(
        "overdue_workdays", lambda b: map(b.names.overdue_workdays, b.items), _I, derived=True
    ),
    PortableField("overdue_days", lambda b: map(b.names.overdue_days, b.items), _I, derived=True),
)
"""Fields that go out only where they are asked for by name."""

KEYS: tuple[str, ...] = tuple(field.key for field in FIELDS)
TYPES: dict[str, FieldType] = {field.key: field.type for field in (*FIELDS, *ASKED)}
ASKED_KEYS: tuple[str, ...] = tuple(field.key for field in ASKED)
_BY_KEY = {field.key: field for field in (*FIELDS, *ASKED)}
OWN_COLUMNS = frozenset({"responsible", "measure", "progress", "feedback_on", "photos_after"})
"""What a unit fills in of a ledger it was given."""


def void_reason(item: Item) -> str | None:
    """Why an item does not count: the kind, and what was said about it."""
    if item.state != State.VOID:
        return None
    return "：".join(part for part in (item.void_kind, item.void_note) if part) or None
