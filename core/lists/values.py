"""Values of a register's fields: as sheets and people have them, and as they are kept."""

from typing import Any

from core.actions import Action, Add, Edit
from core.calendar.cycles import read_terms, same
from core.errors import Incomplete
from core.lists.coming import RowReader
from core.lists.reading import Reading
from core.model import Record
from core.registers import Field, FieldKind, Register, folded
from core.stats.figures import hundredths
from core.town.called import called
from core.words.cells import count_of, figure_of, names_of, text_of, yes_of


def read_value(reading: Reading, register: Register, each: Field, value: Any) -> Any:
    """What was said for a field as it is kept. Raises `RuleError`."""
    town = reading.town
    match each.kind:
        case FieldKind.TEXT:
            return reading.word(register, each, value)
        case FieldKind.NAMES:
            return tuple(reading.word(register, each, name) for name in value)
        case FieldKind.REF:
            return called(town.tables, each.of, str(value)).id
        case FieldKind.REFS:
            return tuple(called(town.tables, each.of, name).id for name in value)
        case FieldKind.DAY:
            return reading.day(str(value), each.name)
        case FieldKind.POINTS:
            return hundredths(value)
        case FieldKind.TERMS:
            return (read_terms(str(value)),)
        case _:
            return value


class PlainRows(RowReader):
    """Rows of a register of which nothing is its own: a record that is known is edited where it differs,
    another is added."""

    def __init__(self, reading: Reading, register: Register) -> None:
        self._reading, self._register = reading, register
        self._held: dict[tuple[object, ...], Record] = {}
        records = reading.town.tables[register.table].values()
        for record in sorted(records, key=lambda r: not getattr(r, "active", True)):
            self._held.setdefault(register.key_of(record), record)

    def actions(self, cells: dict[str, Any]) -> list[Action]:
        """What one row changes. Raises `RuleError`."""
        register = self._register
        fields: dict[str, Any] = {}
        for each in register.fields:
            value = cell_value(self._reading, register, each, cells)
            if value is not None:
                fields[each.name] = value
            elif each.required:
                raise Incomplete("missing", fields=(each.key,), table=register.table)
        known = self._held.get(folded(tuple(fields.get(name) or "" for name in register.named_by)))
        return kept(register, known, fields)


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


def cell_value(reading: Reading, register: Register, each: Field, cells: dict[str, Any]) -> Any:
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
            return read_value(reading, register, each, names_of(raw))
        case _:
            return read_value(reading, register, each, text)


def kind_of(reading: Reading, text: str) -> dict[str, Any]:
    """Category and 小类 that one word names, or both. Raises `RuleError("unknown_category")`."""
    main, sub = reading.kind(text)
    return {"category": main, "subcategory": sub}
