"""A table of figures: lines of cells, each of which lists what it counts (docs/statistics.md 3)."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from statistics import median

from msgspec import Struct

from core.calendar.spans import Span
from core.calendar.working_days import ONE_DAY
from core.stats.shares import percent, printed
from core.stats.statistics import INDICATORS, Shape, Statistic
from core.town.town import Town

MANY_TIMES = 3
"""超期倍数 from which an assignment is listed."""


class By(StrEnum):
    """What the lines of a table are."""

    UNIT = "unit"
    ZONE = "zone"
    CATEGORY = "category"
    GROUP = "group"


Key = int | str | None


class Cell(Struct, frozen=True):
    """One figure: what it counts as `item/no`, and of what; a mean has `value`."""

    listed: tuple[str, ...] = ()
    of: tuple[str, ...] | None = None
    mean: Fraction | None = None

    @property
    def count(self) -> int:
        """How many it counts."""
        return len(self.listed)

    @property
    def base(self) -> int:
        """Of how many, where it is a share."""
        return len(self.of or ())

    def value(self, indicator: Statistic) -> Fraction | int | None:
        """The figure, exact; None where there is nothing below the line."""
        match indicator.measure:
            case Shape.COUNT:
                return self.count
            case Shape.RATE:
                return percent(self.count, self.base)
            case Shape.DAYS:
                return self.mean

    def text(self, indicator: Statistic) -> str:
        """The figure as it is printed; empty where there is none."""
        match indicator.measure:
            case Shape.COUNT:
                return str(self.count)
            case Shape.RATE:
                return printed(self.value(indicator))
            case Shape.DAYS:
                return printed(self.mean, 1)


class FigureLine(Struct, frozen=True):
    """The figures of one unit, zone, category or group; None for what belongs to none."""

    key: Key
    cells: Mapping[str, Cell]
    multiples: Mapping[str, Fraction] = {}
    """超期倍数 of what is three times over or more."""
    absorbed: tuple[int, ...] = ()
    """Units that went into this one and stand on its line (含并入)."""
    told: bool = True
    """Whether it tells which assignments it counts; else only how many, as a unit is told of the whole town."""

    def cell(self, code: str) -> Cell:
        """One figure."""
        return self.cells[code]

    def count(self, code: str) -> int:
        """How many of something."""
        return self.cells[code].count

    def rate(self, code: str) -> Fraction | None:
        """A share in percent, exact."""
        value = self.cells[code].value(INDICATORS[code])
        return None if value is None else Fraction(value)

    def text(self, code: str) -> str:
        """A figure as it is printed."""
        return self.cells[code].text(INDICATORS[code])

    def small(self, least: int) -> bool:
        """Whether its base is small (基数小)."""
        return 0 < self.count("need") < least


class FigureTable(Struct, frozen=True, kw_only=True):
    """The figures of a stretch as they are known on a day."""

    span: Span
    today: date
    until: date
    """The last day whose happenings count (h)."""
    by: By
    cohort: bool = False
    """批次: what was issued in the stretch, wherever it has come by `until`; else 滚动."""
    lines: tuple[FigureLine, ...]
    total: FigureLine
    whole: bool = True
    """Whether the total is the whole town's."""
    ranked: bool = True
    """Whether its lines have places among each other."""
    provisional: bool = False
    """Whether durations rest on a year whose holidays are not published yet (暂定)."""

    def line(self, key: Key) -> FigureLine | None:
        """The line of one unit, zone, category or group."""
        return next((line for line in self.lines if line.key == key), None)


class Window(Struct, frozen=True, kw_only=True):
    """What is looked at."""

    span: Span
    today: date
    cohort: bool = False

    @property
    def until(self) -> date:
        """h: the last day whose happenings count."""
        return min(self.span.last, self.today)

    @property
    def passed(self) -> date:
        """T: a deadline has passed where it is before this day."""
        return min(self.span.last + ONE_DAY, self.today)


def unit_line(town: Town, unit: int | None, day: date) -> int | None:
    """The unit on whose line something stands: what it has gone into by a day, else itself."""
    seen: set[int] = set()
    while unit is not None and unit not in seen:
        seen.add(unit)
        known = town.units.get(unit)
        if known is None or known.into is None or (known.until is not None and known.until > day):
            break
        unit = known.into
    return unit


def cells_of(
    indicators: Iterable[Statistic], found: Mapping[str, list[str]], days: list[int]
) -> dict[str, Cell]:
    """Every cell of a line, from what was counted."""
    listed = {code: tuple(sorted(names, key=in_order)) for code, names in found.items()}
    cells: dict[str, Cell] = {}
    for each in indicators:
        match each.measure:
            case Shape.COUNT:
                cells[each.code] = Cell(listed.get(each.code, ()))
            case Shape.RATE:
                cells[each.code] = Cell(listed.get(each.part, ()), listed.get(each.whole, ()))
            case Shape.DAYS:
                cells[each.code] = Cell(listed.get(each.part, ()), None, _mean(each.code, days))
    return cells


def in_order(name: str) -> tuple[str, int, int]:
    """Lists go by series, number and assignment."""
    label, _slash, no = name.rpartition("/")
    series, _dash, seq = label.rpartition("-")
    return series, int(seq) if seq.isdigit() else 0, int(no) if no.isdigit() else 0


def _mean(code: str, days: list[int]) -> Fraction | None:
    if not days:
        return None
    return Fraction(median(days)) if code == "median_days" else Fraction(sum(days), len(days))
