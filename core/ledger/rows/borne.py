"""The item a row bears the number of, and the revision it was handed out at."""

import re
from collections.abc import Iterable

from core.ledger.outcome import Incoming
from core.model import Item
from core.town.town import Town
from core.words.cells import plain

_REVISION = re.compile(r"[0-9]{1,12}")


def item_of(incoming: Incoming, town: Town) -> tuple[Item | None, bool]:
    """The item a row bears the number of, in its column or its mark; False where they disagree."""
    if not incoming.mark and "number" not in incoming.cells:
        return None, True
    written, marked = plain(incoming.cells.get("number")), incoming.mark.partition("|")[0]
    by_number = town.find(written) if written else None
    by_mark = town.find(marked) if marked else None
    agree = by_number is None or by_mark is None or by_number.id == by_mark.id
    return by_number or by_mark, agree


def revision_of(incoming: Incoming) -> int | None:
    """The revision a row was handed out at, by its mark."""
    _number, _bar, revision = incoming.mark.partition("|")
    return int(revision) if _REVISION.fullmatch(revision) else None


def outdated(rows: Iterable[Incoming], town: Town) -> dict[int, int]:
    """Items that were changed since their rows were handed out, with the revision of the row."""
    found: dict[int, int] = {}
    for row in rows:
        revision = revision_of(row)
        if revision is None:
            continue
        item, _agreed = item_of(row, town)
        if item is not None and item.revision > revision:
            found[item.id] = revision
    return found
