"""The loaded state of a store and its indexes; touched by one thread only."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from operator import attrgetter
from typing import Any, TypeVar, cast

from msgspec import Struct

from core.calendar.holidays import TABLE, Year
from core.calendar.working_days import OFFICIAL, Calendar
from core.changes import Changes
from core.model import (
    OPEN_STATES,
    Counter,
    Document,
    Holidays,
    Item,
    Part,
    Record,
    Request,
    RequestState,
    Responsibility,
    Round,
    Rule,
    Sender,
    Settings,
    Staff,
    State,
    Unit,
    Zone,
    table_of,
)
from core.registers import TABLES
from core.town.numbers import ByNumber
from core.town.shelf import HeldTables, Unread
from core.words.text import key_of

R = TypeVar("R", bound=Record)


class Moment(Struct, frozen=True):
    """When something is decided: the instant in UTC, the office's day, its working days."""

    at: datetime
    today: date
    calendar: Calendar = OFFICIAL

    @classmethod
    def of(cls, at: datetime, town: "Town") -> "Moment":
        """The moment `at` (UTC) on the calendar and in the time zone of a town."""
        return cls(at, town.settings.local(at).date(), town.calendar)


MOVING = frozenset(
    {"items", "events", "counters", "requests", "side", "views", "senders", "documents"}
    | {"rounds", "visits", "finds", "marks", "points"}
)
"""Tables that change all day."""
FOUND_BY_MORE = frozenset({"items", "counters", "requests"})
"""Tables a town keeps an index of."""


