"""Rows that stand on several sheets of one workbook, 总表 and 分表: the first is the row, with what the others add."""

from msgspec.structs import replace

from core.errors import Doubt
from core.intake.results import Incoming, Skipped
from core.intake.row import plain
from core.text import key_of

_FROM_PARTS = (
    "due_on",
    "measure",
    "progress",
    "feedback_on",
    "photos_after",
    "state",
    "inspection",
    "inspected_on",
    "closed_on",
    "lead_unit",
    "co_units",
    "responsible",
)
"""What a part may say that the total does not, or otherwise."""


def with_copies(rows: list[Incoming | Skipped]) -> list[Incoming | Skipped]:
    """The rows, those of the first sheet filled in from their copies; what differs is doubted."""
    if len({row.sheet for row in rows if isinstance(row, Incoming)}) < 2:
        return rows
    first: dict[tuple[str, ...], int] = {}
    found = list(rows)
    for at, row in enumerate(rows):
        if not isinstance(row, Incoming):
            continue
        home = first.setdefault(_problem(row), at)
        held = found[home]
        if home != at and isinstance(held, Incoming) and held.sheet != row.sheet:
            found[home] = _joined(held, row)
    return found


def _problem(row: Incoming) -> tuple[str, ...]:
    keys = ("external_no", "found_on", "location", "description")
    return tuple(key_of(plain(row.cells.get(key))) for key in keys)


def _joined(held: Incoming, copy: Incoming) -> Incoming:
    cells, doubts = dict(held.cells), list(held.doubts)
    for key in _FROM_PARTS:
        here, there = cells.get(key), copy.cells.get(key)
        if there in (None, ""):
            continue
        if here in (None, ""):
            cells[key] = there
        elif key_of(plain(here)) != key_of(plain(there)):
            doubts.append(Doubt("copy_differs", f"{copy.sheet} {copy.row} {plain(there)}", key))
    return replace(held, cells=cells, doubts=tuple(doubts))
