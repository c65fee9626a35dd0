"""The figures as a unit is told them: its own line, and of the whole town no more than how many (docs/gate.md 5)."""

from datetime import date

from msgspec.structs import replace

from core.calendar.spans import Span
from core.sight.whose import NO_UNIT
from core.stats.tabulated import By, Cell, FigureLine, FigureTable
from core.stats.tally import Keep, tally
from core.town.town import Town


def own_tally(
    town: Town,
    span: Span,
    today: date,
    by: By = By.UNIT,
    *,
    cohort: bool = False,
    keep: Keep | None = None,
    unit: int | None = None,
) -> FigureTable:
    """The table of a stretch for one unit: by units its own line and the town's total without what it counts; by
    anything else, or of some items only, what stands on its own line and nothing of others.

    The town must be the whole one.
    """
    mine = unit or NO_UNIT
    if by != By.UNIT or keep is not None:
        return tally(town, span, today, by, cohort=cohort, keep=keep, unit=mine)
    table = tally(town, span, today, by, cohort=cohort)
    own = tuple(line for line in table.lines if line.key == mine)
    return replace(table, lines=own, total=_counts_only(table.total), ranked=False)


def _counts_only(line: FigureLine) -> FigureLine:
    """A line that says how many and never which."""
    cells = {code: _count_only(cell) for code, cell in line.cells.items()}
    return FigureLine(line.key, cells, told=False)


def _count_only(cell: Cell) -> Cell:
    return replace(cell, listed=("",) * cell.count, of=("",) * cell.base if cell.of else cell.of)
