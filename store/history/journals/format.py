"""The format number, and what a program does with a store of another one.

Format 2 keeps rounds, scores and circulars, and of items what follows from their steps (`core.town.trail`).
Journals of format 1 are read as they are and never rewritten: the first change begins a new journal that bears
the new number, so that an older program says to restart it. A snapshot of format 1 is passed over where the
journals are all there, and the next one is of format 2; where journals were archived, what follows is taken
from the lines of history (docs/format.md 2).

Format 3 keeps the year: shops, duties, campaigns, the log, indicators, pledges, facts of zones, summaries. What was
there before is written as it was.
"""

from pathlib import Path

from core.model import Item, Record
from core.town.trail import written
from store.errors import Damaged

FORMAT = 3
"""What this program writes."""
FOLLOWED = 2
"""The first whose snapshots have what follows from steps."""
OLDEST = 1
"""The oldest it reads."""


def check_format(found: int, path: Path) -> None:
    """Refuse a store this program cannot read; a newer one means: restart with the new program."""
    if found > FORMAT:
        raise Damaged("newer_format", path=str(path), format=found)
    if found < OLDEST:
        raise Damaged("old_format", path=str(path), format=found)


def known_then(rows: dict[int, Record], format_of: int) -> dict[int, Record]:
    """Records as a snapshot of a format has them: before the second, without what follows from steps."""
    if format_of >= FOLLOWED:
        return rows
    return {key: written(r, None) if isinstance(r, Item) else r for key, r in rows.items()}
