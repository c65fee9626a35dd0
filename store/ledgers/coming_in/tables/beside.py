"""What a file says of a row beyond its values: comments, crossed out cells, hidden rows, formulas, faults, pictures."""

from collections.abc import Mapping
from typing import Any

from core.errors import Doubt
from core.ledger.outcome import Picture
from core.ledger.record import TYPES, FieldType
from core.words.text import clean
from store.ledgers.coming_in.grids import Grid
from store.ledgers.coming_in.innards import address

LATER_1904 = 1462
"""Days by which serials that count from 1904 lag behind the usual ones."""
_SERIALS_1904 = range(36526 - LATER_1904, 73416 - LATER_1904)
"""Serials of this century in such a workbook; a smaller number is a number."""


class Beside:
    """Of one grid, by row."""

    def __init__(self, grid: Grid) -> None:
        self._inside = grid.inside
        self._since_1904 = grid.since_1904
        self._pictured: dict[int, list[int]] = {}
        for row, at in sorted(grid.inside.pictures):
            self._pictured.setdefault(row, []).append(at)
        self._said: dict[int, list[tuple[int, str]]] = {}
        for (row, at), comment in sorted(grid.inside.comments.items()):
            self._said.setdefault(row, []).append((at, comment))
        self._struck: dict[int, list[int]] = {}
        for row, at in sorted(grid.inside.struck):
            self._struck.setdefault(row, []).append(at)

    def note(
        self, index: int, columns: Mapping[int, str], extra: list[str], doubts: list[Doubt]
    ) -> None:
        """What people wrote beside the cells of a row, or crossed out in it."""
        for at, comment in self._said.get(index, ()):
            extra.append(f"批注：{clean(comment)}")
            doubts.append(Doubt("comment", clean(comment)[:60], columns.get(at) or ""))
        if index in self._struck:
            where = "、".join(address(index, at) for at in self._struck[index][:3])
            doubts.append(Doubt("struck", where))

    def mark(
        self, index: int, columns: Mapping[int, str], cells: dict[str, Any], doubts: list[Doubt]
    ) -> tuple[Picture, ...]:
        """Whether a row is hidden, computed, faulty; its days of 1904; the pictures in it."""
        if index in self._inside.hidden:
            doubts.append(Doubt("hidden_row"))
        for code, marked in (("formula", self._inside.formulas), ("fault", self._inside.faults)):
            if marked:
                for at, key in columns.items():
                    if key and (index, at) in marked:
                        doubts.append(Doubt(code, address(index, at), key))
        if self._since_1904:
            for key, value in cells.items():
                counted = isinstance(value, float) and int(value) in _SERIALS_1904
                if counted and TYPES.get(key) == FieldType.DATE:
                    cells[key] = value + LATER_1904
        found = []
        for at in self._pictured.get(index, ()):
            column = columns.get(at)
            side = "photos_before" if column == "photos_before" else "photos_after"
            paths = self._inside.pictures[index, at]
            for nth, path in enumerate(paths, 1):
                name = address(index, at) + (f"-{nth}" if len(paths) > 1 else "")
                found.append(Picture(side, name, path))
        for side in {picture.side for picture in found}:
            named = [str(cells[side])] if side in cells else []
            cells[side] = "、".join([*named, *(p.name for p in found if p.side == side)])
        return tuple(found)
