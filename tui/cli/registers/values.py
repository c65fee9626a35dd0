"""Values of a register's fields: as they are said, as sheets have them, and as they are kept."""

from collections.abc import Callable
from typing import Any

from core.actions import Action, Add, Edit
from core.calendar.cycles import last_said, read_terms, same
from core.errors import Incomplete
from core.model import Record
from core.registers import REGISTERS, Field, FieldKind, Register, folded
from core.stats.figures import hundredths
from core.town.called import called
from core.words.cells import count_of, figure_of, names_of, text_of, yes_of
from tui.cli.frame.office import Office
from tui.words.texts import word_called

Make = Callable[[dict[str, Any]], list[Action]]
"""What the cells of a row ask for. Raises `RuleError`."""


def read_value(office: Office, register: Register, each: Field, value: Any) -> Any:
    """What was said for a field as it is kept. Raises `RuleError`."""
    match each.kind:
        case FieldKind.TEXT:
            return word_called(register, each, value)
        case FieldKind.NAMES:
            return tuple(word_called(register, each, name) for name in value)
        case FieldKind.REF:
            return called(office.town.tables, each.of, str(value)).id
        case FieldKind.REFS:
            return tuple(called(office.town.tables, each.of, name).id for name in value)
        case FieldKind.DAY:
            return office.day(str(value), each.name)
        case FieldKind.POINTS:
            return hundredths(value)
        case FieldKind.TERMS:
            return (read_terms(str(value)),)
        case _:
            return value


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
        case FieldKind.POINTS:
            return value / 100
        case FieldKind.TERMS:
            return last_said(value) or None
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
        held.setdefault(register.key_of(record), record)

    def make(cells: dict[str, Any]) -> list[Action]:
        fields: dict[str, Any] = {}
        for each in register.fields:
            value = cell_value(office, register, each, cells)
            if value is not None:
                fields[each.name] = value
            elif each.required:
                raise Incomplete("missing", fields=(each.key,), table=register.table)
        known = held.get(folded(tuple(fields.get(name) or "" for name in register.named_by)))
        return kept(register, known, fields)

    return make


def kept(register: Register, record: Any, fields: dict[str, Any]) -> list[Action]:
    """What makes a record what the fields say."""
    if record is None:
        return [Add(table=register.table, fields=fields)]
    changed = {
        name: value
        for name, value in fields.items()
        if getattr(record, name) != value
        and not (
            register.field(name).kind == FieldKind.TERMS and same(getattr(record, name), value)
        )
    }
    return [Edit(table=register.table, record=record.id, fields=changed)] if changed else []


def cell_value(office: Office, register: Register, each: Field, cells: dict[str, Any]) -> Any:
    """The cell of a field as it is kept; None where nothing stands there. Raises `RuleError`."""
    text = text_of(cells, each.key)
    if not text or not each.kept:
        return None
    raw = cells[each.key]
    match each.kind:
        case FieldKind.FIGURE:
            return figure_of(each.key, raw)
        case FieldKind.POINTS:
            figure = figure_of(each.key, raw)
            return None if figure is None else hundredths(figure)
        case FieldKind.COUNT:
            return count_of(each.key, raw)
        case FieldKind.YES:
            return yes_of(raw)
        case FieldKind.NAMES | FieldKind.REFS:
            return read_value(office, register, each, names_of(raw))
        case _:
            return read_value(office, register, each, text)


def kind_of(office: Office, text: str) -> dict[str, Any]:
    """Category and 小类 that one word names, or both. Raises `RuleError("unknown_category")`."""
    main, sub = office.kind(text)
    return {"category": main, "subcategory": sub}
