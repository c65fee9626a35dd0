"""Indicators whose figures are entered: what a report over a stretch covers, whose figures count (docs/year.md 3)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from core.measures.counted import Counted, LeftOut, Question, TraceLine, ordered, share
from core.model import Figure, Indicator, Log, Zone
from core.stats.shares import printed
from core.stats.tabulated import unit_line
from core.town.town import Town
from core.words.amounts import written


class FigureEntry(Struct, frozen=True):
    """One figure with where it stands."""

    log: Log
    figure: Figure
    unit: int | None
    zone: int | None
    zones: frozenset[int | None]
    """Its zone, those above it, and none: what a figure must be of to cover it."""

    @property
    def ref(self) -> str:
        """As lists name it."""
        return self.log.label

    @property
    def several_days(self) -> bool:
        """Whether it is a report over a stretch."""
        return self.log.last > self.log.on

    def covered_by(self, other: "FigureEntry") -> bool:
        """Whether another figure of the same unit has it in itself."""
        mine, theirs = (self.log.on, self.log.last), (other.log.on, other.log.last)
        return (
            other.several_days
            and other.unit == self.unit
            and theirs[0] <= mine[0]
            and mine[1] <= theirs[1]
            and other.zone in self.zones
            and (mine != theirs or other.zone != self.zone)
        )

    def line(self, value: str = "") -> TraceLine:
        """As a line of a trace."""
        told = value or _value_of(self.figure)
        return TraceLine(self.ref, self.log.on, self.unit, self.zone, told)


def _value_of(figure: Figure) -> str:
    if figure.part is not None and figure.whole is not None:
        return f"{written(figure.part)}/{written(figure.whole)}"
    return written(figure.value)


def above(town: Town, zone: int | None) -> frozenset[int | None]:
    """A zone, the one it went into, every zone above, and none."""
    found: set[int | None] = {None}
    while zone is not None and zone not in found:
        found.add(zone)
        held: Zone | None = town.zones.get(zone)
        zone = (held.into or held.parent) if held else None
    return frozenset(found)


def entries(town: Town, day: date) -> dict[str, list[FigureEntry]]:
    """Every figure by its indicator, void ones too; units as they are on a day."""
    units: dict[int | None, int | None] = {}
    zones: dict[int | None, frozenset[int | None]] = {}
    found: dict[str, list[FigureEntry]] = {}
    for log in town.all(Log):
        if not log.active or not log.figures:
            continue
        if log.unit not in units:
            units[log.unit] = unit_line(town, log.unit, day)
        for figure in log.figures:
            zone = log.zone_of(figure)
            if zone not in zones:
                zones[zone] = above(town, zone)
            entry = FigureEntry(log, figure, units[log.unit], zone, zones[zone])
            found.setdefault(figure.indicator, []).append(entry)
    return found


def entries_of(asked: Question, indicator: Indicator) -> list[FigureEntry]:
    """Every figure of an indicator, void ones too; units as they are on the last day asked about."""
    every = asked.once(lambda: entries(asked.town, asked.day), "entries", asked.day)
    return every.get(indicator.code, [])


class _Sorted(Struct):
    counting: list[FigureEntry]
    left: list[LeftOut]


def sorted_of(asked: Question, indicator: Indicator) -> _Sorted:
    """What counts in a stretch, and what does not, with the first word that holds."""
    period, owners = asked.period, owners_of(asked.town, indicator, asked.day)
    counting: list[FigureEntry] = []
    left: list[LeftOut] = []
    for entry in entries_of(asked, indicator):
        log = entry.log
        if log.last < period.first or log.on > period.last:
            continue
        if log.void_reason:
            left.append(LeftOut(entry.ref, "已作废"))
        elif owners and entry.unit not in owners:
            left.append(LeftOut(entry.ref, "非归口"))
        elif log.on < period.first or log.last > period.last:
            left.append(LeftOut(entry.ref, "跨期"))
        else:
            counting.append(entry)
    return _Sorted(counting, left)


def owners_of(town: Town, indicator: Indicator, day: date) -> frozenset[int | None]:
    """Units whose figures alone count, as they are on a day."""
    return frozenset(unit_line(town, unit, day) for unit in indicator.owners)


def value_of(asked: Question, indicator: Indicator) -> Counted:
    """The value of an entered indicator over a stretch."""
    first, last = asked.period.first, asked.period.last
    return asked.once(lambda: _value(asked, indicator), "value", indicator.id, first, last)


def _value(asked: Question, indicator: Indicator) -> Counted:
    if indicator.kind == "last":
        return _survey(asked, indicator) if indicator.share else _stock(asked, indicator)
    found = sorted_of(asked, indicator)
    kept: list[FigureEntry] = []
    reports: dict[int | None, list[FigureEntry]] = {}
    for entry in found.counting:
        if entry.several_days:
            reports.setdefault(entry.unit, []).append(entry)
    for entry in found.counting:
        theirs = reports.get(entry.unit, ())
        over = [each for each in theirs if entry.covered_by(each)]
        if not over:
            kept.append(entry)
            continue
        # Whatever covers what covers it counts, or is covered itself by one that does.
        standing = [e for e in over if not any(e.covered_by(o) for o in theirs)]
        main = max(standing or over, key=lambda e: (e.log.last - e.log.on, -e.log.id))
        found.left.append(LeftOut(entry.ref, f"含于{main.ref}"))
    if indicator.kind == "mean":
        return _mean(kept, found.left, percentage=indicator.share)
    return _sum(indicator, kept, found.left)


def _sum(
    indicator: Indicator,
    kept: list[FigureEntry],
    left: Iterable[LeftOut],
    notes: tuple[str, ...] = (),
) -> Counted:
    gone = _left(left)
    if not kept:
        return Counted(left_out=gone)
    value = sum((e.figure.value for e in kept), Decimal(0))
    return Counted(
        value=value,
        text=approximate(written(value, indicator.scale), [e.figure.approx for e in kept]),
        lines=ordered(e.line() for e in kept),
        left_out=gone,
        notes=notes,
    )


def approximate(text: str, approx: Iterable[str]) -> str:
    """A number with 余 behind and 约 before it, if anything counted was so."""
    words = set(approx)
    return ("约" if "约" in words else "") + text + ("余" if "余" in words else "")


def _left(left: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
    return tuple(sorted(left, key=lambda each: each.ref))


def _mean(kept: list[FigureEntry], left: Iterable[LeftOut], *, percentage: bool) -> Counted:
    gone, lines = _left(left), ordered(e.line() for e in kept)
    if not kept:
        return Counted(left_out=gone)
    parts = [(e.figure.part, e.figure.whole) for e in kept]
    told = [(p, w) for p, w in parts if p is not None and w is not None]
    if len(told) == len(kept):
        return share(sum(p for p, _ in told), sum(w for _, w in told), lines, gone)
    value = sum((e.figure.value for e in kept), Decimal(0)) / len(kept)
    return Counted(
        value=value,
        text=f"{printed(Fraction(value))}%" if percentage else written(value),
        lines=lines,
        left_out=gone,
        notes=("简单平均",),
        share=percentage,
    )


def _survey(asked: Question, indicator: Indicator) -> Counted:
    """A percentage: the latest in the stretch, never carried over."""
    found = sorted_of(asked, indicator)
    latest = max(found.counting, key=lambda e: (e.log.last, e.log.id), default=None)
    found.left += [LeftOut(e.ref, "已有更新") for e in found.counting if e is not latest]
    if latest is None:
        return Counted(left_out=_left(found.left))
    figure = latest.figure
    if figure.part is not None and figure.whole is not None:
        return share(figure.part, figure.whole, (latest.line(),), _left(found.left))
    return Counted(
        value=figure.value,
        text=f"{printed(Fraction(figure.value))}%",
        lines=(latest.line(),),
        left_out=_left(found.left),
        share=True,
    )


def _stock(asked: Question, indicator: Indicator) -> Counted:
    """What there is: by unit the latest of no zone, else the latest of each zone; from before the stretch too."""
    period, owners = asked.period, owners_of(asked.town, indicator, asked.day)
    held: dict[int | None, list[FigureEntry]] = {}
    left: list[LeftOut] = []
    for entry in entries_of(asked, indicator):
        log = entry.log
        meets = log.last >= period.first and log.on <= period.last
        if log.on > period.last:
            continue
        if log.void_reason:
            left += [LeftOut(entry.ref, "已作废")] * meets
        elif owners and entry.unit not in owners:
            left += [LeftOut(entry.ref, "非归口")] * meets
        elif log.last > period.last:
            left.append(LeftOut(entry.ref, "跨期"))
        else:
            held.setdefault(entry.unit, []).append(entry)
    kept = [entry for several in held.values() for entry in _latest(several)]
    counted = {id(entry) for entry in kept}
    for several in held.values():
        for entry in several:
            if id(entry) not in counted and entry.log.last >= period.first:
                left.append(LeftOut(entry.ref, "已有更新"))
    carried = any(entry.log.last < period.first for entry in kept)
    return _sum(indicator, kept, left, ("沿用",) if carried else ())


def _latest(several: list[FigureEntry]) -> list[FigureEntry]:
    def when(entry: FigureEntry) -> tuple[date, int]:
        return entry.log.last, entry.log.id

    whole = [entry for entry in several if entry.zone is None]
    if whole:
        return [max(whole, key=when)]
    zones: dict[int | None, FigureEntry] = {}
    for entry in sorted(several, key=when):
        zones[entry.zone] = entry
    return list(zones.values())