class Town(ByNumber):
    """Tables of frozen records, with items found by number, state, zone and unit.

    Closed items may still be on disk (`complete` is False); open ones are always here. Events
    are not held: `store` reads them when a history is asked for.
    """

    def __init__(self) -> None:
        super().__init__()
        self.tables = HeldTables({name: {} for name in TABLES})
        self.next_ids: dict[str, int] = dict.fromkeys(TABLES, 1)
        self.seq = 0
        self.ruled = 0
        """The last transaction that changed what an import is decided on: anything but items,
        their history, requests and numbers."""
        self._states: dict[State, dict[int, None]] = {state: {} for state in State}
        self._pending: dict[int, dict[int, None]] = {}
        """Requests that wait for a decision, by item."""
        self._calendar: Calendar | None = None
        self._rule: dict[tuple[str, str], Rule] | None = None
        """The rule in use by kind of problem, once one was asked for."""

    def all(self, kind: type[R]) -> Iterator[R]:
        """Every record of one kind."""
        rows = self.tables[table_of(kind)].values()
        return (record for record in rows if isinstance(record, kind))

    @property
    def calendar(self) -> Calendar:
        """Working days by the program's tables and those the office entered."""
        if self._calendar is None:
            entered = cast("list[Holidays]", list(self.tables["holidays"].values()))
            own = {h.year: Year(rest=h.rest, work=h.work) for h in entered if h.active}
            self._calendar = Calendar({**TABLE, **own}) if own else OFFICIAL
        return self._calendar

    @property
    def rules(self) -> dict[int, Rule]:
        """时限规则 by id."""
        return cast(dict[int, Rule], self.tables["rules"])

    def rule_for(self, category: str, subcategory: str) -> Rule | None:
        """The rule of a 小类, the one without a condition first."""
        if self._rule is None:
            rules = sorted(self.rules.values(), key=lambda r: (not r.condition, -r.id))
            self._rule = {(r.category, r.subcategory): r for r in rules if r.active}
        return self._rule.get((category, subcategory))

    @property
    def documents(self) -> dict[int, Document]:
        """文书 by id."""
        return cast(dict[int, Document], self.tables["documents"])

    @property
    def rounds(self) -> dict[int, Round]:
        """检查 by id."""
        return cast(dict[int, Round], self.tables["rounds"])

    @property
    def senders(self) -> dict[int, Sender]:
        """Who sends ledgers, and how they write them, by id."""
        return cast(dict[int, Sender], self.tables["senders"])

    def sender(self, name: str) -> Sender:
        """What is remembered of whoever is called so; of everybody where the name is empty."""
        key = key_of(name)
        return next(
            (s for s in self.senders.values() if s.active and key_of(s.name) == key),
            Sender(name=name),
        )

    @property
    def requests(self) -> dict[int, Request]:
        """申请 by id, decided ones too."""
        return cast(dict[int, Request], self.tables["requests"])

    def pending(self, item: int | None = None) -> list[Request]:
        """Requests that wait for a decision: about one item, or all; oldest first."""
        if item is not None:
            return [self.requests[key] for key in self._pending.get(item, ())]
        return sorted(
            (self.requests[k] for ks in self._pending.values() for k in ks), key=attrgetter("id")
        )

    @property
    def settings(self) -> Settings:
        """What holds for the whole store."""
        return cast(Settings, self.tables["settings"].get(1)) or Settings(id=1)

    @property
    def items(self) -> dict[int, Item]:
        """Items by id."""
        return cast(dict[int, Item], self.tables["items"])

    @property
    def zones(self) -> dict[int, Zone]:
        """Zones by id, retired ones too."""
        return cast(dict[int, Zone], self.tables["zones"])

    @property
    def units(self) -> dict[int, Unit]:
        """Units by id, retired ones too."""
        return cast(dict[int, Unit], self.tables["units"])

    @property
    def staff(self) -> dict[int, Staff]:
        """Staff by id."""
        return cast(dict[int, Staff], self.tables["staff"])

    @property
    def responsibilities(self) -> dict[int, Responsibility]:
        """Who answered for which zone, and when, by id."""
        return cast(dict[int, Responsibility], self.tables["responsibilities"])

    def in_state(self, state: State) -> Iterator[Item]:
        """The items in one state, oldest entry first; of what stands in parts the parts, not the whole."""
        return (self.items[key] for key in self._states[state])

    def open_items(self) -> Iterator[Item]:
        """Every item not closed, merged or void; of what stands in parts the parts, not the whole."""
        return (
            self.items[key]
            for state in State
            if state in OPEN_STATES
            for key in self._states[state]
        )

    def counter(self, name: str) -> Counter:
        """The series `name`, starting at 0 where nothing was numbered yet."""
        key = self._counters.get(name)
        found = self.tables["counters"].get(key) if key is not None else None
        return cast(Counter, found) if found else Counter(name=name)

    def member(self, login: str) -> Staff | None:
        """The member of staff behind a login."""
        return next((s for s in self.staff.values() if s.login == login), None)

    def person(self, login: str) -> str:
        """What people call whoever has a login: the post, or the login where it has none."""
        member = self.member(login)
        return (member.name if member else "") or login

    def zone_coded(self, code: str) -> Zone | None:
        """The zone with this code."""
        return next((z for z in self.zones.values() if z.code.upper() == code.upper()), None)

    def unit_named(self, name: str) -> Unit | None:
        """The unit with exactly this name."""
        return next((u for u in self.units.values() if u.name == name), None)

    def lead_of(self, zone: int, day: date) -> Unit | None:
        """The unit that answers for a zone on a day; of several, the one that began last."""
        holding = [
            r
            for r in self.responsibilities.values()
            if r.zone == zone and r.part == Part.LEAD and r.holds(day)
        ]
        latest = max(holding, key=lambda r: (r.since, r.id), default=None)
        return self.units.get(latest.unit) if latest else None

    def put(self, table: str, record: Record) -> None:
        """Take a record in and keep every index true."""
        if record.id >= self.next_ids.get(table, 1):
            self.next_ids[table] = record.id + 1
        if table == "events":
            return
        rows = self.tables[table]
        if isinstance(record, Item):
            old = cast(Item | None, rows.get(record.id))
            if old is None or old.state != record.state or old.parts != record.parts:
                if old is not None:
                    self._states[old.state].pop(record.id, None)
                if not record.parts:
                    self._states[record.state][record.id] = None
            self._numbers.take(record)
        elif isinstance(record, Counter):
            self._counters[record.name] = record.id
        elif isinstance(record, Request):
            waiting = self._pending.setdefault(record.item, {})
            if record.state == RequestState.ASKED:
                waiting[record.id] = None
            else:
                waiting.pop(record.id, None)
            if not waiting:
                del self._pending[record.item]
        elif isinstance(record, Holidays):
            self._calendar = None
        elif isinstance(record, Rule):
            self._rule = None
        rows[record.id] = record

    def apply(self, changes: Changes) -> None:
        """Bring the town up to a transaction."""
        for change in changes:
            self.put(change.table, change.new)
            if change.table not in MOVING:
                self.ruled = max(self.ruled, changes.seq)
        if changes.seq:
            self.seq = changes.seq

    def load(self, table: str, records: Iterable[Record]) -> None:
        """Take in records read from disk, where newer ones are not here already."""
        rows = self.tables[table]
        new = [record for record in records if record.id not in rows]
        if table == "items" and new:
            self._take(cast("list[Item]", new))
            return
        for record in new:
            self.put(table, record)

    def _take(self, items: list[Item]) -> None:
        """As `put` does with each, where none of them is here."""
        rows, states, take = self.tables["items"], self._states, self._numbers.take
        for item in items:
            key = item.id
            rows[key] = item
            if not item.parts:
                states[item.state][key] = None
            take(item)
        self.next_ids["items"] = max(self.next_ids["items"], max(rows) + 1)

    def put_off(self, table: str, unread: Unread) -> None:
        """Have an empty table read when it is asked for, at once where an index leads to its records."""
        if table in FOUND_BY_MORE:
            self.load(table, unread.records())
        else:
            self.tables.put_off(table, unread)

    def __eq__(self, other: Any) -> bool:
        return (
            isinstance(other, Town)
            and self.tables == other.tables
            and self.next_ids == other.next_ids
            and self.seq == other.seq
        )

    __hash__ = None  # type: ignore[assignment]  # mutable
