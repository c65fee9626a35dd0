"""Rows that stand on several sheets of one workbook, 总表 and 分表: the first is the row, with what the others add."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from msgspec.structs import replace

from core.errors import Doubt
from core.ledger.outcome import Incoming, Skipped
from core.words.cells import plain
from core.words.text import key_of

_FROM_PARTS = (
    "found_on",
    "issued_on",
    "category",
    "zone",
    "zone_name",
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
    "note",
)
"""What a part may say that the total does not, or otherwise."""

Problem = Callable[[Incoming], tuple[str, str]]
"""What rows about the same problem share, and the day of the find; nothing shared by a row that stands for itself.

Of two lists of one workbook, 问题清单 and 整改清单, only one may have the day.
"""


def without_copies(
    rows: Iterable[Incoming | Skipped], problem: Problem
) -> list[Incoming | Skipped]:
    """The rows, those of the first sheet filled in from their copies on others, which are skipped.

    Where a problem stands several times on its first sheet, each of its rows has its own copies.
    """
    found = list(rows)
    if len({row.sheet for row in found if isinstance(row, Incoming)}) < 2:
        return found
    homes: dict[tuple[str, str], list[int]] = {}
    copies: Counter[tuple[str, str, str | None]] = Counter()
    for at, row in enumerate(found):
        if not isinstance(row, Incoming):
            continue
        shared, day = problem(row)
        if not shared:
            continue
        key = _as_before(homes, shared, day)
        home = homes.setdefault(key, [at])
        first = found[home[0]]
        if first.sheet == row.sheet:
            home += [at] if at != home[0] else []
            continue
        nth = copies[*key, row.sheet]
        copies[*key, row.sheet] += 1
        held = found[home[nth]] if nth < len(home) else None
        if isinstance(held, Incoming):
            found[home[nth]] = _joined(held, row)
            found[at] = Skipped(row.row, Doubt("copy", f"{held.sheet} {held.row}"), row.sheet)
    return found


def _as_before(homes: Mapping[tuple[str, str], object], shared: str, day: str) -> tuple[str, str]:
    """The problem a row is about: of the same day, or, where one of the two has none, the only one alike."""
    if (shared, day) in homes:
        return shared, day
    alike = [key for key in homes if key[0] == shared and not (day and key[1])]
    return alike[0] if len(alike) == 1 else (shared, day)


def _joined(held: Incoming, copy: Incoming) -> Incoming:
    cells, doubts = dict(held.cells), list(held.doubts)
    for key in _FROM_PARTS:
        here, there = cells.get(key), copy.cells.get(key)
        if there in (None, ""):
            continue
        if here in (None, ""):
            cells[key] = there
        elif key == "note":
            cells[key] = "；".join(dict.fromkeys((plain(here), plain(there))))
        elif key_of(plain(here)) != key_of(plain(there)):
            doubts.append(Doubt("copy_differs", f"{copy.sheet} {copy.row} {plain(there)}", key))
    return replace(held, cells=cells, doubts=tuple(doubts))
