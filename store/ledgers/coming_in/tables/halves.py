"""Sheets that go on beside themselves: a header that stands twice in one row heads two tables, one behind the other."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from store.ledgers.coming_in.grids import Grid
from store.ledgers.coming_in.innards import Innards
from store.ledgers.coming_in.tables.heading import HEADER_WITHIN, full

FEWEST = 2
"""Cells of a header that must stand twice."""
RIGHT = "（右）"
"""Behind the name of a sheet: its right half."""


def halves(grid: Grid) -> list[Grid]:
    """A sheet, or its two halves where the whole header stands twice."""
    at = next(
        (
            at
            for index, row in enumerate(grid.rows[:HEADER_WITHIN])
            if (at := _second(row)) and _heads_all(row, grid.rows[index + 1 :])
        ),
        0,
    )
    if not at:
        return [grid]
    name = grid.sheet if grid.sheet is not None else ""
    return [_columns(grid, grid.sheet, 0, at), _columns(grid, name + RIGHT, at, None)]


def _second(row: list[Any]) -> int:
    """The column in which a header begins again; 0 where it does not."""
    filled = [(at, str(cell).strip()) for at, cell in enumerate(row) if full(cell)]
    half, odd = divmod(len(filled), 2)
    names = [name for _at, name in filled[:half]]
    again = not odd and names == [name for _at, name in filled[half:]]
    return filled[half][0] if again and FEWEST <= half == len(set(names)) else 0


def _heads_all(header: list[Any], rows: Sequence[list[Any]]) -> bool:
    """Whether every column that is filled in again and again below a row is headed by it.

    Else it is the lower row of a header, which says 姓名 and 电话 under 责任领导 and under 责任人.
    """
    filled = Counter(at for row in rows for at, cell in enumerate(row) if full(cell))
    headed = {at for at, cell in enumerate(header) if full(cell)}
    often = min(FEWEST, sum(any(map(full, row)) for row in rows))
    return not any(count >= often for at, count in filled.items() if at not in headed)


def _columns(grid: Grid, sheet: str | None, first: int, end: int | None) -> Grid:
    """Some columns of a sheet as a sheet of their own."""

    def inside(at: int) -> bool:
        return first <= at and (end is None or at < end)

    def cells(found: frozenset[tuple[int, int]]) -> frozenset[tuple[int, int]]:
        return frozenset((row, at - first) for row, at in found if inside(at))

    known = grid.inside
    return replace(
        grid,
        sheet=sheet,
        rows=[row[first:end] for row in grid.rows],
        merged=tuple(
            ((top, left - first), (bottom, right - first))
            for (top, left), (bottom, right) in grid.merged
            if inside(left) and inside(right)
        ),
        inside=Innards(
            hidden=known.hidden,
            pictures={(r, c - first): p for (r, c), p in known.pictures.items() if inside(c)},
            in_cells=cells(known.in_cells),
            formulas=cells(known.formulas),
            faults=cells(known.faults),
            comments={(r, c - first): t for (r, c), t in known.comments.items() if inside(c)},
            struck=cells(known.struck),
            hidden_columns=frozenset(c - first for c in known.hidden_columns if inside(c)),
        ),
    )
