"""The figures of a stretch of time, by unit, zone, category or group; every number lists what it counts.

One function for screens, commands, sheets and circulars (docs/statistics.md 3).
"""

from collections.abc import Callable, Hashable, Iterator
from datetime import date
from fractions import Fraction

from core.calendar.spans import Span
from core.calendar.working_days import Calendar
from core.model import End, Item
from core.stats.recorded import Recorded
from core.stats.standing import Given, given_of
from core.stats.statistics import OF_UNITS
from core.stats.tabulated import (
    MANY_TIMES,
    By,
    FigureLine,
    FigureTable,
    Key,
    Window,
    cells_of,
    unit_line,
)
from core.town.town import Town
from core.words.categories import CATEGORIES

Keep = Callable[[Item], bool]


def tally(
    town: Town,
    span: Span,
    today: date,
    by: By = By.UNIT,
    *,
    cohort: bool = False,
    keep: Keep | None = None,
    unit: int | None = None,
) -> FigureTable:
    """The table of a stretch; of items `keep` lets through, of assignments on the line of `unit`.

    The town must be complete: figures go over all items.
    """
    view = Window(span=span, today=today, cohort=cohort)
    counter = _Tally(town, view, by)
    for item in town.items.values():
        if keep is None or keep(item):
            counter.take(item, unit)
    return counter.table(whole=keep is None and unit is None, ranked=unit is None)


