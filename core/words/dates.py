"""Dates and deadline words as people write them: one reader for ledgers, keys and options.

A reading is a value, or a doubt, or both; what cannot be known is no value and a doubt, never a
guess (docs/domain.md 8).
"""

import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import Any, Generic, TypeVar

from msgspec import Struct

from core.calendar.working_days import OFFICIAL, Calendar, Deadline, Kind
from core.errors import Doubt, RuleError
from core.model import Assignment
from core.words.text import later

T = TypeVar("T")
DAYS_AGO = {"今天": 0, "今日": 0, "当天": 0, "当日": 0, "昨天": 1, "昨日": 1, "前天": 2}
"""Days said by how long ago they are."""
FIRST_YEAR, LAST_YEAR = 2000, 2100
LOOK_AHEAD = timedelta(days=60)
"""A date without a year further ahead than this belongs to the year before."""
EPOCH_1900 = date(1899, 12, 30)
SERIALS = range(36526, 73416)
"""Spreadsheet serials of 2000-01-01 to 2100-12-31 in the 1900 system."""


class Read(Struct, Generic[T], frozen=True):
    """What a cell or an option says."""

    value: T | None = None
    doubt: Doubt | None = None


class Period(Struct, frozen=True):
    """What a date without a year is read by."""

    today: date
    year: int | None = None
    """The year the file is about; by default that of `today`."""
    calendar: Calendar = OFFICIAL
    until: date | None = None
    """The day the file was filled in, where it says so."""

    def complete(self, month: int, day: int) -> date | None:
        """The day in the file's year, or the year before where that lies far ahead of it."""
        year = self.year or self.today.year
        found = _day(year, month, day)
        if found and found > min(self.until or self.today, self.today) + LOOK_AHEAD:
            return _day(year - 1, month, day)
        return found


_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "○": 0, "两": 2}
_NUMERAL = "[零〇○一二三四五六七八九十两]+"


def _arabic(text: str) -> str:
    """Chinese numerals up to 99, and digit by digit for years, as Arabic ones."""

    def number(match: re.Match[str]) -> str:
        word = match.group()
        if "十" not in word:
            return "".join(str(_DIGITS[char]) for char in word)
        tens, _, ones = word.partition("十")
        if len(tens) > 1 or len(ones) > 1 or "十" in ones:
            return word
        return str((_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0))

    return re.sub(_NUMERAL, number, text)


