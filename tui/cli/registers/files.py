"""Lists of units, zones, staff, rules, routes and views as offices keep them, in: read, shown, then saved."""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from core.actions import Action, Add, Wish
from core.changes import Change, Changes
from core.errors import Incomplete, RuleError
from core.ledger.outcome import Incoming
from core.model import Record, Responsibility, Unit, Zone
from core.registers import Register
from core.words.cells import plain
from core.words.names import Directory
from core.words.text import key_of
from store.history.lock import WAIT
from store.ledgers.coming_in.grids import read_bytes
from store.ledgers.coming_in.reading import Ledger, read_table
from store.ledgers.formats import LARGEST_FILE
from store.ledgers.headers import first_header, headers_of, lookup, vocabulary
from store.ledgers.wording import Vocabulary, folded
from tui.cli.frame.office import Office, open_office, talk
from tui.cli.frame.options import As, DryRun, Encoding, Lang, Sheet, Store, Wait, Yes
from tui.cli.ledger.told import passed_text
from tui.cli.registers.values import Make
from tui.clock import check_clock
from tui.exits import at_terminal
from tui.ledger.file import known_in
from tui.terminal.display import shown
from tui.words.columns import column_words, columns_told
from tui.words.i18n import _, ngettext
from tui.words.texts import doubt_text, listed, name_of, quote, say
from tui.words.told import Told

MOST_SHOWN = 60
"""Changes listed one by one where they are saved; a dry run lists all."""
Map = Annotated[
    list[str] | None,
    typer.Option(
        "--map", metavar="TEXT=FIELD", show_default=False, help=_("A header is this field.")
    ),
]


def importer(
    register: Register,
    needed: Sequence[str],
    reader: Callable[[Office], Make],
    doubts: Callable[[Office], Callable[[Mapping[str, Any]], list[str]]] | None = None,
) -> Callable[..., None]:
    """The command that brings a list in; `reader` makes actions of a row, `doubts` says what it leaves out."""
    headers = headers_of(register)

    def command(
        file: Annotated[
            str, typer.Argument(metavar="FILE|-", help=_("A table."), show_default=False)
        ],
        dry_run: DryRun = False,
        map_: Map = None,
        sheet: Sheet = None,
        encoding: Encoding = None,
        yes: Yes = False,
        as_role: As = None,
        store: Store = None,
        lang: Lang = None,
        wait: Wait = WAIT,
    ) -> None:
        with open_office(store, lang, as_role, wait, via="import") as office:
            told = _told(headers, lookup(register), map_ or ())
            data, name = given(file)
            table = read_table(
                data,
                name,
                lookup(register),
                frozenset(needed),
                sheet=sheet,
                encoding=encoding,
                known=known_in(office.town, told),
            )
            left_out = doubts(office) if doubts else None
            make = reader(office)
            _bring_in(office, name, headers, table, make, left_out, dry_run=dry_run, yes=yes)

    return command


def given(file: str) -> tuple[bytes, str]:
    """What a file holds, or stdin, and what it is called. Raises `FileRefused`."""
    if file == "-":
        return sys.stdin.buffer.read(LARGEST_FILE + 1), "-"
    return read_bytes(Path(file)), Path(file).name


def bring_in_sheet(
    office: Office,
    file: str,
    headers: dict[str, str],
    needed: Sequence[str],
    make: Make,
    *,
    left_out: Callable[[Mapping[str, Any]], list[str]] | None = None,
    together: Callable[[list[Action]], list[Action]] | None = None,
    map_: Sequence[str] = (),
    sheet: str | None = None,
    encoding: str | None = None,
    dry_run: bool = False,
) -> None:
    """A sheet that is no register's, in one transaction: its headers by key, `make` the actions of a row,
    `together` what all of them come to. Raises `RuleError`, `FileRefused`.
    """
    words = vocabulary(headers)
    data, name = given(file)
    table = read_table(
        data,
        name,
        words,
        frozenset(needed),
        sheet=sheet,
        encoding=encoding,
        known=known_in(office.town, _told(headers, words, map_)),
    )
    _bring_in(office, name, headers, table, make, left_out, together, dry_run=dry_run, yes=False)


def told_of(register: Register) -> str:
    """What `--help` says of the headers of a list."""
    return columns_told(first_header(names) for names in headers_of(register).values())


def _told(headers: Mapping[str, str], words: Vocabulary, said: Sequence[str]) -> dict[str, str]:
    """Fields by header, as `--map` says. Raises `RuleError`."""
    found: dict[str, str] = {}
    for each in said:
        text, equals, target = each.rpartition("=")
        field = words.headers.get(key_of(target))
        if not equals or not key_of(text):
            raise Incomplete("bad_map", value=each)
        if not field:
            expected = tuple(first_header(names) for names in headers.values())
            raise RuleError("unknown_column", value=target, expected=expected)
        found[folded(text)] = field
    return found


