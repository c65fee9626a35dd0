"""经常性工作: when each falls due, and what was done (docs/year.md 2)."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from core.calendar.spans import Length, Span
from core.calendar.working_days import ONE_DAY, Calendar
from core.measures.counted import Counted, LeftOut, Question, TraceLine, count, share
from core.model import Cycle, Duty, Log, Terms
from core.town.town import Town

GRACE = timedelta(days=7)
"""How long after its cycle an instance may still be done."""
_LENGTHS = {
    Cycle.MONTH: Length.MONTH,
    Cycle.QUARTER: Length.QUARTER,
    Cycle.HALF: Length.HALF,
    Cycle.YEAR: Length.YEAR,
}


class Instance(Struct, frozen=True):
    """One time a duty falls due."""

    duty: Duty
    key: str
    """2026-11-25, 2026-W46, 2026-08, 2026Q3, 2026H2 or 2026."""
    nominal: date
    due: date
    first: date
    """The first and last day of its cycle."""
    last: date

    @property
    def ref(self) -> str:
        """As lists name it: W02@2026-08."""
        return f"{self.duty.label}@{self.key}"


def instances(duty: Duty, first: date, last: date, calendar: Calendar) -> Iterator[Instance]:
    """Whatever falls due by its nominal day between two days, in order; a cycle whose day was moved, once."""
    every = sorted(duty.terms, key=lambda t: t.since)
    for at, terms in enumerate(every):
        begin, end = max(first, terms.since), _end(duty, terms, last)
        for key, nominal, opened, closed in _cycles(terms, begin, end, calendar):
            if not begin <= nominal <= end:
                continue
            due = calendar.next_workday(nominal) if terms.roll else nominal
            found = Instance(duty, key, nominal, due, opened, closed)
            if not any(_moved(found, after, calendar) for after in every[at + 1 :]):
                yield found


def _moved(found: Instance, terms: Terms, calendar: Calendar) -> bool:
    """Whether its cycle falls due by other terms, too: by those it then does."""
    if terms.since > found.last:
        return False
    return any(
        key == found.key and terms.since <= day <= _end(found.duty, terms, day)
        for key, day, *_span in _cycles(terms, found.first, found.last, calendar)
    )


def _end(duty: Duty, terms: Terms, last: date) -> date:
    """The last day up to a day on which anything falls due by some terms."""
    gone = duty.until if not duty.active else None
    return min(filter(None, (last, terms.until, gone)))


def _cycles(
    terms: Terms, first: date, last: date, days: Calendar
) -> Iterator[tuple[str, date, date, date]]:
    """Key, nominal day, first and last day of every cycle that touches two days."""
    match terms.cycle:
        case Cycle.WORKDAY:
            day = first
            while day <= last:
                if days.is_workday(day):
                    yield day.isoformat(), day, day, day
                day += ONE_DAY
        case Cycle.WEEK:
            monday = first - timedelta(days=first.weekday())
            while monday <= last:
                year, week, _day = monday.isocalendar()
                nominal = monday + timedelta(days=int(terms.day or 7) - 1)
                yield f"{year}-W{week:02d}", nominal, monday, monday + timedelta(days=6)
                monday += timedelta(days=7)
        case Cycle.DATES:
            for year in range(first.year, last.year + 1):
                for day in dates_of(terms.day, year):
                    yield day.isoformat(), day, day, day
        case _:
            span = Span.around(first, _LENGTHS[terms.cycle])
            while span.first <= last:
                yield span.code, _nominal(terms, span), span.first, span.last
                span = span.after


def _nominal(terms: Terms, span: Span) -> date:
    match terms.cycle:
        case Cycle.MONTH if terms.day.isdigit():
            length = calendar.monthrange(span.first.year, span.first.month)[1]
            return span.first.replace(day=min(int(terms.day), length))
        case Cycle.YEAR if terms.day and terms.day != "last":
            return day_of_year(terms.day, span.year)
        case _:
            return span.last


def day_of_year(text: str, year: int) -> date:
    """The day MM-DD of a year; the 29th of February is the last of it. Raises `ValueError` on no such day."""
    month, _dash, day = text.strip().rpartition("-")
    month = month[-2:].lstrip("-")
    if (int(month), int(day)) == (2, 29) and not calendar.isleap(year):
        return date(year, 2, 28)
    return date(year, int(month), int(day))


def dates_of(text: str, year: int) -> list[date]:
    """The days of a year a list of dates names, whole or as MM-DD."""
    found = []
    for part in filter(None, (each.strip() for each in text.replace("，", ",").split(","))):
        if len(part) > 5:
            day = date.fromisoformat(part)
            if day.year == year:
                found.append(day)
        else:
            found.append(day_of_year(part, year))
    return sorted(found)


MADE_UP = "补记"
"""What is noted of lines that were entered long after what they tell."""


class Standing(Struct, frozen=True):
    """How an instance stands on a day."""

    instance: Instance
    done: Log | None
    excused: Log | None
    today: date
    """The day as of which it is known."""

    @property
    def counts(self) -> bool:
        """Whether it is due: done, or its day has come; not if it was excused."""
        if self.done is not None:
            return True
        return self.excused is None and self.instance.due <= self.today

    @property
    def late(self) -> bool:
        """Whether it was done after it was due."""
        return self.done is not None and self.done.on > self.instance.due

    @property
    def made_up(self) -> bool:
        """补记: whether what was done was entered long after."""
        done = self.done
        return done is not None and done.saved_on is not None and done.saved_on > done.last + GRACE

    @property
    def missed(self) -> bool:
        """Whether its day has passed and its cycle is over, and nobody did it."""
        over = self.instance.due < self.today and self.instance.last < self.today
        return self.done is None and self.excused is None and over

    def line(self) -> TraceLine:
        """As a line of a trace: by the day it was done, or was to be."""
        told = self.done or self.excused
        return TraceLine(self.instance.ref, told.on if told else self.instance.nominal)


def standing(town: Town, first: date, last: date, today: date, only: str = "") -> list[Standing]:
    """How everything stands that falls due between two days, as known today."""
    done: dict[tuple[int, str], Log] = {}
    excused: dict[tuple[int, str], Log] = {}
    for log in town.all(Log):
        if log.duty is None or not log.stands or not log.key:
            continue
        held = excused if log.excused else done
        before = held.get((log.duty, log.key))
        if before is None or (log.on, log.id) < (before.on, before.id):
            held[log.duty, log.key] = log
    found = []
    for duty in sorted(town.all(Duty), key=lambda d: d.id):
        if not kept(duty) or (only and only not in (duty.label, duty.name)):
            continue
        for each in instances(duty, first, last, town.calendar):
            key = duty.id, each.key
            found.append(Standing(each, done.get(key), excused.get(key), today))
    return found


def kept(duty: Duty) -> bool:
    """Whether it is or was a duty, and not one whose entering was taken back."""
    return duty.active or duty.until is not None


def there(asked: Question) -> bool:
    """Whether the register has anything."""
    return any(
        kept(duty) and any(terms.since <= asked.day for terms in duty.terms)
        for duty in asked.town.all(Duty)
    )


def _standing(asked: Question, only: str = "") -> list[Standing]:
    return standing(asked.town, asked.period.first, asked.day, asked.period.known, only)


def _left(found: list[Standing]) -> list[LeftOut]:
    return [
        LeftOut(each.instance.ref, "免" if each.excused else "未到期")
        for each in found
        if not each.counts
    ]


def due(asked: Question, only: str = "") -> Counted:
    """应办."""
    found = _standing(asked, only)
    return count((each.line() for each in found if each.counts), _left(found))


def done(asked: Question, only: str = "") -> Counted:
    """完成; what was entered more than a week after is named."""
    found = [each for each in _standing(asked, only) if each.done]
    late = "、".join(each.done.label for each in found if each.done and each.made_up)
    counted = count(each.line() for each in found)
    return replace(counted, notes=(f"{MADE_UP}：{late}",)) if late else counted


def late(asked: Question, only: str = "") -> Counted:
    """逾期完成."""
    return count(each.line() for each in _standing(asked, only) if each.late)


def missed(asked: Question, only: str = "") -> Counted:
    """漏办."""
    return count(each.line() for each in _standing(asked, only) if each.missed)


def excused(asked: Question, only: str = "") -> Counted:
    """免."""
    found = _standing(asked, only)
    return count(each.line() for each in found if each.excused and not each.done)


def rate(asked: Question, only: str = "") -> Counted:
    """完成率."""
    found = _standing(asked, only)
    lines = [each.line() for each in found if each.done]
    return share(len(lines), sum(each.counts for each in found), lines, _left(found))


def instance_on(duty: Duty, day: date, days: Calendar) -> Instance | None:
    """The instance in whose cycle a day lies, by the terms of that day; by others only where these have none."""
    # A cycle is never longer than a year.
    reach = timedelta(days=366)
    found = [
        each
        for each in instances(duty, day - reach, day + reach, days)
        if each.first <= day <= each.last
    ]
    now = max((t.since for t in duty.terms if t.since <= day), default=day)
    own = (each for each in found if each.nominal >= now)
    return next(own, next(iter(found), None))


def instance_called(duty: Duty, key: str, near: date, days: Calendar) -> Instance | None:
    """The instance of a key, within two years of a day."""
    reach = timedelta(days=731)
    return next(
        (each for each in instances(duty, near - reach, near + reach, days) if each.key == key),
        None,
    )
