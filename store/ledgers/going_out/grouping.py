"""Rows by what they share: one behind the other with their totals, or a sheet each."""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct

from core.ledger.record import TYPES, FieldType, PortableRecord
from core.model import Severity, State
from core.words.categories import CATEGORIES
from store.ledgers.going_out.values import cell, text

SUBTOTAL, TOTAL = "小计", "合计"
NOTHING = "（空）"
"""What rows are called that have nothing of what is grouped by."""
_COUNTED = frozenset({"level", "reworks", "reopened", "overdue", "provisional"})

Row = dict[str, Any]


class Sum(Struct, frozen=True):
    """A row that counts others; its cells are written as they are."""

    cells: dict[str, Any]


class Section(Struct, frozen=True):
    """Rows that stand together."""

    name: str
    rows: Sequence[Row | Sum]


def cells_of(row: Row | Sum, keys: Iterable[str]) -> list[Any]:
    """What a row has under each key, as it stands in a sheet."""
    if isinstance(row, Sum):
        return [row.cells.get(key) for key in keys]
    return [cell(key, row.get(key)) for key in keys]


def sections(rows: Sequence[Row], by: str) -> list[Section]:
    """Rows by the value of a field, in the order of the first of each; within, as they came."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(text(by, row.get(by)) or NOTHING, []).append(row)
    return [Section(name, held) for name, held in found.items()]


def with_totals(parts: Sequence[Section], keys: Sequence[str]) -> list[Row | Sum]:
    """Every row, behind each section what it comes to, and behind all of them everything."""
    lines: list[Row | Sum] = []
    for part in parts:
        lines += [*part.rows, _sum(SUBTOTAL, part.name, part.rows, keys)]
    every = [row for part in parts for row in part.rows]
    return [*lines, _sum(TOTAL, "", every, keys)]


def _sum(word: str, name: str, rows: Sequence[Row | Sum], keys: Sequence[str]) -> Sum:
    """How many rows there are, and what their counts add up to.

    The first cell is one that an import passes over as a total.
    """
    cells: dict[str, Any] = {
        key: sum(int(row.get(key) or 0) for row in rows if isinstance(row, dict))
        for key in keys
        if key in _COUNTED and TYPES[key] in (FieldType.INT, FieldType.BOOL)
    }
    if len(keys) > 1:
        cells[keys[1]] = name or None
    return Sum({**cells, keys[0]: f"{word}：{len(rows)}项"})


_RANKS: dict[str, dict[str, int]] = {
    "category": {name: rank for rank, name in enumerate(CATEGORIES)},
    "severity": {name: rank for rank, name in enumerate(Severity)},
    "state": {name: rank for rank, name in enumerate(State)},
}
"""Fields with an order of their own."""


def in_order(records: Iterable[PortableRecord], by: Sequence[str]) -> list[PortableRecord]:
    """Records by some fields, the first one first; `-key` the other way round, empty ones last."""
    found = list(records)
    for each in reversed(by):
        key = each.removeprefix("-")
        filled = [record for record in found if record[key] not in (None, [])]
        empty = [record for record in found if record[key] in (None, [])]
        ranks = _RANKS.get(key)
        filled.sort(
            key=lambda r: ranks.get(r[key], len(ranks)) if ranks else r[key],
            reverse=each.startswith("-"),
        )
        found = filled + empty
    return found