def _bring_in(
    office: Office,
    name: str,
    headers: dict[str, str],
    table: Ledger,
    make: Make,
    left_out: Callable[[Mapping[str, Any]], list[str]] | None,
    together: Callable[[list[Action]], list[Action]] | None = None,
    *,
    dry_run: bool,
    yes: bool,
) -> None:
    """A list in one transaction: what does not fit is all told, and refuses it whole."""
    rows = [row for row in table.rows if isinstance(row, Incoming)]
    rows.sort(key=lambda row: bool(row.cells.get("parent")))  # a zone before its parts
    actions: list[Action] = []
    named: dict[str, str] = {}
    """Units that rows name, with the first place."""
    wrong = same = 0
    for row in rows:
        place = _("{where}, row {row}").format(where=quote(name), row=row.row)
        for doubt in row.doubts:
            talk(f"{place}: {doubt_text(doubt)}")
        for said in left_out(row.cells) if left_out else ():
            talk(f"{place}: {said}")
        try:
            found = make(row.cells)
        except RuleError as error:
            wrong += 1
            talk(f"{place}: {say(error)}")
            continue
        same += not found
        for action in found:
            named.setdefault(getattr(action, "lead_name", ""), place)
        actions.extend(found)
    for column in table.columns:
        talk(f"{quote(name)}: {column_words(column, kept='note' in headers)}")
    for passed in table.passed_over:
        talk(passed_text(name, passed))
    if wrong:
        raise RuleError("rows_wrong", count=wrong)
    actions = together(actions) if together else actions
    actions = [*_unknown_units(office, named, yes=yes or dry_run), *actions]
    if not actions:
        talk(_("Nothing new.") if rows else _("There is no row in it."))
        return
    wishes = [Wish(action) for action in actions]
    prepared = office.repository.preview(wishes, office.actor, office.now, op="import", source=name)
    _show(office, prepared.changes, every=dry_run)
    if not dry_run:
        check_clock(office.repository, office.now)
        office.repository.commit(
            wishes,
            office.actor,
            office.now,
            wait=office.wait,
            prepared=prepared,
            op="import",
            source=name,
        )
        if office.repository.snapshot_due():
            office.repository.write_snapshot()
    if same:
        talk(
            ngettext("{count} row is the same.", "{count} rows are the same.", same).format(
                count=same
            )
        )
    count = len(actions)
    said = (
        ngettext("{count} change would be made.", "{count} changes would be made.", count)
        if dry_run
        else ngettext("{count} change.", "{count} changes.", count)
    )
    talk(said.format(count=count))


def _unknown_units(office: Office, named: Mapping[str, str], *, yes: bool) -> list[Action]:
    """Units that rows name and nobody knows, to be added where that is wanted. Raises `RuleError`."""
    known = Directory(office.town.units.values())
    names = [name for name in named if name and known.find(name) is None]
    for name in names:
        talk(f"{named[name]}: {say(RuleError('no_unit', value=name))}")
    if not names:
        return []
    asked = at_terminal()
    if not yes and not (asked and typer.confirm(_("Add these units?"), err=True, default=True)):
        raise RuleError("unknown_units", count=len(names))
    return [Add(table="units", fields={"name": name}) for name in names]


# What is shown


def _show(office: Office, changes: Changes, *, every: bool) -> None:
    """Each change: what is new, and what was and will be."""
    told = Told(office.town)
    lines = [line for change in changes if (line := _line(office, changes, change, told))]
    for line in lines if every else lines[:MOST_SHOWN]:
        talk(shown(line))
    if not every and len(lines) > MOST_SHOWN:
        talk(_("... and {count} more.").format(count=len(lines) - MOST_SHOWN))


_KEPT_QUIET = frozenset({"id", "revision", "former", "active", "until", "language"})


def _line(office: Office, changes: Changes, change: Change, told: Told) -> str:
    old, new = change.old, change.new
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
            f"{name_of(field)} {after}"
            for field, _before, after in values
            if after and after not in label
        ]
        if isinstance(new, Zone) and (lead := _lead_named(office, changes, new)):
            parts.append(f"{name_of('lead_unit')} {lead}")
        return _("new: {label}").format(label=label) + (f" ({listed(parts)})" if parts else "")
    parts = [
        f"{name_of(field)}: {before or _('none')} → {after or _('none')}"
        for field, before, after in values
        if before != after
    ]
    return _("changed: {label}").format(label=label) + f" ({'; '.join(parts)})" if parts else ""


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
        plain(part) if isinstance(part, float) else str(getattr(part, "name", part))
        for part in parts
        if part is not None and part != ""
    )
    return "、".join(told.value(change.table, field, word) for word in words)
