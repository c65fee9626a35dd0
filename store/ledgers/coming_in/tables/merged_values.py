"""Values that are merged over several fields of a row: they belong to none of them."""

from collections.abc import Mapping
from typing import Any

from store.ledgers.coming_in.grids import Grid


class Spans:
    """Of one table, by row, the columns of such values."""

    def __init__(self, grid: Grid, columns: Mapping[int, str], first: int) -> None:
        """`first` is the row behind the header."""
        self._found: dict[int, list[tuple[int, int]]] = {}
        for (top, left), (bottom, right) in grid.merged:
            fields = {columns.get(at) for at in range(left, right + 1)} - {None, ""}
            if len(fields) > 1 and bottom >= first:
                for row in range(max(top, first), bottom + 1):
                    self._found.setdefault(row, []).append((left, right))

    def take(self, index: int, cells: dict[int, Any]) -> str:
        """What is merged over several fields, taken out of the cells of a row; empty where nothing is."""
        found: dict[str, None] = {}
        for left, right in self._found.get(index, ()):
            for at in range(left, right + 1):
                if at in cells:
                    found[str(cells.pop(at)).strip()] = None
        return "；".join(found)
