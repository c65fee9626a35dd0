"""The year's rounds: 一月一小查, 一季度一普查, 半年和年终大查 (docs/rounds.md 2)."""

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from core.calendar.spans import Length, Span
from core.calendar.working_days import Calendar
from core.model import ROUND_KINDS, Round, RoundKind, RoundState, Scheme

LENGTHS: dict[RoundKind, Length] = {
    RoundKind.QUARTER: Length.QUARTER,
    RoundKind.HALF: Length.HALF,
    RoundKind.YEAR: Length.YEAR,
}
"""How long a stretch a kind of round is about; a month where it is not here."""
_WIDEST = (RoundKind.YEAR, RoundKind.HALF, RoundKind.QUARTER, RoundKind.MONTH)


class Planned(Struct, frozen=True):
    """A round to be planned."""

    kind: RoundKind
    span: Span
    plan_on: date


def due_in(month: Span) -> list[RoundKind]:
    """What falls due in a month, the widest first: 年终 in December, 半年 in June, 季 in March and September."""
    last = month.at % 12 + 1
    ends = {RoundKind.YEAR: (12,), RoundKind.HALF: (6,), RoundKind.QUARTER: (3, 6, 9, 12)}
    return [kind for kind in _WIDEST if last in ends.get(kind, range(1, 13))]


def span_of_kind(kind: RoundKind, day: date) -> Span:
    """What a round of a kind held on a day is about."""
    return Span.around(day, LENGTHS.get(kind, Length.MONTH))


def day_in(month: Span, scheme: Scheme, calendar: Calendar) -> date:
    """The day of a month's round, on a working day of that month."""
    day = min(month.first + timedelta(days=scheme.round_day - 1), month.last)
    found = calendar.next_workday(day)
    while found not in month or not calendar.is_workday(found):
        found -= timedelta(days=1)
    return found


def year_plan(
    year: int, scheme: Scheme, calendar: Calendar, known: list[Round]
) -> Iterator[Planned]:
    """The rounds of a year that are not planned yet: one a month, of the widest kind, or all that fall due."""
    there = {(r.kind, r.period) for r in known if r.active and r.state != RoundState.CANCELLED}
    for month in Span.of(year, Length.YEAR).months:
        due = due_in(month)
        for kind in due if scheme.stack_rounds else due[:1]:
            day = day_in(month, scheme, calendar)
            span = span_of_kind(kind, day)
            if (kind, span.code) not in there:
                yield Planned(kind, span, day)


def number_of(kind: RoundKind, span: Span, taken: set[str]) -> str:
    """检查编号: period and kind, from the second of a kind with a count."""
    plain = f"{span.code}-{ROUND_KINDS[kind]}"
    if plain not in taken:
        return plain
    count = 2
    while f"{plain}-{count}" in taken:
        count += 1
    return f"{plain}-{count}"


def round_called(rounds: dict[int, Round], text: str) -> list[Round]:
    """The rounds a number stands for: the number, or a period in which there is one."""
    said = text.strip()
    exact = [r for r in rounds.values() if r.active and r.number == said]
    if exact:
        return exact
    live = [r for r in rounds.values() if r.active and r.state != RoundState.CANCELLED]
    of_period = [r for r in live if r.period == said]
    return of_period or [r for r in live if r.held_on.isoformat()[:7] == said]
