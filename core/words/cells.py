"""Cells of sheets as people keep them: text, names, figures, yes and no."""

import math
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from core.errors import RuleError
from core.patterns import later

_NAMES = later(r"[、，,；;/|\s]+")
_FIGURE = later(r"(约|近|大约)?\s*(-?[\d,，]+(?:\.\d+)?)\s*(万)?\s*(\D{0,6})$")
_AREAS = {"平方公里": 1_000_000, "km²": 1_000_000, "公顷": 10_000, "亩": 10_000 / 15}
"""Square metres of the units of land people write behind a figure."""
NOTHING_WRITTEN = frozenset(
    {
        "—",
        "——",
        "-",
        "--",
        "/",
        "\\",
        "无",
        "暂无",
        "没有",
        "不详",
        "待定",
        "待测",
        "不涉及",
        "无需配合",
    }
)
"""What people write where there is nothing to write."""
_ROUGH = later(r"余|多|左右|上下")


def plain(raw: Any) -> str:
    """A cell as text; whole numbers without their .0."""
    if isinstance(raw, str):
        return raw.strip()
    if raw is None:
        return ""
    if isinstance(raw, float) and raw == int(raw):
        return str(int(raw))
    if isinstance(raw, date):
        return raw.isoformat()[:10]
    return str(raw).strip()


def text_of(cells: Mapping[str, Any], key: str) -> str:
    """A cell as the person typed it: a phone or a code that a spreadsheet keeps as a number without .0."""
    return plain(cells.get(key))


def texts_of(cells: dict[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    """The cells of some keys that are filled."""
    return {key: text for key in keys if (text := text_of(cells, key))}


def names_of(value: Any) -> tuple[str, ...]:
    """Names in a cell, however they are divided, or a list."""
    parts = value if isinstance(value, list) else _NAMES.split(plain(value))
    return tuple(dict.fromkeys(p for p in (str(part).strip() for part in parts) if p))


MOST = 1e12
"""The largest number anybody means, either way."""


def read_number(raw: Any, field: str = "") -> float | None:
    """A number as written; None where nothing is. Raises `RuleError("bad_number")`."""
    if raw is None or raw == "":
        return None
    try:
        number = float(raw)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number) or abs(number) > MOST or "_" in str(raw):
        raise RuleError("bad_number", field=field, value=raw)
    return number


def read_whole(raw: Any, field: str = "") -> int | None:
    """A whole number as written; None where nothing is. Raises `RuleError("bad_number")`."""
    number = read_number(raw, field)
    if number is not None and number != int(number):
        raise RuleError("bad_number", field=field, value=raw)
    return None if number is None else int(number)


def figure_of(field: str, value: Any) -> float | None:
    """A number in a cell, with its unit behind it. Raises `RuleError("bad_number")`."""
    if isinstance(value, str) and value.strip() in NOTHING_WRITTEN:
        return None
    found = _FIGURE.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return read_number(value, field)
    number = float(re.sub("[,，]", "", found.group(2))) * (10_000 if found.group(3) else 1)
    return round(number * _AREAS.get(found.group(4).strip(), 1), 1)


def is_exact(value: Any) -> bool:
    """Whether a figure in a cell is what is taken of it: neither rough, nor in another unit of land."""
    found = _FIGURE.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return True
    behind = found.group(4).strip()
    return not (found.group(1) or _ROUGH.search(behind) or behind in _AREAS)


def count_of(field: str, value: Any) -> int | None:
    """A count in a cell. Raises `RuleError("bad_number")`."""
    return read_whole(figure_of(field, value), field)


def yes_of(value: Any) -> bool:
    """是 and 否 in a cell; an empty one is yes."""
    return plain(value).lower() not in ("否", "no", "false", "0", "×", "停用", "撤销", "已撤销")


def read_share(text: str) -> tuple[int, int]:
    """Part and whole of 12/200. Raises `RuleError("bad_amount")`."""
    part, _slash, whole = text.partition("/")
    found = read_whole(part, "found"), read_whole(whole, "checked")
    if found[0] is None or found[1] is None:
        raise RuleError("bad_amount", value=text)
    return found[0], found[1]
