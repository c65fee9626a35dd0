"""Sheets that are a form about one problem: a label beside each value. They are read as a table of one row."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from store.ledgers.coming_in.grids import Grid
from store.ledgers.coming_in.tables.heading import full
from store.ledgers.wording import Vocabulary

FEWEST_PAIRS = 4
MOST_ROWS = 40
"""Rows of a form; a longer sheet is none."""
SHARE = 0.6
"""Of its rows that must be labels beside values."""
MOST_IN_A_ROW = 3


def formed(grid: Grid, words: Vocabulary) -> Grid:
    """A form as a header and one row below it; any other grid as it is."""
    if not 1 < len(grid.rows) <= MOST_ROWS:
        return grid
    rows = [row for row in grid.filled() if any(map(full, row))]
    pairs = [list(_pairs(row, words)) for row in rows]
    labelled = [found for found in pairs if found]
    labels = {label: value for found in labelled for label, value in found}
    fields = {m.field for label in labels if (m := words.meaning(label)) is not None and m.field}
    if (
        len(fields) < FEWEST_PAIRS
        or "description" not in fields
        or len(labelled) < SHARE * len(rows)
        or max(map(len, labelled)) > MOST_IN_A_ROW
    ):
        return grid
    at = next(n for n, found in enumerate(pairs, 1) if found)
    return replace(
        grid,
        rows=[list(labels), list(labels.values())],
        merged=(),
        numbers=(at, at),
        above=grid.above,
    )


def _pairs(row: Sequence[Any], words: Vocabulary) -> Iterator[tuple[str, Any]]:
    """Labels of a row with the values beside them."""
    cells = [cell for at, cell in enumerate(row) if at == 0 or cell != row[at - 1]]
    at = 0
    while at + 1 < len(cells):
        label, value = cells[at], cells[at + 1]
        if _is_label(label, words) and not _is_label(value, words):
            if full(value):
                yield str(label).strip(), value
            at += 2
        else:
            at += 1


def _is_label(cell: Any, words: Vocabulary) -> bool:
    return isinstance(cell, str) and full(cell) and words.meaning(cell) is not None
