"""Rows that stand on several sheets of one workbook, 总表 and 分表: the first is the row, with what the others add."""

from collections import Counter
from collections.abc import Callable, Iterable

from msgspec.structs import replace

from core.errors import Doubt
from core.ledger.outcome import Incoming, Skipped
from core.words.cells import plain
from core.words.text import key_of

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

Problem = Callable[[Incoming], str]
"""What rows about the same problem share; empty for a row that stands for itself."""


def without_copies(
    rows: Iterable[Incoming | Skipped], problem: Problem
) -> list[Incoming | Skipped]:
    """The rows, those of the first sheet filled in from their copies on others, which are skipped.

    Where a problem stands several times on its first sheet, each of its rows has its own copies.
    """
    found = list(rows)
    if len({row.sheet for row in found if isinstance(row, Incoming)}) < 2:
        return found
    homes: dict[str, list[int]] = {}
    copies: Counter[tuple[str, str | None]] = Counter()
    for at, row in enumerate(found):
        key = problem(row) if isinstance(row, Incoming) else ""
        if not key or not isinstance(row, Incoming):
            continue
        home = homes.setdefault(key, [at])
        first = found[home[0]]
        if first.sheet == row.sheet:
            home += [at] if at != home[0] else []
            continue
        nth = copies[key, row.sheet]
        copies[key, row.sheet] += 1
        held = found[home[nth]] if nth < len(home) else None
        if isinstance(held, Incoming):
            found[home[nth]] = _joined(held, row)
            found[at] = Skipped(row.row, Doubt("copy", f"{held.sheet} {held.row}"), row.sheet)
    return found


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
