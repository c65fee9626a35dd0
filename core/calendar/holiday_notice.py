"""The State Council's holiday notice read as people paste it (docs/domain.md 7).

"1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。" Weekdays in brackets are checked, so that a
notice of another year is noticed.
"""

import re
import unicodedata
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from core.calendar.holidays import Year
from core.calendar.working_days import days_of
from core.errors import RuleError

_YEAR = re.compile(r"(20\d\d)年")
_SPAN = re.compile(
    r"(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^)]*)\))?"
    r"(?:(?:至|到|-|~|—|–|－)(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^)]*)\))?)?"
)
_CLAUSE = re.compile(r"[。;；\n]")
_BROKEN = re.compile(r"(?<![。;；\n])\n+(?=[至到~—–,、(日放休调共上)-]|\d{1,2}日)")
"""A line that ends in the middle of a sentence, as mail programs break them."""
_BOTH = re.compile(r"(.*(?:放假|休息|调休)(?:,?共\d{1,2}天)?),?(.*上班.*)")
"""A sentence that says both when there is a holiday and when one works for it."""
_WISHED = re.compile(r"鼓励|带薪年休假|年休假|建议|倡导|可结合|弹性")
"""What a sentence only hopes for is no day off."""
_CHANGED = re.compile(r"(?:延长|推迟|顺延|延后|调整|改)(?:至|到|为|成)")
_PROLONGED = re.compile(r"(?:延长|顺延|推迟|延后)[^,，\d]{0,12}?(?:至|到)")
_AS_EVER = re.compile(r"(?:起|恢复)?正常(?:上班|工作)|起(?:开始)?上班")
"""When ordinary work goes on: no made-up day."""
_PARTIAL = re.compile(r"调整|延长|补充|更正|增加|修改|顺延")
"""Words of a notice that speaks of a stretch, not of a whole year."""
_REGIONAL = re.compile(
    r"自治区|自治州|自治县|全区|全州|三月三|古尔邦|开斋|火把|雪顿|藏历|我区|本区|我市|我州|地方性?节日"
)
MOST_HOLIDAYS = 7
"""Holidays of a year; a notice that names most of them is about all of it."""
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
_WEEKDAYS = "一二三四五六日"


class Notice(Struct, frozen=True):
    """A notice as it was read."""

    year: int
    table: Year
    whole: bool
    """Whether it is about the whole year; else what it does not speak of stays."""
    adds: bool = False
    """Whether its days come on top of the others, as regional holidays do."""
    until: tuple[str, ...] = ()
    """Last days, `MMDD`, to which stretches known before are prolonged."""


WHOLE = 5
"""Holidays a notice must name to be about the whole year."""


def read_notice(text: str, year: int | None = None) -> Notice:
    """The year, its table, and how far it goes. Raises `RuleError("bad_notice")` naming what does not fit."""
    plain = re.sub(r"[ \t]+", "", unicodedata.normalize("NFKC", text))
    named = _YEAR.search(plain)
    found = year or (int(named.group(1)) if named else None)
    if found is None:
        raise RuleError("no_year")
    plain = _BROKEN.sub("", _YEAR.sub("", plain).replace("次年", ""))
    rest: list[str] = []
    work: list[str] = []
    until: list[str] = []
    for clause in _CLAUSE.split(plain):
        both = _BOTH.fullmatch(clause)
        for part in both.groups() if both else (clause,):
            wished = _WISHED.search(part)
            part = part[: wished.start()] if wished else part
            ever = _AS_EVER.search(part)
            if ever:
                part = part[: max(part.rfind(",", 0, ever.start()), 0)]
            if "上班" in part:
                work += _worked(part, found)
            elif re.search("放假|休息|调休|延长|顺延", part):
                longer = _PROLONGED.search(part)
                if longer and not _SPAN.search(part[: longer.start()]):
                    until += _rested(part[longer.end() :], found)
                else:
                    rest += _rested(_amended(part), found)
    if not rest and not work and not until:
        raise RuleError("bad_notice", value=text[:60])
    heads = text[:80]
    regional = bool(_REGIONAL.search(heads)) and "国务院" not in heads
    whole = len(rest) >= WHOLE and not (_PARTIAL.search(heads) and len(rest) < MOST_HOLIDAYS)
    table = Year(rest=tuple(dict.fromkeys(rest)), work=tuple(sorted(set(work))))
    return Notice(found, table, whole and not regional, regional, tuple(until))


def _amended(part: str) -> str:
    """A sentence as it holds: of 由5月1日至5日调整为4月30日至5月5日 what it becomes, of 1月24日至30日延长至2月2日
    the whole."""
    longer = _PROLONGED.search(part)
    if longer:
        begin = _SPAN.search(part[: longer.start()])
        behind = part[longer.end() :]
        if begin is None:
            return behind
        first = f"{begin.group(1)}月{begin.group(2)}日" if begin.group(1) else f"{begin.group(2)}日"
        return f"{first}至{behind}"
    changed = _CHANGED.search(part)
    return part[changed.end() :] if changed else part


