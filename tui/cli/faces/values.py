"""Values of a register's fields as sheets and JSON have them."""

from typing import Any

from core.calendar.cycles import last_said
from core.registers import REGISTERS, FieldKind, RegisterField
from tui.cli.frame.office import Office


def told(office: Office, each: RegisterField, value: Any) -> Any:
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
