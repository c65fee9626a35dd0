"""Cells of lists of units, zones, staff and the like, as people keep them."""

import re
from collections.abc import Iterable
from typing import Any

from core.ledger.row import plain
from core.words.dates import read_number

_NAMES = re.compile(r"[、，,；;/|\s]+")
_FIGURE = re.compile(r"约?\s*(-?[\d,，]+(?:\.\d+)?)\s*(万)?\s*\D{0,6}$")


def text_of(cells: dict[str, Any], key: str) -> str:
    """A cell as the person typed it: a phone or a code that a spreadsheet keeps as a number without .0."""
    return plain(cells.get(key))


def texts_of(cells: dict[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    """The cells of some keys that are filled."""
    return {key: text for key in keys if (text := text_of(cells, key))}


def names_of(value: Any) -> tuple[str, ...]:
    """Names in a cell, however they are divided, or a list."""
    parts = value if isinstance(value, list) else _NAMES.split(plain(value))
    return tuple(dict.fromkeys(p for p in (str(part).strip() for part in parts) if p))


def figure_of(field: str, value: Any) -> float | None:
    """A number in a cell, with its unit behind it. Raises `RuleError("bad_number")`."""
    found = _FIGURE.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return read_number(value, field)
    number = float(re.sub("[,，]", "", found.group(1)))
    return number * 10_000 if found.group(2) else number


def count_of(field: str, value: Any) -> int | None:
    """A count in a cell. Raises `RuleError("bad_number")`."""
    number = figure_of(field, value)
    return None if number is None else int(number)


def yes_of(value: Any) -> bool:
    """是 and 否 in a cell; an empty one is yes."""
    return plain(value).lower() not in ("否", "no", "false", "0", "×", "停用", "撤销", "已撤销")
