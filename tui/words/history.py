"""Lines of history as people read them, on the board and on the command line."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

import msgspec

from core.changes import Changes
from core.model import (
    Document,
    Event,
    Holidays,
    Item,
    Proposed,
    Request,
    RequestKind,
    Sender,
    Side,
    Staff,
    Unit,
    Zone,
    name_at,
)
from core.registers import REGISTERS
from core.town.facts import Facts
from core.town.town import Town
from core.words.dates import iso
from tui.terminal.display import shown
from tui.words.history_values import Told, step_name
from tui.words.i18n import _
from tui.words.queues import FLAG_NAMES
from tui.words.rounds.names import SCHEME_KEYS
from tui.words.texts import (
    channel_name,
    listed,
    name_of,
    overdue_text,
    quote,
    role_name,
    state_name,
    table_name,
    verb_name,
)


class Historian:
    """Tells events with the names of units and people of one town."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._settings = town.settings
        self._people = {s.login: s for s in town.staff.values()}
        self._told = Told(town)

    def person(self, login: str, at: datetime) -> str:
        """The post behind a login, as it was then."""
        found = self._people.get(login)
        if found is None:
            return login
        return name_at(found.name, found.former, self.local(at).date()) or login

    def local(self, at: datetime) -> datetime:
        """An instant in the store's time zone."""
        return self._settings.local(at)

    def day(self, day: date) -> tuple[datetime, datetime]:
        """The instant an office day begins and the one it ends before."""
        begin = datetime.combine(day, time(), self._settings.zone)
        return begin, begin + timedelta(days=1)

    def subject(self, event: Event) -> str:
        """What the event is about, as people call it: a number, a zone, a unit, a view."""
        record = self._town.tables.get(event.table, {}).get(event.record)
        match record:
            case Item() | Document():
                return record.label
            case Zone() | Unit():
                return self._told.named(event.table, event.record, event.at)
            case Staff():
                return (
                    name_at(record.name, record.former, self.local(event.at).date()) or record.login
                )
            case Sender():
                return record.name or _("every sender")
            case Holidays():
                return str(record.year)
            case Request():
                item = self._town.items.get(record.item)
                return item.label if item else ""
            case Side():
                return f"{record.table} {record.key}"
            case _ if record is not None and event.table in REGISTERS:
                return self._told.label(event.table, record)
            case _:
                return table_name(event.table)

    def unit(self, key: int | None, at: datetime | None = None) -> str:
        """The name of a unit; with an instant, the one it had then."""
        found = self._town.units.get(key) if key is not None else None
        if found is None:
            return ""
        return name_at(found.name, found.former, self.local(at).date()) if at else found.name

    def details(self, event: Event) -> str:
        """Everything an event carries beyond who, when and what."""
        parts = []
        if event.on is not None:
            parts.append(_("on {day}").format(day=iso(event.on)))
        if event.to_state and event.from_state:
            before, after = (step_name(event.table, s) for s in (event.from_state, event.to_state))
            parts.append(f"{before}→{after}")
        if event.unit_after is not None:
            before = self.unit(event.unit_before, event.at)
            parts.append((f"{before}→" if before else "") + self.unit(event.unit_after, event.at))
        if event.due_after is not None:
            parts.append(_("due {day}").format(day=iso(event.due_after)))
        if event.until_after is not None and event.until_after != event.due_after:
            parts.append(_("until {day}").format(day=iso(event.until_after)))
        if event.on_behalf_of is not None:
            channel = channel_name(event.channel) if event.channel else ""
            parts.append(
                _("for {unit} by {channel}").format(
                    unit=self.unit(event.on_behalf_of, event.at), channel=channel
                )
            )
        nothing = _("none")
        parts.extend(
            f"{self._field(event, name)}: {self._was(event, name, old) or nothing}"
            f" → {self._was(event, name, new) or nothing}"
            for name, (old, new) in event.changed.items()
        )
        if event.level_after is not None and event.level_after != event.level_before:
            parts.append(_("level {level}").format(level=event.level_after))
        if event.reference:
            asked = event.request is not None and event.reference in tuple(RequestKind)
            parts.append(verb_name(event.reference) if asked else event.reference)
        if event.undoes is not None:
            parts.append(_("takes back change {seq}").format(seq=event.undoes))
        note = _DIGEST.sub("", event.note) if event.action == "move_in" else event.note
        parts.extend(text for text in (event.reason, note) if text)
        if event.photos:
            parts.append(listed(event.photos))
        return "；".join(parts)

    @staticmethod
    def _field(event: Event, name: str) -> str:
        """What a changed field is called; of a sender it is what was written."""
        if event.table == "schemes":
            return _(SCHEME_KEYS.get(name, name))
        return name if event.table == "senders" else name_of(name)

    def _was(self, event: Event, name: str, text: str) -> str:
        return self._told.value(event.table, name, text)

    def cells(self, event: Event) -> tuple[str, ...]:
        """When, what, who, role, action, details."""
        return (
            f"{self.local(event.at):%Y-%m-%d %H:%M}",
            self.subject(event),
            self.person(event.actor, event.at),
            role_name(event.role) if event.role else "",
            verb_name(event.action),
            self.details(event),
        )

    def line(self, event: Event) -> str:
        """One line about an item whose number is already known."""
        when, _subject, who, role, action, details = self.cells(event)
        whose = f"{who}({role})" if role else who
        return f"{when} {whose} {action}" + (f" {details}" if details else "")

    def record(self, event: Event) -> dict[str, Any]:
        """An event for `--json`: with the number of its item and the names of units."""
        values: dict[str, Any] = msgspec.to_builtins(event)
        values["subject"] = self.subject(event)
        for name in ("on_behalf_of", "unit_before", "unit_after"):
            if values.get(name) is not None:
                values[name] = self.unit(values[name], event.at)
        values["changed"] = {
            name: [self._was(event, name, old), self._was(event, name, new)]
            for name, (old, new) in event.changed.items()
        }
        return values


