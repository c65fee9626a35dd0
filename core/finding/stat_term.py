"""`stat:应销号@2026-03`: the items behind a figure, each with its assignments that it counts."""

from collections.abc import Set
from datetime import date

from core.calendar.spans import read_span
from core.errors import RuleError
from core.stats.own_work import own_work
from core.stats.statistics import INDICATORS, OF_OFFICE, indicator_called
from core.stats.tally import tally
from core.town.town import Town

COHORT = ("批次", "cohort")
"""Behind a period: of what was issued in it."""


def counted(value: str, town: Town, today: date, units: Set[int | None] | None) -> dict[str, int]:
    """Labels of items by how often a figure counts them; of assignments on the lines of `units`, or all.

    Raises `RuleError("unknown_indicator")`, `RuleError("bad_period")`.
    """
    name, _at, period = value.partition("@")
    indicator = indicator_called(name)
    if indicator is None:
        raise RuleError("unknown_indicator", value=name, expected=tuple(INDICATORS))
    period, _slash, basis = period.partition("/")
    span = read_span(period or "本月", today)
    cohort = basis in COHORT
    if indicator in OF_OFFICE:
        listed = own_work(town, span, today).cell(indicator.code).listed
    else:
        table = tally(town, span, today, cohort=cohort)
        lines = [line for line in table.lines if units is None or line.key in units]
        listed = tuple(name for line in lines for name in line.cell(indicator.code).listed)
    found: dict[str, int] = {}
    for each in listed:
        label = each.rpartition("/")[0] or each
        found[label] = found.get(label, 0) + 1
    return found
