"""What somebody may see: a liaison what is their unit's, a guest all but telephones and drafts, everybody else the
whole town (docs/gate.md 5).

One seen town, made from the full one: whatever reads only that shows nothing more. Deciding runs on the full town.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from core.changes import Change
from core.model import (
    Assignment,
    Document,
    DocumentKind,
    DocumentState,
    End,
    Event,
    Item,
    Pause,
    Record,
    Request,
    Responsibility,
    SshKey,
    Staff,
    Unit,
    Zone,
)
from core.registers import REGISTERS
from core.registers.register import Belonging, Register, Told
from core.roles import Actor
from core.sight.telephones import struck
from core.sight.whose import POSTS, is_guest
from core.town.town import Town

OPENLY_TOLD = ("settings", "counters")
"""Tables beside registers that are the same for everybody."""
PUBLISHED = (DocumentState.PUBLISHED, DocumentState.SIGNED, DocumentState.SERVED)


R = TypeVar("R", bound=Record)


def _bare(table: str, record: R) -> R:
    """A record without what goes out only where it is asked for; the very same where it has none of that."""
    hidden = contacts_of(table)
    return replace(record, **dict.fromkeys(hidden, "")) if hidden else record


def contacts_of(table: str) -> frozenset[str]:
    """Fields of a register by which people are reached."""
    register = REGISTERS.get(table)
    return frozenset(f.name for f in register.fields if f.contact) if register else frozenset()


class Seen(Struct, frozen=True):
    """The town as somebody sees it, and until when the history of what they no longer hold is told."""

    town: Town
    until: dict[int, date | None] = {}
    """By item that the unit held before, the last day of which its history is told."""
    guest: bool = False
    """Whether it is all of the town but telephones and drafts."""

    def told(self, events: Iterable[Event]) -> list[Event]:
        """Of lines of history those that are told, as they are."""
        found = [event for event in events if self._tells(event)]
        return [struck(event) for event in found] if self.guest else found

    def changed(self, changes: Iterable[Change]) -> list[Change]:
        """Of changes to items those to what is seen, as it is seen."""
        seen = (c for c in changes if c.id in self.town.items and c.id not in self.until)
        if not self.guest:
            return list(seen)
        return [Change(c.table, struck(c.old) if c.old else None, struck(c.new)) for c in seen]

    def _tells(self, event: Event) -> bool:
        """Whether a line of history is told."""
        if self.guest:
            shown = event.table != "documents" or event.record in self.town.documents
            return shown and not contacts_of(event.table) & event.changed.keys()
        if event.record not in self.town.tables.get(event.table, {}):
            return False
        if event.table != "items" or event.record not in self.until:
            return _history_told(event.table)
        last = self.until[event.record]
        day = event.on or self.town.settings.local(event.at).date()
        return last is not None and day <= last


def _history_told(table: str) -> bool:
    """Whether a liaison is told the history of what they see in a table; of others it may tell of other units."""
    register = REGISTERS.get(table)
    return table in ("items", "documents") or (register is not None and register.of_unit)


def seen_by(town: Town, actor: Actor) -> Seen:
    """The town as an actor of limited sight sees it; of a liaison without a unit, themselves only."""
    if is_guest(actor):
        return Seen(_without_contacts(town), guest=True)
    looking = _Looking(town, actor)
    made = Town()
    for table in OPENLY_TOLD:
        made.load(table, town.tables[table].values())
    for register in REGISTERS.values():
        if register.told is not None:
            made.load(register.table, looking.told(register, register.told))
    for table, records in looking.everything():
        made.load(table, records)
    made.seq, made.complete = town.seq, town.complete
    return Seen(made, looking.until)


def _without_contacts(town: Town) -> Town:
    made = Town()
    for table, rows in town.tables.items():
        records = [_bare(table, record) for record in rows.values()]
        if table == "documents":
            drafts = DocumentState.DRAFTED
            records = [d for d in records if isinstance(d, Document) and d.state != drafts]
        if table != "keys":
            made.load(table, map(struck, records))
    made.seq, made.complete = town.seq, town.complete
    return made


def _as_published(paper: Document) -> Document:
    """A circular in publication says what it was published with; what is not signed yet follows the whole town."""
    return replace(paper, evidence=paper.evidence or paper.published)


def _until(pauses: tuple[Pause, ...], day: date | None) -> tuple[Pause, ...]:
    """Suspensions as they were known on a day."""
    return tuple(
        Pause(since=p.since, until=p.until if p.until and p.until <= day else None, reason=p.reason)
        for p in pauses
        if day is not None and p.since <= day
    )


def _with_absorbed(town: Town, unit: int | None) -> frozenset[int | None]:
    """A unit with those that have gone into it, whose past stands on its line; nothing of none."""
    found: set[int | None] = {unit} if unit is not None else set()
    while more := {u.id for u in town.all(Unit) if u.into is not None and u.into in found} - found:
        found |= more
    return frozenset(found)


class _Looking:
    """Goes through a town for one unit."""

    def __init__(self, town: Town, actor: Actor) -> None:
        self.town, self.actor = town, actor
        self.units = _with_absorbed(town, actor.unit)
        self.until: dict[int, date | None] = {}
        self.logins = {s.login for s in town.all(Staff) if s.unit in self.units}
        self.logins.add(actor.login)
        self.held = [r for r in town.all(Responsibility) if r.unit in self.units]
        self.zones = {r.zone for r in self.held}
        self._belonging = Belonging(self.units, frozenset(self.zones))

    def told(self, register: Register, told: Told) -> list[Record]:
        """The records of a register that is told of by its declaration."""
        rows = self.town.tables[register.table].values()
        return [_bare(register.table, each) for each in rows if told(each, self._belonging)]

    def everything(self) -> Iterator[tuple[str, list[Record]]]:
        """The records of every other table."""
        items = self._items()
        yield "items", list(items.values())
        yield "units", [self._unit(unit) for unit in self.town.all(Unit)]
        named = {item.zone for item in items.values() if isinstance(item, Item)}
        yield "zones", [z for zone in self.town.all(Zone) if (z := self._zone(zone, named))]
        yield "responsibilities", list(self.held)
        yield "staff", [s for each in self.town.all(Staff) if (s := self._member(each))]
        me = self.town.member(self.actor.login)
        yield "keys", [k for k in self.town.all(SshKey) if me is not None and k.staff == me.id]
        if not self.units:
            return
        yield "requests", [r for r in self.town.all(Request) if self._asked(r, items)]
        papers = (d for d in self.town.all(Document) if self._addressed(d))
        yield "documents", [_as_published(d) for d in papers]

    def _items(self) -> dict[int, Record]:
        found: dict[int, Record] = {}
        for item in self.town.all(Item):
            seen = self._item(item)
            if seen is not None:
                found[item.id] = seen
        for item in self.town.all(Item):
            if item.parts and any(key in found for key in item.parts):
                found[item.id] = replace(item, parts=tuple(k for k in item.parts if k in found))
        return {
            key: replace(each, merged_into=None)
            if isinstance(each, Item) and each.merged_into not in found
            else each
            for key, each in found.items()
        }

    def _item(self, item: Item) -> Item | None:
        if not self.units:
            return item if item.reporter == self.actor.login and not item.assignments else None
        last = item.assignment
        named = item.proposed
        mine = last is not None and not last.over and bool(self.units & {last.lead, *last.co})
        meant = named is not None and bool(self.units & {named.lead, *named.co})
        if mine or meant or item.reporter in self.logins:
            return item
        own = [a for a in item.assignments if self.units & {a.lead, *a.co}]
        return self._as_it_was(item, own) if own else None

    def _as_it_was(self, item: Item, held: list[Assignment]) -> Item:
        """What a unit held before: its state, who has it, and what was written until its own assignment ended."""
        now, own = item.assignment, held[-1]
        closed = own.end == End.CLOSED and now is not None and now.no == own.no
        until = own.ended_on
        if until is not None and not closed:  # what was written later that day is another's
            until -= timedelta(days=1)
        self.until[item.id] = until

        def known(day: date | None) -> bool:
            return until is not None and day is not None and day <= until

        given = [a for a in item.assignments if a.no <= own.no]
        if now is not None and now.no > own.no and not now.over:
            given.append(Assignment(no=now.no, lead=now.lead))
        return Item(
            id=item.id,
            revision=item.revision,
            report_no=item.report_no,
            number=item.number,
            state=item.state,
            zone=item.zone,
            location=item.location,
            description=item.description,
            category=item.category,
            subcategory=item.subcategory,
            severity=item.severity,
            source=item.source,
            found_on=item.found_on,
            reported_on=item.reported_on,
            accepted_on=item.accepted_on,
            close_standard=item.close_standard,
            photos_before=item.photos_before,
            files=tuple(file for file in item.files if known(file.on)),
            diary=tuple(line for line in item.diary if known(line.on)),
            assignments=tuple(given),
            pauses=_until(item.pauses, max((a.ended_on for a in held if a.ended_on), default=None)),
            part_of=item.part_of,
            closed_on=item.closed_on if closed else None,
        )

    def _unit(self, unit: Unit) -> Unit:
        """Every unit by its name; of others nobody's post or telephone."""
        if unit.id == self.actor.unit:
            return unit
        return _bare("units", unit)

    def _zone(self, zone: Zone, named: set[int | None]) -> Zone | None:
        if zone.id in self.zones:
            return zone
        bare = Zone(id=zone.id, code=zone.code, name=zone.name, active=zone.active)
        return bare if zone.id in named else None

    def _member(self, person: Staff) -> Staff | None:
        if person.login == self.actor.login:
            return person
        if person.active and POSTS & set(person.roles):
            return Staff(id=person.id, login=person.login, name=person.name)
        return None

    def _asked(self, request: Request, items: dict[int, Record]) -> bool:
        mine = request.on_behalf_of in self.units or request.by in self.logins
        return mine and request.item in items and request.item not in self.until

    def _addressed(self, paper: Document) -> bool:
        if not paper.active or paper.state == DocumentState.DRAFTED:
            return False
        if paper.kind == DocumentKind.APPRAISAL:
            return paper.state in PUBLISHED
        return paper.unit in self.units