_DIGEST = re.compile(r" sha256:[0-9a-f]+")
"""What proves which file it was, and tells a person nothing; `--json` has it."""


def _days(said: Proposed) -> tuple[tuple[str, date | None], ...]:
    return (
        ("issued_on", said.issued_on),
        ("due_on", said.due),
        ("feedback_on", said.feedback_on),
    )


def proposed_text(item: Item, town: Town) -> str:
    """What a ledger said when the item came in; it stays for ever. Empty where it said nothing."""
    said = item.proposed
    if said is None:
        return ""
    units = [town.units.get(key or 0) for key in (said.lead, *said.co)]
    words = [
        *(unit.name for unit in units if unit is not None),
        *(f"{name_of(key)} {day.isoformat()}" for key, day in _days(said) if day),
        said.deadline,
        said.requirement,
        said.responsible,
        said.measure,
        said.progress,
    ]
    words += [f"{name_of(key)} {quote(text)}" for key, text in said.unread.items()]
    text = listed(shown(word) for word in words if word)
    return _("The ledger says: {text}").format(text=text) if text else ""


def request_text(request: Request, town: Town, *, bare: bool = False) -> str:
    """What is asked for, by whom and why; `bare` where it is known that it waits."""
    asked = request.asked
    unit = town.units.get(asked.unit or 0)
    words = [
        unit.name if unit else "",
        asked.due.isoformat() if asked.due else "",
        asked.void_kind,
        asked.measure,
        asked.reference,
        asked.finding,
        request.reason,
    ]
    about = listed(word for word in words if word)
    template = (
        _("{verb} by {who} on {day}: {text}")
        if bare
        else _("Waits for approval: {verb} by {who} on {day}: {text}")
    )
    return template.format(
        verb=verb_name(request.kind),
        who=town.person(request.by),
        day=request.asked_on.isoformat(),
        text=about,
    )


def standing(item: Item, facts: Facts) -> list[str]:
    """What follows from an item today, what is in its way, and what waits for a decision."""
    town = facts.town
    lines = []
    flags = [_(FLAG_NAMES[flag]) for flag in facts.flags(item) if flag in FLAG_NAMES]
    if flags:
        lines.append(listed(flags))
    earlier = facts.recurs(item)
    if earlier is not None:
        text = _("The same kind was struck off here before: {number}")
        lines.append(text.format(number=shown(earlier.label)))
    if item.suspension is not None:
        held = item.suspension
        words = [held.since.isoformat(), held.reason, held.measure, held.reference]
        text = _("Suspended: {text}").format(text=listed(w for w in words if w))
        lines.append(shown(text, lines=True))
    lines += [shown(request_text(r, town), lines=True) for r in town.pending(item.id)]
    lines += _parts_told(item, facts)
    said = proposed_text(item, town)
    return [*lines, said] if said else lines


def _parts_told(item: Item, facts: Facts) -> list[str]:
    """The units a problem is with, a line each, whether it is the whole or a part that is asked about."""
    whole = facts.town.whole_of(item)
    if not whole.parts:
        return []
    lines = [shown(f"{_('In parts')} {whole.label} {state_name(whole.state)}")]
    for part in facts.town.pieces_of(whole):
        given, late = part.assignment, facts.overdue_days(part)
        unit = facts.town.units.get((given.lead if given else None) or 0)
        said = [part.label, state_name(part.state), unit.name if unit else ""]
        said += [given.work_until.isoformat() if given and given.work_until else ""]
        said += [overdue_text(late)] if late else []
        lines.append("  " + shown(" ".join(filter(None, said))))
    return lines


def provisional_texts(changes: Changes) -> list[str]:
    """A warning for each deadline of a transaction that rests on a year not published yet."""
    found = []
    for change in changes.of("items"):
        old, new = change.old, change.new
        if not isinstance(new, Item) or new.assignment is None or not new.assignment.provisional:
            continue
        before = old.assignment if isinstance(old, Item) else None
        due = new.assignment.due
        if due is not None and (before is None or before.due != due or not before.provisional):
            text = _("{number}: the deadline {due} is provisional, {year} has no holidays yet.")
            found.append(text.format(number=shown(new.label), due=due.isoformat(), year=due.year))
    return found
