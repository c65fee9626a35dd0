"""Cells of a sheet in its XML: what stands in them, their places, and references that move."""

import re
from collections.abc import Callable, Collection, Sequence
from decimal import Decimal
from typing import Any

from core.words.text import visible

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REF = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d{1,7})")
RANGE = re.compile(
    r"(?<![A-Za-z0-9_!'.])(\$?[A-Z]{1,3}\$?\d{1,7})(?::(\$?[A-Z]{1,3}\$?\d{1,7}))?(?![A-Za-z0-9_(])"
)


def shifting(first: int, foot: int, by: int) -> Callable[[re.Match[str]], str]:
    """Moves references: what lies below goes down, a range that ends with the rows grows."""

    def moved(ref: str, *, last: bool) -> str:
        found = REF.fullmatch(ref)
        assert found is not None
        number = int(found[4])
        down = number >= foot or (last and first <= number == foot - 1)
        return f"{found[1]}{found[2]}{found[3]}{number + by if down else number}"

    def shift(match: re.Match[str]) -> str:
        if match[2] is None:
            return moved(match[1], last=False)
        return f"{moved(match[1], last=False)}:{moved(match[2], last=True)}"

    return shift


def put_value(cell: Any, value: Any) -> None:
    """A number or a text in a cell."""
    emptied(cell)
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        element = cell.makeelement(f"{MAIN}v", {})
        element.text = str(value)
        cell.append(element)
    elif value:
        cell.set("t", "inlineStr")
        inside = cell.makeelement(f"{MAIN}is", {})
        text = cell.makeelement(f"{MAIN}t", {})
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        text.text = visible(str(value))
        inside.append(text)
        cell.append(inside)


def emptied(cell: Any) -> None:
    for each in list(cell):
        cell.remove(each)
    cell.attrib.pop("t", None)


_TEXTS = ("s", "str", "inlineStr")
"""Kinds of cells that hold words: a total may stand in the column of numbers."""


def holds(row: Any, numbers: Collection[str]) -> bool:
    """Whether something stands in a row beside its running number and what is computed."""
    return any(
        any((each.text or "").strip() or len(each) for each in cell)
        for cell in row
        if not (column_of(cell.get("r", "")) in numbers and cell.get("t") not in _TEXTS)
        and cell.find(f"{MAIN}f") is None
    )


def text_of_runs(element: Any) -> str:
    return "".join(each.text or "" for each in element.iter(f"{MAIN}t"))


def text_of_cell(cell: Any, strings: Sequence[str]) -> str:
    if cell.get("t") == "inlineStr":
        return text_of_runs(cell)
    value = cell.find(f"{MAIN}v")
    if cell.get("t") != "s" or value is None or not (value.text or "").isdigit():
        return ""
    at = int(value.text)
    return strings[at] if at < len(strings) else ""


def grow_dimension(dimension: Any, last: int) -> None:
    if dimension is None:
        return
    ends = REF.findall(dimension.get("ref", ""))
    if len(ends) == 2 and int(ends[1][3]) < last:
        dimension.set("ref", f"{ends[0][1]}{ends[0][3]}:{ends[1][1]}{last}")


def column_of(ref: str) -> str:
    return ref.rstrip("0123456789")


def column_name(at: int) -> str:
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_index(name: str) -> int:
    found = 0
    for letter in name:
        found = found * 26 + ord(letter) - 64
    return found - 1
