"""Values of a register's fields: as they are said, as sheets have them, and as they are kept."""

from collections.abc import Callable, Sequence
from typing import Any

from core.actions import Action, Add, Edit
from core.errors import Incomplete, NotFound
from core.ledger.lists import count_of, figure_of, names_of, text_of, yes_of
from core.model import Record
from core.registers import REGISTERS, Field, FieldKind, Register
from core.words.text import key_of
from tui.cli.frame.office import Office

Make = Callable[[dict[str, Any]], list[Action]]
"""What the cells of a row ask for. Raises `RuleError`."""


def read_value(office: Office, each: Field, value: Any) -> Any:
    """What was said for a field as it is kept. Raises `RuleError`."""
    match each.kind:
        case FieldKind.NAMES:
            return tuple(value)
        case FieldKind.REF:
            return referred(office, each.of, str(value))
        case FieldKind.REFS:
            return tuple(referred(office, each.of, name) for name in value)
        case FieldKind.DAY:
            return office.day(str(value), each.name)
        case _:
            return value


def referred(office: Office, table: str, text: str) -> int:
    """The id of the record a text names. Raises `RuleError`."""
    if table == "units":
        return office.unit(text).id
    if table == "zones":
        return office.zone(text).id
    return int(named(office, REGISTERS[table], text).id)


def named(office: Office, register: Register, text: str, *, retired: bool = False) -> Any:
    """The record that is called so; one in use before a retired one. Raises `NotFound("no_record")`."""
    records: Sequence[Any] = tuple(office.town.tables[register.table].values())
    wanted = key_of(text)
    for record in sorted(records, key=lambda r: not getattr(r, "active", True)):
        names = {key_of(str(getattr(record, name) or "")) for name in register.named_by}
        called = text == str(record.id) if register.whole else wanted in names - {""}
        if called and (retired or register.whole or getattr(record, "active", True)):
            return record
    raise NotFound("no_record", table=register.table, value=text)


def told(office: Office, each: Field, value: Any) -> Any:
    """A value as sheets and JSON have it: names for ids, nothing for what is empty."""
    match each.kind:
        case FieldKind.REF:
            return _label(office, each.of, value) or None
        case FieldKind.REFS:
            return [label for key in value if (label := _label(office, each.of, key))]
        case FieldKind.NAMES:
            return list(value)
        case FieldKind.TEXT:
            return value or None
        case _:
            return value


def _label(office: Office, table: str, key: int | None) -> str:
    record = office.town.tables[table].get(key or 0)
    return str(getattr(record, REGISTERS[table].named_by[0])) if record is not None else ""


def row_reader(office: Office, register: Register) -> Make:
    """Rows of a file as actions: a record that is known is edited where it differs, another is added."""
    held: dict[tuple[object, ...], Record] = {}
    records = office.town.tables[register.table].values()
    for record in sorted(records, key=lambda r: not getattr(r, "active", True)):
        held.setdefault(_folded(register.key_of(record)), record)

    def make(cells: dict[str, Any]) -> list[Action]:
        fields: dict[str, Any] = {}
        for each in register.fields:
            value = cell_value(office, each, cells)
            if value is not None:
                fields[each.name] = value
            elif each.required:
                raise Incomplete("missing", fields=(each.key,), table=register.table)
        return kept(register, held.get(_folded(tuple(map(fields.get, register.named_by)))), fields)

    return make


def _folded(values: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(key_of(v) if isinstance(v, str) else v or "" for v in values)


def kept(register: Register, record: Any, fields: dict[str, Any]) -> list[Action]:
    """What makes a record what the fields say."""
    if record is None:
        return [Add(table=register.table, fields=fields)]
    changed = {k: v for k, v in fields.items() if getattr(record, k) != v}
    return [Edit(table=register.table, record=record.id, fields=changed)] if changed else []


def cell_value(office: Office, each: Field, cells: dict[str, Any]) -> Any:
    """The cell of a field as it is kept; None where nothing stands there. Raises `RuleError`."""
    text = text_of(cells, each.key)
    if not text or not each.kept:
        return None
    raw = cells[each.key]
    match each.kind:
        case FieldKind.TEXT:
            return text
        case FieldKind.NAMES:
            return names_of(raw)
        case FieldKind.FIGURE:
            return figure_of(each.key, raw)
        case FieldKind.COUNT:
            return count_of(each.key, raw)
        case FieldKind.DAY:
            return office.day(text, each.key)
        case FieldKind.YES:
            return yes_of(raw)
        case FieldKind.REF:
            return referred(office, each.of, text)
        case FieldKind.REFS:
            return tuple(referred(office, each.of, name) for name in names_of(raw))
