"""The lists there are: every register's, tables of activities and figures, and of a campaign's coverage."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any

from core.actions.action import Action
from core.errors import Doubt, Incomplete
from core.lists.coming import Cells, ListKind, RowReader
from core.lists.covers import HEADERS as COVER_HEADERS
from core.lists.covers import CoverRows
from core.lists.figures import HEADERS as FIGURE_HEADERS
from core.lists.figures import FigureRows, together
from core.lists.list_reading import Reading, cell_value, figures_read, kept
from core.lists.logs import HEADERS as LOG_HEADERS
from core.lists.logs import LogRows
from core.lists.rules_and_routes import RouteRows, RuleRows
from core.lists.shops import ShopRows
from core.lists.units import UnitRows
from core.lists.views import ViewRows
from core.lists.walks import HEADERS as WALK_HEADERS
from core.lists.walks import WalkRows, rows_of_lines
from core.lists.zones import ZoneRows
from core.model import Campaign, Record
from core.registers import REGISTERS, Register, folded


class PlainRows(RowReader):
    """Rows of a register of which nothing is its own: a record that is known is edited where it differs,
    another is added."""

    def __init__(self, reading: Reading, register: Register) -> None:
        self._reading, self._register = reading, register
        self._held: dict[tuple[object, ...], Record] = {}
        records = reading.town.tables[register.table].values()
        for record in sorted(records, key=lambda r: not getattr(r, "active", True)):
            self._held.setdefault(register.key_of(record), record)

    def doubts(self, cells: Cells) -> Iterable[Doubt]:
        """Figures that are not taken as they stand."""
        return figures_read(self._register, cells)

    def actions(self, cells: dict[str, Any]) -> list[Action]:
        """What one row changes. Raises `RuleError`."""
        register = self._register
        fields: dict[str, Any] = {}
        for each in register.fields:
            value = cell_value(self._reading, register, each, cells)
            if value is not None:
                fields[each.name] = value
            elif each.required:
                raise Incomplete("missing", fields=(each.key,), table=register.table)
        known = self._held.get(folded(tuple(fields.get(name) or "" for name in register.named_by)))
        return kept(register, known, fields)


_OWN: dict[str, type[RowReader]] = {
    "routes": RouteRows,
    "rules": RuleRows,
    "shops": ShopRows,
    "units": UnitRows,
    "views": ViewRows,
    "zones": ZoneRows,
}
"""Registers whose rows say more than their fields."""

LOGS = ListKind(LOG_HEADERS, LogRows.NEEDED, LogRows, "logs")
"""A table of activities."""


def list_of(table: str) -> ListKind:
    """The list of a register."""
    register = REGISTERS[table]
    own = _OWN.get(table)
    needed = (own.NEEDED if own else ()) or tuple(f.key for f in register.fields if f.required)
    rows: Callable[[Reading], RowReader] = own or partial(PlainRows, register=register)
    return ListKind(register.headers, needed, rows, table)


def figures(year: int | None = None, unit: int | None = None) -> ListKind:
    """A table of figures; `year` is that of months without one, `unit` who reports where no row says it."""
    return ListKind(
        FIGURE_HEADERS,
        FigureRows.NEEDED,
        partial(FigureRows, year=year, unit=unit),
        together=together,
    )


def walks(on: date | None = None) -> ListKind:
    """A list somebody walked with, on a day; else on that it says."""
    return ListKind(WALK_HEADERS, WalkRows.NEEDED, partial(WalkRows, on=on), lines=rows_of_lines)


def covers(campaign: Campaign) -> ListKind:
    """A table of what a campaign has covered, zone by zone."""
    return ListKind(COVER_HEADERS, CoverRows.NEEDED, partial(CoverRows, campaign=campaign))
