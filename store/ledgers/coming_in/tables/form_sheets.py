"""Sheets that are a form about one problem: a label beside each value. They are read as a table of one row."""

from collections.abc import Sequence
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
LONGEST_LABEL = 12
REST = "其他"
"""What stands in a form beside no label, or beside one that was there before: it goes into the note."""


def formed(grid: Grid, words: Vocabulary) -> Grid:
    """A form as a header and one row below it; any other grid as it is."""
    if not 1 < len(grid.rows) <= MOST_ROWS:
        return grid
    rows = [row for row in grid.filled() if any(map(full, row))]
    labelled = [found for row in rows if (found := _pairs(row, words))]
    fields = {
        m.field
        for found in labelled
        for label, _v in found
        if (m := words.meaning(label)) and m.field
    }
    if (
        len(fields) < FEWEST_PAIRS
        or "description" not in fields
        or len(labelled) < SHARE * len(rows)
        or max(map(len, labelled)) > MOST_IN_A_ROW
    ):
        return grid
    pairs = [pair for row in rows for pair in _pairs(row)]
    labels: dict[str, Any] = {}
    for label, value in pairs:
        labels.setdefault(label, value)
    again = [f"{label}：{value}" for label, value in pairs if labels[label] != value]
    taken = {text for pair in pairs for text in map(str, pair)}
    texts = (str(cell).strip() for row in rows for cell in row if full(cell))
    if rest := dict.fromkeys([*(text for text in texts if text not in taken), *again]):
        labels.setdefault(REST, "；".join(rest))
    return replace(grid, rows=[list(labels), list(labels.values())], merged=(), numbers=(1, 1))


def _pairs(row: Sequence[Any], words: Vocabulary | None = None) -> list[tuple[str, Any]]:
    """Labels of a row with the values beside them; with `words`, only where one of them is known.

    An empty cell before a label only keeps two pairs apart.
    """
    cells: list[Any] = []
    for at, cell in enumerate(row):
        if (at == 0 or cell != row[at - 1]) and (full(cell) or len(cells) % 2):
            cells.append(cell)
    if words is not None:
        headed = any(_is_label(value, words) for value in cells[1::2])
        if headed or not any(_is_label(label, words) for label in cells[::2]):
            return []
    return [
        (label.strip(), value)
        for label, value in zip(cells[::2], cells[1::2], strict=False)
        if isinstance(label, str) and 0 < len(label.strip()) <= LONGEST_LABEL and full(value)
    ]


def _is_label(cell: Any, words: Vocabulary) -> bool:
    return isinstance(cell, str) and full(cell) and words.meaning(cell) is not None