class _Tally:
    """Sorts assignments into cells."""

    def __init__(self, town: Town, view: Window, by: By) -> None:
        self.town, self.view, self.by = town, view, by
        self.until, self.passed = view.until, view.passed
        self.calendar: Calendar = town.calendar
        self.recorded = Recorded(town)
        self.found: dict[Key, dict[str, list[str]]] = {}
        self.days: dict[Key, list[int]] = {}
        self.multiples: dict[Key, dict[str, Fraction]] = {}
        self.absorbed: dict[Key, dict[int, None]] = {}
        self.lines_of: dict[int | None, int | None] = {}
        self.provisional = False

    def line_of(self, unit: int | None) -> int | None:
        """The unit on whose line one stands."""
        if unit not in self.lines_of:
            self.lines_of[unit] = unit_line(self.town, unit, self.until)
        return self.lines_of[unit]

    def key(self, item: Item, unit: int | None) -> Key:
        match self.by:
            case By.UNIT:
                return unit
            case By.ZONE:
                return item.zone
            case By.CATEGORY:
                return item.category or None
            case By.GROUP:
                known = self.town.units.get(unit or 0)
                return (known.group if known else "") or None

    def take(self, item: Item, only: int | None) -> None:
        """An item with all its assignments."""
        if not item.assignments:
            return
        assignments = list(given_of(item, self.town))
        for given in assignments:
            unit = self.line_of(given.lead)
            if only is None or unit == only:
                key = self.key(item, unit)
                self._count(given, key)
                if self.by == By.UNIT and unit != given.lead and given.lead is not None:
                    self.absorbed.setdefault(key, {})[given.lead] = None
            if self.by == By.UNIT and given.counts and given.open_at(self.until):
                self._help(given, only)
        if item.rechecks:
            self._look_backs(item, assignments, only)

    def _help(self, given: Given, only: int | None) -> None:
        for co in dict.fromkeys(self.line_of(unit) for unit in given.it.co):
            if only is None or co == only:
                self.add(co, "helping", given.name)

    def add(self, key: Key, code: str, name: str) -> None:
        """One more of something."""
        self.found.setdefault(key, {}).setdefault(code, []).append(name)

    def _count(self, given: Given, key: Key) -> None:
        for code in self._codes(given, key):
            self.add(key, code, given.name)

    def _codes(self, given: Given, key: Key) -> Iterator[str]:
        """Everything one assignment counts in."""
        it, span, until = given.it, self.view.span, self.until
        out = it.issued_on is not None and it.issued_on in span and it.issued_on <= until
        if out and given.end not in (End.MERGED, End.VOID):
            yield "given"
            if given.end not in (End.RETURNED, End.REASSIGNED):
                yield "accurate"
        if not given.counts:
            ended = it.ended_on
            if ended is not None and ended in span and ended <= until and given.left_late():
                yield "out_overdue"
            return
        issued, late_issue = self._in_span("issued", it.issued_on, given)
        if issued:
            yield "issued"
            if it.extensions:
                yield "extended"
        if late_issue:
            yield "late_recorded"
        if self.view.cohort and not issued:
            return
        yield from self._ended(given, key)
        yield from self._looked_at(given)
        if given.open_at(until):
            yield from self._open(given, key)

    def _in_span(self, kind: str, day: date | None, given: Given) -> tuple[bool, bool]:
        """Whether something counts in this stretch, and whether it does though it is of an earlier month."""
        if day is None or day > self.until:
            return False, False
        month = self.recorded.month(kind, day, given.name)
        span = self.view.span
        inside = span.at <= month.at < span.at + span.length
        return inside, inside and month != Span.month_of(day)

    def _ended(self, given: Given, key: Key) -> Iterator[str]:
        it = given.it
        if given.end != End.CLOSED:
            return
        if self.view.cohort:
            closed, late = it.ended_on is not None and it.ended_on <= self.until, False
        else:
            closed, late = self._in_span("closed", it.ended_on, given)
        if not closed:
            return
        yield "closed"
        yield "need"
        if late:
            yield "late_recorded"
        if given.in_time:
            yield "ontime"
            if it.exempt_on is not None:
                yield "exempted"
        else:
            yield "late"
            yield "overdue_closed"
            yield from self._multiple(given, key, given.done)
        days = given.days(self.calendar)
        if days is not None:
            self.days.setdefault(key, []).append(days)
            ends = (it.issued_on, given.done)
            self.provisional |= any(d and not self.calendar.official(d.year) for d in ends)

    def _multiple(self, given: Given, key: Key, end: date | None) -> Iterator[str]:
        """超期倍数: how many times its limit it took beyond it."""
        it = given.it
        if it.issued_on is None or it.due is None or end is None:
            return
        limit = max(1, self.calendar.workdays_between(it.issued_on, it.due))
        used = self.calendar.workdays_between(it.issued_on, end)
        times = Fraction(used - limit, limit)
        if times >= MANY_TIMES:
            self.multiples.setdefault(key, {})[given.name] = times
            yield "late_multiple"

    def _looked_at(self, given: Given) -> Iterator[str]:
        span = self.view.span
        looks = [
            look
            for look in given.it.inspections
            if look.on is not None
            and look.on <= self.until
            and (self.view.cohort or look.on in span)
        ]
        if not looks:
            return
        yield "inspected"
        failed = sum(not look.passed for look in looks)
        yield "rework" if failed else "first_pass"
        yield from ("rework_times",) * failed

    def _open(self, given: Given, key: Key) -> Iterator[str]:
        until = self.until
        yield "open"
        if given.suspended_at(until):
            yield "suspended"
            if given.stockpiled_at(until):
                yield "stockpiled"
        elif given.claim_at(until) is not None:
            yield "awaiting"
        if given.late_at(until, self.passed):
            yield "overdue_open"
            yield "need"
            yield "late"
            yield from self._multiple(given, key, until)

    def _look_backs(self, item: Item, assignments: list[Given], only: int | None) -> None:
        """回头看, to the unit of the last closing before it."""
        for look in item.rechecks:
            if look.on not in self.view.span or look.on > self.until:
                continue
            closed = [
                g
                for g in assignments
                if g.end == End.CLOSED and g.it.ended_on is not None and g.it.ended_on <= look.on
            ]
            if not closed:
                continue
            unit = self.line_of(closed[-1].lead)
            if only is not None and unit != only:
                continue
            key = self.key(item, unit)
            self.add(key, "rechecked", closed[-1].name)
            if not look.held:
                self.add(key, "relapsed", closed[-1].name)

    def table(self, *, whole: bool, ranked: bool) -> FigureTable:
        """Everything, in order."""
        lines = tuple(
            FigureLine(
                key,
                cells_of(OF_UNITS, self.found[key], self.days.get(key, [])),
                self.multiples.get(key, {}),
                tuple(self.absorbed.get(key, ())),
            )
            for key in sorted(self.found, key=self._order())
        )
        every: dict[str, list[str]] = {}
        for found in self.found.values():
            for code, names in found.items():
                every.setdefault(code, []).extend(names)
        days = [each for several in self.days.values() for each in several]
        multiples = {n: t for several in self.multiples.values() for n, t in several.items()}
        return FigureTable(
            span=self.view.span,
            today=self.view.today,
            until=self.until,
            by=self.by,
            cohort=self.view.cohort,
            lines=lines,
            total=FigureLine(None, cells_of(OF_UNITS, every, days), multiples),
            whole=whole,
            ranked=ranked,
            provisional=self.provisional,
        )

    def _order(self) -> Callable[[Key], tuple[bool, Hashable]]:
        if self.by == By.ZONE:
            codes = {zone.id: zone.code for zone in self.town.zones.values()}
            return lambda key: (key is None, codes.get(key, "") if isinstance(key, int) else "")
        if self.by == By.CATEGORY:
            ranks = {name: rank for rank, name in enumerate(CATEGORIES)}
            return lambda key: (key is None, ranks.get(str(key), len(ranks)))
        return lambda key: (key is None, key or 0)
