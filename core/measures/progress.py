"""How far an indicator has come: against its target, the time that has passed, the year before (docs/year.md 3)."""

import calendar
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from core.measures.counted import Counted, Question, TraceLine, count
from core.measures.gaps import Gap, gaps
from core.measures.indicators import by_of, indicators, number_of
from core.measures.narrowed import Narrowed
from core.model import Indicator, Target
from core.stats.shares import printed

NOT_WHOLE = "上年同期不全"


class Reached(StrEnum):
    """How an indicator stands against its target."""

    DONE = "完成"
    ON_PACE = "达序时"
    LAGGING = "滞后"
    NO_DATA = "无数据"
    WITHIN = "达标"
    BEYOND = "超标"


MET = (Reached.DONE, Reached.ON_PACE, Reached.WITHIN)
BEHIND = (Reached.LAGGING, Reached.BEYOND)


class Advance(Struct, frozen=True, kw_only=True):
    """Everything told of an indicator over a stretch. Rates are percent, exact."""

    indicator: Indicator
    day: date
    """The last day looked at."""
    value: Counted
    year: Counted
    """Since the first of January, which stands against the target."""
    target: Target | None
    targets: tuple[Target, ...] = ()
    """Every one that was set for the year up to the day, the earliest first."""
    done: Fraction | None = None
    pace: Fraction | None = None
    state: Reached | None = None
    missing: tuple[Gap, ...] = ()
    before: Counted = Counted()
    growth: Fraction | None = None
    """同比, where the year before has something and lacks nothing."""
    before_lacks: bool = False

    @property
    def gap(self) -> Fraction | None:
        """Percentage points ahead of the time that has passed."""
        return None if self.done is None or self.pace is None else self.done - self.pace

    @property
    def yoy(self) -> str:
        """同比 as it is printed."""
        if self.before_lacks:
            return NOT_WHOLE
        return "" if self.growth is None else f"{printed(self.growth)}%"


def pace_on(day: date, plan: tuple[Decimal, ...] = (), value: Decimal | None = None) -> Fraction:
    """序时进度 in percent: even, or by a plan that is even within each month."""
    share = Fraction(day.day, calendar.monthrange(day.year, day.month)[1])
    if plan and value:
        before = Fraction(plan[day.month - 2]) if day.month > 1 else Fraction(0)
        reached = before + (Fraction(plan[day.month - 1]) - before) * share
        return reached * 100 / Fraction(value)
    return (day.month - 1 + share) * 100 / 12


def targets_of(held: Indicator, year: int, day: date) -> tuple[Target, ...]:
    """Targets of a year set by a day, the earliest first."""
    found = [t for t in held.targets if t.year == year and t.set_on <= day]
    return tuple(sorted(found, key=lambda t: t.set_on))


def progress_of(asked: Question, held: Indicator, part: Narrowed | None = None) -> Advance:
    """How far one has come; that of a unit or a zone by its own lines, a unit's against its pledge."""
    part, period = part or Narrowed(asked.town), asked.period
    by = by_of(asked.town, held)

    def number(over: Question) -> Counted:
        return part.of(number_of(over, held), by)

    value = number(asked)
    year = value if period.whole else number(asked.over(period.since_january))
    told = (
        targets_of(held, period.year, asked.day)
        if part.whole
        else part.targets(held, period, asked.day)
    )
    target = told[-1] if told else None
    done, pace = _rates(asked, held, target, year)
    before = number(asked.over(period.before))
    lacks = bool(
        part.whole and not held.share and before.value and gaps(asked.over(period.before), held)
    )
    growth = None
    if not held.share and not lacks and value.value is not None and before.value:
        growth = (Fraction(value.value) - Fraction(before.value)) * 100 / Fraction(before.value)
    return Advance(
        indicator=held,
        day=asked.day,
        value=value,
        year=year,
        target=target,
        targets=told,
        done=done,
        pace=pace,
        state=_state(held, year, target, done, pace),
        missing=tuple(gaps(asked, held)) if part.whole else (),
        before=before,
        growth=growth,
        before_lacks=lacks,
    )


def _rates(
    asked: Question, held: Indicator, target: Target | None, year: Counted
) -> tuple[Fraction | None, Fraction | None]:
    """The share of the target that is done, and the share of the year that has passed."""
    if target is None or held.against:
        return None, None
    pace = pace_on(asked.day, target.plan, target.value)
    if year.value is None or not target.value:
        return None, pace
    return Fraction(year.value) * 100 / Fraction(target.value), pace


def _state(
    held: Indicator,
    year: Counted,
    target: Target | None,
    done: Fraction | None,
    pace: Fraction | None,
) -> Reached | None:
    if target is None:
        return None
    if year.value is None:
        return Reached.NO_DATA
    if held.better == "less":
        return Reached.WITHIN if year.value <= target.value else Reached.BEYOND
    if held.against:
        return Reached.DONE if year.value >= target.value else Reached.LAGGING
    if done is None or done >= 100:
        return Reached.DONE
    return Reached.ON_PACE if pace is not None and done >= pace else Reached.LAGGING


def with_targets(asked: Question) -> list[Advance]:
    """The progress of every indicator that has a target for the year."""
    year = asked.period.year
    return [
        progress_of(asked, held)
        for held in indicators(asked.town)
        if targets_of(held, year, asked.day)
    ]


def targets_there(asked: Question) -> bool:
    """Whether any target was ever set by the day."""
    return any(t.set_on <= asked.day for held in indicators(asked.town) for t in held.targets)


def _targets(asked: Question, *states: Reached) -> Counted:
    found = with_targets(asked)
    return count(
        TraceLine(each.indicator.code, value=each.state.value)
        for each in found
        if each.state is not None and (not states or each.state in states)
    )


def set_(asked: Question) -> Counted:
    """目标.设: indicators with a target."""
    return _targets(asked)


def met(asked: Question) -> Counted:
    """目标.达: reached, or in step with the time that has passed."""
    return _targets(asked, *MET)


def lagging(asked: Question) -> Counted:
    """目标.滞后."""
    return _targets(asked, *BEHIND)


def nodata(asked: Question) -> Counted:
    """目标.无数据."""
    return _targets(asked, Reached.NO_DATA)


def record(each: Advance, names: dict[int, str]) -> dict[str, object]:
    """As data: one line of `zg progress --json`."""

    def rate(value: Fraction | None) -> str | None:
        return None if value is None else f"{printed(value)}%"

    held, target = each.indicator, each.target
    same = each.year is each.value
    return {
        "code": held.code,
        "name": held.name,
        "unit": held.unit,
        "value": each.value.printed_value,
        "text": each.value.text,
        "year": None if same else each.year.printed_value,
        "target": None if target is None else _plain(target.value),
        "targets": [
            {"on": t.set_on.isoformat(), "value": _plain(t.value), "reference": t.reference}
            for t in each.targets
        ],
        "done": rate(each.done),
        "pace": rate(each.pace),
        "gap": None if each.gap is None else printed(each.gap),
        "state": each.state.value if each.state else "",
        "missing": [
            {"cycle": g.cycle, "units": [names.get(u, "") for u in g.units]} for g in each.missing
        ],
        "yoy": each.yoy or None,
        "before": each.before.text,
    }


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
