"""Values of portable records as cells of a sheet and as JSON."""

from datetime import date
from typing import Any

from core.finding.terms import STATE_WORDS
from core.ledger.record import TYPES, FieldType

STATE_NAMES = {state: word for word, state in STATE_WORDS.items() if not word.isascii()}
YES, NO = "是", "否"


def cell(key: str, value: Any) -> Any:
    """A value as a person reads it in a sheet: text, a number, or a real date."""
    if value is None or type(value) is date:
        return value
    kind = TYPES.get(key)
    if kind is FieldType.TEXT and type(value) is str:
        return value
    if kind == FieldType.STATE:
        return STATE_NAMES.get(value, value)
    if kind == FieldType.BOOL or isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, list | tuple):
        return "、".join(map(str, value)) or None
    return value


def text(key: str, value: Any) -> str:
    """A value as text: dates ISO, lists joined by 、."""
    return shown(cell(key, value))


def shown(value: Any) -> str:
    """What stands in a cell, as text."""
    if type(value) is str:
        return value
    if value is None:
        return ""
    if type(value) is float and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)
