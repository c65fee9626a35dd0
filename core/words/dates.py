"""Dates as people write them: one reader for ledgers, keys and options.

A reading is a value, or a doubt, or both; what cannot be known is no value and a doubt, never a
guess (docs/domain.md 8).
"""

import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import Any, Generic, TypeVar

from msgspec import Struct

from core.calendar.working_days import OFFICIAL, Calendar
from core.errors import Doubt, RuleError
from core.patterns import later

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
    month: int | None = None
    """The month the sheet is of, where it says so."""

    def complete(self, month: int, day: int) -> date | None:
        """The day in the file's year, or the year before where that lies far ahead of it."""
        year = self.year or self.today.year
        found = day_of(year, month, day)
        if found and found > min(self.until or self.today, self.today) + LOOK_AHEAD:
            return day_of(year - 1, month, day)
        return found


_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "○": 0, "两": 2}
_NUMERAL = "[零〇○一二三四五六七八九十两]+"


def iso(day: date | None) -> str:
    """A day as records and papers keep it; nothing for none."""
    return day.isoformat() if day else ""


def arabic(text: str) -> str:
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


def unspaced(text: str) -> str:
    """NFKC without blanks, for matching."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def day_of(year: int, month: int, day: int) -> date | None:
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
SHORT = later(r"(\d{1,2})(月|[./-])(\d{1,2})([日号]?)$")
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
BEFORE = later(r"(?:以前|之前|前完成|前|止)$")


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
    found = day_in(arabic(unspaced(day)), period)
    if found:
        return Read(found)
    leading = _LEADING_DAY.match(day)
    if leading and not _RANGE.match(day, leading.end()):
        found = day_in(unspaced(leading.group()), period)
        if found:
            return Read(found, Doubt("day_of_text", text))
    return Read(None, Doubt("bad_date", text))


_DAY_ONLY = later(r"\s*(\d{1,2})\s*[日号]\s*$")


def day_of_sheet(raw: Any, period: Period) -> date | None:
    """A day without its month, 6日, in the month its sheet is of; None where that is not so."""
    found = _DAY_ONLY.match(unicodedata.normalize("NFKC", raw)) if isinstance(raw, str) else None
    return (
        None
        if found is None or period.month is None
        else period.complete(period.month, int(found[1]))
    )


def yearless(raw: Any) -> bool:
    """Whether a cell writes a day without its year."""
    if isinstance(raw, bool | date) or raw is None:
        return False
    if isinstance(raw, int | float):
        return int(raw) not in SERIALS and raw < 13
    day = _TIME.sub("", unicodedata.normalize("NFKC", str(raw)))
    return bool(SHORT.match(BEFORE.sub("", arabic(unspaced(day)))))


def read_later(raw: Any, start: date | None, period: Period) -> Read[date]:
    """The day a cell names that lies behind `start`: without a year, the next such day from there."""
    read = read_date(raw, period)
    if read.value is None or start is None or not yearless(raw):
        return read
    return Read(next_day(start, period, read.value.month, read.value.day) or read.value, read.doubt)


def next_day(start: date | None, period: Period, month: int, day: int) -> date | None:
    """A day without a year that does not lie before `start`, where that is known."""
    if start is None:
        return period.complete(month, day)
    found = day_of(start.year, month, day)
    if found and found < start and start - found > timedelta(days=180):
        return day_of(start.year + 1, month, day)
    return found


def _from_number(raw: float, period: Period) -> Read[date]:
    if raw == int(raw):
        whole = int(raw)
        if whole in SERIALS:
            return Read(EPOCH_1900 + timedelta(days=whole))
        match = _COMPACT.match(str(whole))
        found = day_of(*map(int, match.groups())) if match else None
        return Read(found) if found else Read(None, Doubt("bad_date", str(whole)))
    if int(raw) in SERIALS:
        return Read(EPOCH_1900 + timedelta(days=int(raw)))
    month, _, day = f"{raw:.10g}".partition(".")
    if day in ("1", "2", "3"):
        return Read(None, Doubt("lost_zero", f"{month}.{day}"))
    found = period.complete(int(month), int(day)) if len(day) <= 2 and len(month) <= 2 else None
    return Read(found) if found else Read(None, Doubt("bad_date", f"{raw:g}"))


def day_in(text: str, period: Period) -> date | None:
    text = BEFORE.sub("", text)
    for pattern in (_FULL, _COMPACT):
        match = pattern.match(text)
        if match:
            return day_of(*map(int, match.groups()))
    match = _SHORT_YEAR.match(text)
    if match:
        year, month, day = map(int, match.groups())
        return day_of(2000 + year, month, day)
    match = SHORT.match(text)
    if match:
        return period.complete(int(match.group(1)), int(match.group(3)))
    return None


def day_written(text: str, today: date, field: str = "on") -> date:
    """A day as a person writes it. Raises `RuleError("bad_date")`."""
    read = read_date(text, Period(today))
    if read.value is None:
        raise RuleError("bad_date", field=field, value=text)
    return read.value
