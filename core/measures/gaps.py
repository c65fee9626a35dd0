"""Cycles nobody has reported for, and what looks wrong with figures (docs/year.md 3)."""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from core.calendar.periods import CYCLES
from core.calendar.spans import Span
from core.measures.counted import Question
from core.measures.entered import entries_of, owners_of, sorted_of
from core.model import Indicator


class Gap(Struct, frozen=True):
    """A cycle for which nobody has reported, and who owes it."""

    cycle: str
    last: date
    units: tuple[int, ...] = ()


def gaps(asked: Question, indicator: Indicator) -> list[Gap]:
    """Cycles that are over and that no figure of an owner touches."""
    length = CYCLES.get(indicator.every)
    if length is None or indicator.counts:
        return []
    town, period = asked.town, asked.period
    told = [e for e in entries_of(asked, indicator) if e.log.stands]
    begins = [e.log.on for e in told] + [date(t.year, 1, 1) for t in indicator.targets]
    if not begins:
        return []
    first = max(min(begins), period.first)
    owners = tuple(dict.fromkeys(owners_of(town, indicator, asked.day)))
    found: list[Gap] = []
    cycle = Span.around(first, length)
    while cycle.last <= period.last:
        touching = {e.unit for e in told if e.log.on <= cycle.last and e.log.last >= cycle.first}
        lacking = tuple(u for u in owners if u is not None and u not in touching)
        if lacking or not (owners or touching):
            found.append(Gap(cycle.code, cycle.last, lacking))
        cycle = cycle.after
    return found


def warnings(asked: Question, indicator: Indicator) -> list[tuple[str, tuple[str, ...]]]:
    """What looks wrong and is nobody's fault yet: `several_units`, `covered_more` with what it is about."""
    found: list[tuple[str, tuple[str, ...]]] = []
    entries_ = sorted_of(asked, indicator).counting
    units = {e.unit for e in entries_}
    if len(units) > 1 and not indicator.owners:
        found.append(("several_units", ()))
    for over in (e for e in entries_ if e.several_days):
        inside = [e for e in entries_ if e.covered_by(over)]
        inside = [e for e in inside if not any(e.covered_by(o) for o in inside)]
        if sum((e.figure.value for e in inside), Decimal(0)) > over.figure.value:
            found.append(("covered_more", (over.ref, *(e.ref for e in inside))))
    return found
