"""A transaction in the making: reads the town through its own changes, hands out numbers."""

from collections.abc import Iterator
from copy import copy
from datetime import date
from typing import Any, Literal, TypeVar, cast

from msgspec.structs import replace

from core.actions.action import Action
from core.actions.wish import Wish
from core.changes import Change, Changes, stamp
from core.deciding.settling import settle
from core.errors import Clash, Incomplete, NotFound, Refusal, RuleError
from core.guards import wrong_state
from core.model import (
    Counter,
    Event,
    Item,
    Record,
    Request,
    RequestState,
    Role,
    table_of,
)
from core.registers import Tables, brought_about
from core.roles import Actor, require_role
from core.soundness import pointers
from core.town.town import Moment, Town
from core.town.trail import with_trail
from core.words.deadlines import is_provisional
from core.words.numbers import CASES, DIGITS
from core.workflow import TABLE, judge, lacking

A = TypeVar("A", bound=Action)
R = TypeVar("R", bound=Record)


class Draft:
    """What a list of wishes has changed so far, over a town it never touches."""

    def __init__(self, town: Town, actor: Actor, now: Moment) -> None:
        self.town = town
        self.actor = actor
        self.now = now
        self._steps: list[Change] = []
        self._new: dict[str, dict[int, Record]] = {}
        self._counters: dict[str, Counter] = {}
        self._numbers: dict[str, int] = {}
        self._next: dict[str, int] = dict(town.next_ids)
        self.revision = town.seq + 1
        self.undoes: int | None = None
        self.why = ""
        self.passed: list[RuleError] = []
        """Why some wishes change nothing; the others of a transaction go on."""

    def get(self, table: str, key: int) -> Record | None:
        """A record as this draft has it."""
        mine = self._new.get(table)
        if mine is not None and key in mine:
            return mine[key]
        return self.town.held(key) if table == "items" else self.town.tables[table].get(key)

    def rows(self, table: str) -> Iterator[Record]:
        """Every record of a table as this draft has it."""
        mine = self._new.get(table, {})
        for key, record in self.town.tables[table].items():
            yield mine.get(key, record)
        yield from (r for key, r in mine.items() if key not in self.town.tables[table])

    def all(self, kind: type[R]) -> Iterator[R]:
        """Every record of one kind as this draft has it."""
        return (record for record in self.rows(table_of(kind)) if isinstance(record, kind))

    def overlaid(self) -> Town:
        """The town as this draft has it, for figures; what is looked up by number or state is as before."""
        if not self._new:
            return self.town
        town = copy(self.town)
        town.tables = self.town.tables.over(self._new)
        return town

    @property
    def today(self) -> date:
        """The office's today."""
        return self.now.today

    def item(self, key: int) -> Item:
        """An item, or `NotFound("no_item")`."""
        found = self.get("items", key)
        if found is None:
            raise NotFound("no_item", number=str(key))
        return cast(Item, found)

    def find(self, number: str) -> Item | None:
        """The item behind a number, among those of this draft too."""
        key = self._numbers.get(number)
        return self.item(key) if key is not None else self.town.find(number)

    def remember(self, item: Item) -> None:
        """Let `find` know an item made in this draft."""
        for number in (item.number, item.report_no):
            if number:
                self._numbers[number] = item.id

    def new_id(self, table: str) -> int:
        """The next identity of a table."""
        key = self._next.get(table, 1)
        self._next[table] = key + 1
        return key

    def put(self, table: str, record: Record) -> None:
        """Leave `record` as the state of its table, touched by the transaction to come."""
        record = replace(record, revision=self.revision)
        mine = self._new.get(table)
        if mine is None:
            mine = self._new[table] = {}
        if record.id not in mine:
            self._steps.append(Change(table, self.get(table, record.id), record))
        mine[record.id] = record

    def next_number(self, series: str) -> int:
        """The next number of a series; none is ever given out twice."""
        counter = self._counters.get(series) or self.town.counter(series)
        return self.advance(series, counter.last + 1)

    def case_number(self, year: int) -> str:
        """The next number of a case of a year, as it is written."""
        series = f"{CASES}-{year}"
        return f"{series}-{self.next_number(series):0{DIGITS}d}"

    def advance(self, series: str, to: int) -> int:
        """Move a series on to `to`, where it is not there yet."""
        counter = self._counters.get(series) or self.town.counter(series)
        if to > counter.last:
            counter = replace(counter, id=counter.id or self.new_id("counters"), last=to)
            self._counters[series] = counter
        return to

    def begin(self, key: int, verb: str) -> tuple[Item, Role]:
        """The item and the acting role for a verb, or the table's refusal."""
        item = self.item(key)
        return item, self.role(item, verb)

    def role(self, item: Item | None, verb: str) -> Role:
        """The acting role for a verb, or the table's refusal."""
        verdict = judge(item, verb, self.actor)
        if isinstance(verdict, Refusal):
            raise RuleError.of(verdict)
        return verdict

    def needs(self, verb: str, item: Item | None, **known: Any) -> None:
        """Refuse where something `verb` needs is missing; `known` are its values, as `lacking` takes them."""
        missing = lacking(verb, known)
        if missing:
            number = {"number": item.label} if item is not None else {}
            raise Incomplete("missing", verb=verb, fields=missing, **number)

    def must_be(self, item: Item, verb: str) -> None:
        """Refuse where the item is no longer in a state from which `verb` may go on."""
        if item.state not in TABLE[verb].sources:
            raise RuleError.of(wrong_state(item, verb, TABLE[verb].sources))

    def pending(self, item: int) -> list[Request]:
        """Requests about an item that wait for a decision, those of this draft too."""
        mine = cast("dict[int, Request]", self._new.get("requests", {}))
        found = {r.id: mine.get(r.id, r) for r in self.town.pending(item)}
        found |= {r.id: r for r in mine.values() if r.item == item}
        return [r for r in found.values() if r.state == RequestState.ASKED]

    def provisional(self, deadline: str, due: date | None) -> bool:
        """Whether a day so worded rests on a year whose holidays are not published yet."""
        return is_provisional(deadline, due, self.today, self.now.calendar)

    def touched_items(self) -> list[Item]:
        """The items this draft has changed, as it has them."""
        return [cast(Item, record) for record in self._new.get("items", {}).values()]

    def told(self) -> list[Record]:
        """The lines of history of this draft."""
        return [step.new for step in self._steps if step.table == "events"]

    def _still_sound(self) -> None:
        """What adding and editing refuse, undo and import may not bring about either."""
        there: set[tuple[str, int]] = set()
        for rows in self._new.values():
            for record in rows.values():
                self._refers_well(record, there)
        touched = {table: rows.keys() for table, rows in self._new.items()}
        before = Tables(self.town.tables, self.now.today)
        for fault in brought_about(before, self, touched):
            raise RuleError.of(Refusal(fault.code, fault.fields, fault.kind))

    def _refers_well(self, record: Record, there: set[tuple[str, int]]) -> None:
        """Refuse a record that names one which is not there; `there` are those that were found."""
        for _field, table, key in pointers(record):
            if key is None or (table, key) in there:
                continue
            if self.get(table, key) is None and self._has(table):
                raise NotFound("no_record", table=table, value=str(key))
            there.add((table, key))

    def _has(self, table: str) -> bool:
        """Whether all of a table is here; closed items may still be on disk."""
        return table != "items" or self.town.complete

    def require(self, allowed: tuple[Role, ...]) -> Role:
        """The acting role among `allowed`."""
        return require_role(self.actor, allowed)

    def day(self, on: date | None) -> date:
        """The day an action happened: given, never later than today; else today."""
        if on is None:
            return self.now.today
        if on > self.now.today:
            raise RuleError("future_date", field="on", value=on)
        return on

    def effect_day(self, request: Request) -> date:
        """The day an approved request takes effect: today, or the day it was asked for where that decided it too."""
        return self.now.today if request.id in self.town.requests else request.asked_on

    def note(
        self,
        record: Record,
        action: str,
        role: Role | Literal[""],
        *,
        table: str = "items",
        on: date | None = None,
        **details: Any,
    ) -> None:
        """Write one line of history."""
        event = Event(
            id=self.new_id("events"),
            revision=self.revision,
            table=table,
            record=record.id,
            action=action,
            at=self.now.at,
            on=None if on == self.now.today else on,
            actor=self.actor.login,
            role=role,
            via=self.actor.via,
            **details,
        )
        self._steps.append(Change("events", None, event))

    def check_basis(self, wish: Wish) -> None:
        """Refuse a wish where a field the person saw has been changed by someone else."""
        key = getattr(wish.action, "item", None)
        if wish.basis is None or not isinstance(key, int):
            return
        item = self.item(key)
        for name, seen in wish.seen.items():
            if getattr(item, name) != seen:
                raise Clash(
                    "conflict",
                    table="items",
                    record=item.id,
                    number=item.label,
                    field=name,
                    seen=seen,
                    now=getattr(item, name),
                    revision=item.revision,
                )

    def _folded(self) -> tuple[Change, ...]:
        """What was done to each record as one change, in the order of first touch."""
        found = []
        for step in self._steps:
            mine = self._new.get(step.table)
            last = mine.get(step.id) if mine is not None else None
            found.append(step if last is None else Change(step.table, step.old, last))
        return tuple(found)

    def done(self, op: str, source: str = "") -> Changes:
        """The finished transaction; `RuleError` where it would leave what does not hold."""
        if self.passed and not self._steps:
            raise self.passed[0]
        settle(self)
        self._still_sound()
        for series, counter in self._counters.items():
            old = self.town.counter(series)
            self._steps.append(Change("counters", old if old.id else None, counter))
        return Changes(
            changes=with_trail(self._folded(), self.now.today, undoing=self.undoes is not None),
            at=stamp(self.now.at),
            who=self.actor.login,
            via=self.actor.via,
            key=self.actor.key,
            op=op,
            why=self.why,
            source=source,
            undoes=self.undoes,
        )