def merged(before: Year, notice: Notice) -> tuple[Year, tuple[date, ...]]:
    """The table of a year after a notice, and the days that were off or worked before and now are not.

    A notice about a stretch replaces what lies within its stretch only: the rest of the year stays.
    """
    year = notice.year
    notice = _prolonged(before, notice)
    if notice.whole:
        new = notice.table
    elif notice.adds:
        new = Year(
            rest=tuple(dict.fromkeys((*before.rest, *notice.table.rest))),
            work=tuple(sorted({*before.work, *notice.table.work})),
        )
    else:
        spans = spelled(notice.table, year)
        touched = [
            span
            for span, (first, last) in zip(before.rest, spelled(before, year), strict=True)
            if any(first <= b and a <= last for a, b in spans)
        ]
        near = _around(before, touched, year) if notice.table.work else set()
        work = [day for day in before.work if day not in near]
        new = Year(
            rest=tuple(sorted({*(s for s in before.rest if s not in touched), *notice.table.rest})),
            work=tuple(sorted({*work, *notice.table.work})),
        )
    was, now = days_of(year, before), days_of(year, new)
    gone = (was[0] - now[0]) | (was[1] - now[1])
    return new, tuple(sorted(gone))


def _prolonged(before: Year, notice: Notice) -> Notice:
    """The notice with the stretches it prolongs written out. Raises `RuleError("bad_notice")`."""
    spans = []
    for text in notice.until:
        last = date(notice.year, int(text[:2]), int(text[2:4]))
        ahead = [f for f, e in spelled(before, notice.year) if timedelta() < last - e <= LONGEST]
        if not ahead:
            raise RuleError("bad_notice", value=f"{last:%m-%d}")
        spans.append(f"{max(ahead):%m%d}-{last:%m%d}")
    table = replace(notice.table, rest=(*notice.table.rest, *spans))
    return replace(notice, table=table, until=())


LONGEST = timedelta(days=15)
"""By how much a stretch is prolonged at most."""


def _around(before: Year, touched: list[str], year: int) -> set[str]:
    """Made-up working days that belong to stretches: those nearer to them than to any other."""
    stretches = dict(zip(before.rest, spelled(before, year), strict=True))

    def nearest(day: date) -> str:
        return min(
            stretches,
            key=lambda s: min(abs((day - stretches[s][0]).days), abs((day - stretches[s][1]).days)),
            default="",
        )

    return {
        text for text in before.work if nearest(date(year, int(text[:2]), int(text[2:]))) in touched
    }


def _rested(clause: str, year: int) -> list[str]:
    """The spans of a clause that says when there is a holiday, those of next January left out."""
    found = []
    month = 0
    for match in _SPAN.finditer(clause.split("共")[0]):
        first_month = int(match.group(1) or month)
        month = first_month
        first = _day(year, first_month, int(match.group(2)), match.group(3), clause)
        last = first
        if match.group(5):
            month = int(match.group(4) or month)
            later = year + (month < first_month)
            last = _day(later, month, int(match.group(5)), match.group(6), clause)
        if last < first:
            raise RuleError("bad_notice", value=clause[:60])
        if "共" in clause:
            _check_count(clause, (last - first).days + 1)
        last = min(last, date(year, 12, 31))
        text = f"{first:%m%d}"
        found.append(text if last == first else f"{text}-{last:%m%d}")
    return found


def _check_count(clause: str, days: int) -> None:
    said = re.search(r"共(\d{1,2})天", clause)
    if said and int(said.group(1)) != days:
        raise RuleError("bad_notice", value=clause[:60])


def _worked(clause: str, year: int) -> list[str]:
    """Made-up working days; `1月26日（周日）、2月8日（周六）上班`."""
    found = []
    month = 0
    for match in _SPAN.finditer(clause):
        month = int(match.group(1) or month)
        day = _day(year, month, int(match.group(2)), match.group(3), clause)
        found.append(f"{day:%m%d}")
    return found


def _day(year: int, month: int, day: int, bracket: str | None, clause: str) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise RuleError("bad_notice", value=clause[:60]) from None
    said = _WEEKDAY.search(bracket or "")
    if said and _WEEKDAYS.index(said.group(1).replace("天", "日")) != found.weekday():
        raise RuleError("wrong_weekday", value=clause[:60], year=year)
    return found


def spelled(table: Year, year: int) -> list[tuple[date, date]]:
    """The rest days of a table as first and last days."""
    found = []
    for span in table.rest:
        first, _, last = span.partition("-")
        end = last or first
        found.append(
            (
                date(year, int(first[:2]), int(first[2:])),
                date(year, int(end[:2]), int(end[2:])),
            )
        )
    return found
