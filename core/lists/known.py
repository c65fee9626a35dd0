"""The lists there are: every register's, tables of activities and figures, and of a campaign's coverage."""

from collections.abc import Callable
from functools import partial

from core.lists.coming import ListKind, RowReader
from core.lists.covers import HEADERS as COVER_HEADERS
from core.lists.covers import CoverRows
from core.lists.figures import HEADERS as FIGURE_HEADERS
from core.lists.figures import FigureRows, together
from core.lists.kinds import RouteRows, RuleRows
from core.lists.logs import HEADERS as LOG_HEADERS
from core.lists.logs import LogRows
from core.lists.reading import Reading
from core.lists.shops import ShopRows
from core.lists.units import UnitRows
from core.lists.values import PlainRows
from core.lists.views import ViewRows
from core.lists.zones import ZoneRows
from core.model import Campaign
from core.registers import REGISTERS

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


def covers(campaign: Campaign) -> ListKind:
    """A table of what a campaign has covered, zone by zone."""
    return ListKind(COVER_HEADERS, CoverRows.NEEDED, partial(CoverRows, campaign=campaign))
