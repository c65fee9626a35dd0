"""The State Council's holiday notice read as people paste it (docs/domain.md 7).

"1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。" Weekdays in brackets are checked, so that a
notice of another year is noticed.
"""

import re
import unicodedata
from datetime import date

from core.errors import RuleError
from core.holidays import Year

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
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
_WEEKDAYS = "一二三四五六日"


def read_notice(text: str, year: int | None = None) -> tuple[int, Year]:
    """The year and its table. Raises `RuleError("bad_notice")` naming what does not fit."""
    plain = re.sub(r"[ \t]+", "", unicodedata.normalize("NFKC", text))
    named = _YEAR.search(plain)
    found = year or (int(named.group(1)) if named else None)
    if found is None:
        raise RuleError("no_year")
    plain = _BROKEN.sub("", _YEAR.sub("", plain).replace("次年", ""))
    rest: list[str] = []
    work: list[str] = []
    for clause in _CLAUSE.split(plain):
        both = _BOTH.fullmatch(clause)
        for part in both.groups() if both else (clause,):
            if "上班" in part:
                work += _worked(part, found)
            elif re.search("放假|休息|调休", part):
                rest += _rested(part, found)
    if not rest:
        raise RuleError("bad_notice", value=text[:60])
    return found, Year(rest=tuple(rest), work=tuple(sorted(work)))


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
