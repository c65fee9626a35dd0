"""What a list that comes in changes, told line by line before it is saved."""

from copy import copy

from core.calendar.cycles import said
from core.changes import Change, Changes
from core.model import Agreement, Campaign, Item, Log, Record, Responsibility, Terms, Unit, Zone
from core.registers import REGISTERS, TABLES
from core.town.town import Town
from core.words.cells import plain
from tui.cli.frame.office import Office, talk
from tui.terminal.display import shown
from tui.words.history_values import Told
from tui.words.i18n import _
from tui.words.tables.said import read_back
from tui.words.texts import column_name, listed, name_of, state_name

MOST_SHOWN = 60
"""Changes listed one by one where they are saved; a dry run lists all."""


def show(office: Office, changes: Changes, *, every: bool) -> None:
    """Each change: what is new, and what was and will be."""
    told = Told(_named_anew(office.town, changes))
    lines = [line for change in changes if (line := _line(office, changes, change, told))]
    for line in lines if every else lines[:MOST_SHOWN]:
        talk(shown(line))
    if not every and len(lines) > MOST_SHOWN:
        talk(_("... and {count} more.").format(count=len(lines) - MOST_SHOWN))


def _named_anew(town: Town, changes: Changes) -> Town:
    """The town with what will be new in it, for names only."""
    named = copy(town)
    named.tables = town.tables.over(
        {table: {c.id: c.new for c in changes.of(table)} for table in TABLES}
    )
    return named


_KEPT_QUIET = frozenset(
    {"id", "revision", "former", "active", "until", "language", "registered_on", "origin", "facts"}
)


def _called(table: str, field: str) -> str:
    register = REGISTERS.get(table)
    return column_name(register, field) if register else name_of(field)


def _line(office: Office, changes: Changes, change: Change, told: Told) -> str:
    old, new = change.old, change.new
    if isinstance(new, Log):
        word = _("new: {label}") if old is None else _("changed: {label}")
        return word.format(label=read_back(office.town, new))
    if isinstance(new, Campaign):
        return ""  # its rows are counted; zg campaign show has them
    if isinstance(new, Item):
        return _item_line(old if isinstance(old, Item) else None, new)
    label = told.label(change.table, new)
    if isinstance(new, Responsibility):
        added = any(c.old is None and c.table == "zones" and c.new.id == new.zone for c in changes)
        return "" if added else _lead_line(office, changes, new)
    if not label:
        return ""
    values = [
        (field, _value(change, old, field, told), _value(change, new, field, told))
        for field in new.__struct_fields__
        if field not in _KEPT_QUIET or (old is not None and field == "active")
    ]
    if old is None:
        parts = [
            f"{_called(change.table, field)} {after}"
            for field, _before, after in values
            if after and after not in (label, *label.split())
        ]
        if isinstance(new, Zone) and (lead := _lead_named(office, changes, new)):
            parts.append(f"{name_of('lead_unit')} {lead}")
        return _("new: {label}").format(label=label) + (f" ({listed(parts)})" if parts else "")
    parts = [
        f"{_called(change.table, field)}: {before or _('none')} → {after or _('none')}"
        for field, before, after in values
        if before != after
    ]
    return _("changed: {label}").format(label=label) + f" ({'; '.join(parts)})" if parts else ""


def _item_line(old: Item | None, new: Item) -> str:
    """A problem: what is new, where it stands now, what was noted."""
    if old is None:
        place = " ".join(filter(None, (new.label, new.location, new.description)))
        return _("new: {label}").format(label=place)
    parts = []
    if old.state != new.state:
        parts.append(f"{state_name(old.state)} → {state_name(new.state)}")
    if new.working_until is not None and new.working_until != old.working_until:
        parts.append(f"{name_of('work_until')} {new.working_until}")
    parts += [line.text for line in new.diary[len(old.diary) :]]
    return _("changed: {label}").format(label=new.label) + f" ({'; '.join(parts)})"


def _lead_line(office: Office, changes: Changes, new: Responsibility) -> str:
    """Who answers for a zone from now on."""
    if new.until is not None:
        return ""
    made = {(c.table, c.new.id): c.new for c in changes}
    zone = made.get(("zones", new.zone)) or office.town.zones.get(new.zone)
    unit = made.get(("units", new.unit)) or office.town.units.get(new.unit)
    if not isinstance(zone, Zone) or not isinstance(unit, Unit):
        return ""
    before = office.town.lead_of(zone.id, office.today) if zone.id in office.town.zones else None
    was = before.name if before else _("none")
    label = _("changed: {label}").format(label=f"{zone.code} {zone.name}")
    return f"{label} ({name_of('lead_unit')}: {was} → {unit.name})"


def _lead_named(office: Office, changes: Changes, zone: Zone) -> str:
    """The unit that answers for a new zone."""
    made = {c.new.id: c.new for c in changes.of("units")}
    for change in changes.of("responsibilities"):
        held = change.new
        if isinstance(held, Responsibility) and held.zone == zone.id and held.until is None:
            unit = made.get(held.unit) or office.town.units.get(held.unit)
            return unit.name if isinstance(unit, Unit) else ""
    return ""


def _value(change: Change, record: Record | None, field: str, told: Told) -> str:
    """A field of a record as words."""
    value = getattr(record, field) if record is not None else None
    parts = value if isinstance(value, tuple) else (value,)
    words = (
        plain(part) if isinstance(part, float) else _part(part)
        for part in parts
        if part is not None and part != ""
    )
    return "、".join(told.value(change.table, field, word) for word in words)


def _part(value: object) -> str:
    """One of several values of a field as a word."""
    if isinstance(value, Terms):
        return said(value)
    if isinstance(value, Agreement):
        return f"{value.signed_on}–{value.until or ''}"
    return str(getattr(value, "name", value))
