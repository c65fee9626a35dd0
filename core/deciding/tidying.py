"""Texts of wishes: cleaned, within their limits, and names that can stand in a list."""

from enum import StrEnum
from typing import Any

from core.errors import Incomplete, RuleError
from core.words.text import FORBIDDEN_IN_NAMES, SHORTEST_LIMIT, clean, too_long

_ONE_LINE = frozenset(
    {"location", "name", "code", "source", "external_no", "login", "short", "photo"}
)


def is_tidy(value: str) -> bool:
    """Whether a text, not empty, is at the first look as `tidy_text` would have it in any field."""
    if len(value) > SHORTEST_LIMIT or not value.isprintable():
        return False
    return value[0] != " " != value[-1]  # no other blank is printable


def tidied_value(field: str, value: Any) -> Any:
    """A value of a field with its texts cleaned."""
    if isinstance(value, str) and not isinstance(value, StrEnum):
        return tidy_text(field, value)
    if isinstance(value, tuple):
        return tuple(tidied_value("name", part) for part in value)
    return value


def tidy_text(field: str, value: str) -> str:
    """Cleaned text of a field; `RuleError("too_long")` over its limit."""
    value = clean(value, lines=field not in _ONE_LINE)
    limit = too_long(field, value)
    if limit is not None:
        raise RuleError("too_long", field=field, limit=limit, length=len(value))
    return value


def plain_name(field: str, value: str) -> str:
    """A name that can stand in a list; `RuleError("bad_name")` where it cannot."""
    value = tidy_text("name", value)
    if not value:
        raise Incomplete("missing", fields=(field,))
    if FORBIDDEN_IN_NAMES.search(value):
        raise RuleError("bad_name", field=field, value=value)
    return value