def _plain(text: str) -> str:
    """NFKC without blanks, for matching."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _day(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


_FULL = later(r"(\d{4})(?:年|[-./、])(\d{1,2})(?:月|[-./、])(\d{1,2})[日号]?\.?$")
_SHORT_YEAR = later(r"(2\d)年(\d{1,2})月(\d{1,2})[日号]?$")
"""A year by its last two figures: 25年12月1日; 26.3.5 may be anything."""
_SERIAL = later(r"\d{5}(?:\.\d+)?")
_COMPACT = later(r"(\d{4})(\d{2})(\d{2})$")
_SHORT = later(r"(\d{1,2})(月|[./-])(\d{1,2})([日号]?)$")
_PART_OF_DAY = later(r"(?<=[日号\d])\s*(?:上午|下午|早上|早晨|晚上|中午|傍晚|凌晨)\s*$")
_LEADING_DAY = later(
    r"\s*(?:(?:\d{4}\s*年\s*)?\d{1,2}\s*月\s*\d{1,2}\s*[日号]|\d{4}[./-]\d{1,2}[./-]\d{1,2}(?=[^\d./日号-]))"
)
"""A day with words behind it, such as 8月8日复查未通过."""
_TIME = later(
    r"(?:[T\s]|(?<=[日号]))\s*(?:上午|下午|早上|晚上)?\s*\d{1,2}(?:[::时点]\s*\d{0,2}){1,2}分?(?:\.\d+)?Z?\s*$"
)
_RANGE = later(r"\s*(?:[-~—–至到]|、|和|及|,|，|或|左右|前后|起)")
"""What makes a day the first of several."""
_BEFORE = later(r"(?:以前|之前|前完成|前|止)$")


def read_date(raw: Any, period: Period) -> Read[date]:
    """The day a cell or an option names. Doubts: `bad_date`, `lost_zero`."""
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, date):
        if FIRST_YEAR <= raw.year <= LAST_YEAR:
            return Read(raw)
        return Read(None, Doubt("bad_date", raw.isoformat()))
    if isinstance(raw, bool) or raw is None or raw == "":
        return Read()
    if isinstance(raw, int | float):
        return _from_number(raw, period)
    text = str(raw)
    day = _PART_OF_DAY.sub("", _TIME.sub("", unicodedata.normalize("NFKC", text))).strip()
    if _SERIAL.fullmatch(day) and int(day.partition(".")[0]) in SERIALS:  # a csv has them as texts
        return Read(EPOCH_1900 + timedelta(days=int(day.partition(".")[0])))
    found = _from_text(_arabic(_plain(day)), period)
    if found:
        return Read(found)
    leading = _LEADING_DAY.match(day)
    if leading and not _RANGE.match(day, leading.end()):
        found = _from_text(_plain(leading.group()), period)
        if found:
            return Read(found, Doubt("day_of_text", text))
    return Read(None, Doubt("bad_date", text))


def yearless(raw: Any) -> bool:
    """Whether a cell writes a day without its year."""
    if isinstance(raw, bool | date) or raw is None:
        return False
    if isinstance(raw, int | float):
        return int(raw) not in SERIALS and raw < 13
    day = _TIME.sub("", unicodedata.normalize("NFKC", str(raw)))
    return bool(_SHORT.match(_BEFORE.sub("", _arabic(_plain(day)))))


def read_later(raw: Any, start: date | None, period: Period) -> Read[date]:
    """The day a cell names that lies behind `start`: without a year, the next such day from there."""
    read = read_date(raw, period)
    if read.value is None or start is None or not yearless(raw):
        return read
    return Read(_after(start, period, read.value.month, read.value.day) or read.value, read.doubt)


def _from_number(raw: float, period: Period) -> Read[date]:
    if raw == int(raw):
        whole = int(raw)
        if whole in SERIALS:
            return Read(EPOCH_1900 + timedelta(days=whole))
        match = _COMPACT.match(str(whole))
        found = _day(*map(int, match.groups())) if match else None
        return Read(found) if found else Read(None, Doubt("bad_date", str(whole)))
    if int(raw) in SERIALS:
        return Read(EPOCH_1900 + timedelta(days=int(raw)))
    month, _, day = f"{raw:.10g}".partition(".")
    if day in ("1", "2", "3"):
        return Read(None, Doubt("lost_zero", f"{month}.{day}"))
    found = period.complete(int(month), int(day)) if len(day) <= 2 and len(month) <= 2 else None
    return Read(found) if found else Read(None, Doubt("bad_date", f"{raw:g}"))


def _from_text(text: str, period: Period) -> date | None:
    text = _BEFORE.sub("", text)
    for pattern in (_FULL, _COMPACT):
        match = pattern.match(text)
        if match:
            return _day(*map(int, match.groups()))
    match = _SHORT_YEAR.match(text)
    if match:
        year, month, day = map(int, match.groups())
        return _day(2000 + year, month, day)
    match = _SHORT.match(text)
    if match:
        return period.complete(int(match.group(1)), int(match.group(3)))
    return None


_SAME_DAY = later(
    r"(立行立改|立即整改|立即|即时|即改|即知即改|马上|当[天日场](整改|完成|内)?|today)$"
)
_HOURS = later(r"(\d{1,3})(?:个)?(?:小时|h)(?:以内|之内|内)?$")
_WORK_DAYS = later(r"(\d{1,3})(?:个?工作[日天]|wd)(?:以内|之内|内|前)?$")
_NATURAL = later(r"(\d{1,3})(?:天(?:以内|之内|内)?|[日](?:以内|之内|内)|个?自然[日天](?:内)?|d)$")
_WEEKS = later(r"(\d{1,2})(?:周|个?星期)(?:以内|之内|内)?$")
_SOON_AFTER = {"次日": 1, "第2天": 1, "半个月": 15, "半个月内": 15, "半月内": 15, "半月": 15}
"""Days from the day it is counted from, in words of their own."""
_FROM = later(r"^自?(?:交办|发现|下发|通知|检查|接到?通知|收到)?(?:之日|即日|日)起?(?=\d|半|次)")
"""What says from which day it is counted: 即日起10日内."""
_WEEKDAY = later(r"(本|这|下)(?:周|星期|礼拜)([1-6日天])(?:前|之前|以前)?$")
_MONTH_END = later(r"(?:(\d{1,2})|本|当|这个)?月(?:底|末)(?:前|之前|以前)?$")
_YEARS_MONTH_END = later(r"(\d{4})年(\d{1,2})月(?:底|末)(?:前|之前|以前)?$")
_THIS_MONTH = later(r"(?:本|当|这个)月(\d{1,2})[日号](?:前|之前|以前)?$")
_MONTHS = later(r"(\d{1,2})个月(?:以内|之内|内)?$")
_MID_MONTH = later(r"(\d{1,2})月中旬(?:前|之前|以前)?$")
_NAMED_MONTH = later(r"\d{1,2}月")
_LONG_TERM = later(r"长期|持续|常态化|长效")
_MONDAY_FIRST = "123456日"


def deadline_of(raw: Any, start: date | None, period: Period) -> Read[Deadline]:
    """The rule a deadline cell or `--due` states, counted from `start`.

    Doubts: `long_term` (propose suspending), `no_start` (a word that counts from a day that is
    not known), `lost_zero`, `no_deadline` (nothing a day can be made of), and `short_date`, with
    a value, where a day was written without its year as 3.10.
    """
    if raw is None or raw == "" or isinstance(raw, bool):
        return Read()
    if not isinstance(raw, str):
        read = read_date(raw, period)
        if read.value is None:
            return _dated(read, str(raw), start, period)
        if start is not None and read.value < start:
            return Read(None, Doubt("due_before_found", str(raw)))
        return Read(Deadline(Kind.DATE, on=read.value))
    inside = _BRACKETED.search(_arabic(_plain(raw)).strip("。.;；,，"))
    if inside:  # 三日内（11月30日）, 11月25日（延至12月2日）: the day that is named holds
        named = _IN_BRACKETS.sub("", inside.group()[1:-1])
        if named != raw and _from_text(named, period) is not None:
            return deadline_of(named, start, period)
    text = _BRACKETED.sub("", _arabic(_plain(raw)).strip("。.;；,，").removeprefix("限"))
    rule = _counted(text)
    if rule is not None:
        if start is None:
            return Read(None, Doubt("no_start", raw))
        return Read(rule)
    if _LONG_TERM.search(text):
        return Read(None, Doubt("long_term", raw))
    relative = _relative(text, start, period)
    if relative is not None:
        if start is None and not relative.on:
            code = "no_deadline" if _NAMED_MONTH.match(text) else "no_start"
            return Read(None, Doubt(code, raw))
        if relative.on is None and start is not None:
            return Read(None, Doubt("no_deadline", raw))
        if start is not None and relative.on is not None and relative.on < start:
            return Read(None, Doubt("due_before_found", raw))
        return Read(relative)
    bare = _ASKED.sub("", raw)
    return _dated(read_date(bare, period), bare, start, period)


_IN_BRACKETS = later(r"^(?:延期?至|延长至|顺延至|即|至|到|截至)")
_ASKED = later(r"^\s*(?:限期?|请于|应于|务必于|须于|于|要求|截止到?|截至|至)\s*(?=\d)")
"""What a deadline begins with before its day."""
_BRACKETED = later(r"\([^)]*\)$")


def _counted(text: str) -> Deadline | None:
    """Words that count from the day of issue."""
    if _SAME_DAY.match(text):
        return Deadline(Kind.SAME_DAY)
    text = _FROM.sub("", text)
    if text in _SOON_AFTER:
        return Deadline(Kind.NATURAL_DAYS, _SOON_AFTER[text])
    for pattern, kind, factor in (
        (_HOURS, Kind.HOURS, 1),
        (_WORK_DAYS, Kind.WORK_DAYS, 1),
        (_NATURAL, Kind.NATURAL_DAYS, 1),
        (_WEEKS, Kind.NATURAL_DAYS, 7),
        (_MONTHS, Kind.NATURAL_DAYS, 30),
    ):
        match = pattern.match(text)
        if match and int(match.group(1)) > 0:
            return Deadline(kind, int(match.group(1)) * factor)
    return None


def _relative(text: str, start: date | None, period: Period) -> Deadline | None:
    """Weekdays and month ends; a rule without a day where `start` is needed and missing."""
    match = _WEEKDAY.match(text)
    if match:
        if start is None:
            return Deadline(Kind.DATE)
        weekday = _MONDAY_FIRST.index(match.group(2).replace("天", "日"))
        monday = start - timedelta(days=start.weekday())
        week = 7 if match.group(1) == "下" else 0
        return Deadline(Kind.DATE, on=monday + timedelta(days=weekday + week))
    match = _YEARS_MONTH_END.match(text)
    if match:
        year, month = map(int, match.groups())
        days = (_day(year, month, last) for last in range(31, 27, -1))
        return Deadline(Kind.DATE, on=next(filter(None, days), None))
    match = _THIS_MONTH.match(text)
    if match:
        named = _day(start.year, start.month, int(match.group(1))) if start else None
        return Deadline(Kind.DATE, on=named)
    match = _MONTH_END.match(text)
    if match:
        if match.group(1) is None and start is None:
            return Deadline(Kind.DATE)
        return Deadline(Kind.DATE, on=_in_month(match.group(1), 31, start, period))
    match = _MID_MONTH.match(text)
    if match:
        return Deadline(Kind.DATE, on=_in_month(match.group(1), 20, start, period))
    if text in ("年底前", "年底", "年内", "年末") and start is not None:
        return Deadline(Kind.DATE, on=date(start.year, 12, 31))
    return None


def _in_month(month: str | None, day: int, start: date | None, period: Period) -> date | None:
    """A day of a month, by name or of `start`; the last one where it has no such day."""
    number = int(month) if month else (start.month if start else 0)
    if not 1 <= number <= 12:
        return None
    for last in range(day, 27, -1) if day > 28 else (day,):
        found = _after(start, period, number, last)
        if found:
            return found
    return None


def _after(start: date | None, period: Period, month: int, day: int) -> date | None:
    """A day without a year that does not lie before `start`, where that is known."""
    if start is None:
        return period.complete(month, day)
    found = _day(start.year, month, day)
    if found and found < start and start - found > timedelta(days=180):
        return _day(start.year + 1, month, day)
    return found


def _dated(read: Read[date], raw: str, start: date | None, period: Period) -> Read[Deadline]:
    """A deadline written as a day."""
    if read.value is None:
        code = read.doubt.code if read.doubt and read.doubt.code == "lost_zero" else "no_deadline"
        return Read(None, Doubt(code, read.doubt.value if read.doubt else raw))
    plain = _BEFORE.sub("", _arabic(_plain(raw)))
    short = _SHORT.match(plain)
    day = read.value
    if short:
        day = _after(start, period, int(short.group(1)), int(short.group(3))) or day
    if start is not None and day < start:
        return Read(None, Doubt("due_before_found", raw))
    doubt = Doubt("short_date", f"{raw}→{day}") if short and short.group(2) != "月" else None
    return Read(Deadline(Kind.DATE, on=day), doubt)


def read_due(raw: Any, start: date | None, period: Period) -> Read[date]:
    """The day a deadline names, counted from `start`."""
    read = deadline_of(raw, start, period)
    if read.value is None:
        return Read(None, read.doubt)
    if read.value.kind != Kind.DATE and start is None:
        return Read(None, Doubt("no_start", str(raw)))
    return Read(period.calendar.due_on(read.value, start or period.today), read.doubt)


def recounted(assignment: Assignment, today: date, calendar: Calendar) -> date | None:
    """What a provisional deadline is by the calendar as it is now; None where it stays open."""
    start = assignment.counted_from or assignment.issued_on
    if not assignment.provisional or start is None:
        return None
    read = deadline_of(assignment.deadline, start, Period(today, None, calendar))
    if read.value is None or calendar.provisional(read.value, start):
        return None
    return calendar.due_on(read.value, start)


def day_written(text: str, today: date, field: str = "on") -> date:
    """A day as a person writes it. Raises `RuleError("bad_date")`."""
    read = read_date(text, Period(today))
    if read.value is None:
        raise RuleError("bad_date", field=field, value=text)
    return read.value


def due_written(text: str, start: date, period: Period) -> date:
    """The day a deadline means, counted from `start`. Raises `RuleError("bad_due")`, `"due_past"`."""
    read = read_due(text, start, period)
    if read.value is None:
        past = read.doubt is not None and read.doubt.code == "due_before_found"
        raise RuleError("due_past" if past else "bad_due", value=text)
    return read.value


def wording(text: str | None) -> str:
    """A deadline's own words, where it was a rule and not a day."""
    return "" if text is None or text[:4].isdigit() else text
