"""Deadline words as people write them, counted from a day (docs/domain.md 8)."""

from datetime import date, datetime, timedelta
from typing import Any

from core.calendar.working_days import COUNTED, Calendar, Deadline, Kind
from core.errors import Doubt, RuleError
from core.model import Assignment
from core.patterns import later
from core.words.dates import (
    BEFORE,
    SHORT,
    Period,
    Read,
    arabic,
    day_in,
    day_of,
    next_day,
    read_date,
    unspaced,
)

AT_ONCE = "立行立改|立即(?:整改|清理|清运|处理|拆除|修复|更换|处置)?"
"""Words for the day itself, in a cell of its own or within a text."""
_SAME_DAY = later(
    rf"((?:今天|今日)(?:内|之内)?|{AT_ONCE}|即时|即改|即知即改|马上|当[天日场](整改|完成|内)?|today)$"
)
_HOURS = later(r"(\d{1,3})(?:个)?(?:小时|h)(?:以内|之内|内)?$")
_WORK_DAYS = later(r"(\d{1,3})(?:个?工作[日天]|wd)(?:以内|之内|内|前)?$")
_NATURAL = later(r"(\d{1,3})(?:天(?:以内|之内|内)?|[日](?:以内|之内|内)|个?自然[日天](?:内)?|d)$")
_WEEKS = later(r"(\d{1,2})(?:周|个?星期)(?:以内|之内|内)?$")
AHEAD = {"明天": 1, "明日": 1, "后天": 2}
"""Days from the day they are said."""
_SOON_AFTER = {
    **AHEAD,
    "次日": 1,
    "第2天": 1,
    "半个月": 15,
    "半个月内": 15,
    "半月内": 15,
    "半月": 15,
}
"""Days from the day it is counted from, in words of their own."""
_FROM = later(r"^自?(?:交办|发现|下发|通知|检查|接到?通知|收到)?(?:之日|即日|日)起?(?=\d|半|次)")
"""What says from which day it is counted: 即日起10日内."""
_WEEKDAY = later(r"(本|这|下)?(?:周|星期|礼拜)([1-6日天])(?:前|之前|以前)?$")
_MONTH_END = later(r"(?:(\d{1,2})|本|当|这个)?月(?:底|末)(?:前|之前|以前)?$")
_YEARS_MONTH_END = later(r"(\d{4})年(\d{1,2})月(?:底|末)(?:前|之前|以前)?$")
_THIS_MONTH = later(r"(?:本|当|这个)月(\d{1,2})[日号](?:前|之前|以前)?$")
_YEAR_END = later(r"(?:今年|本年|(20\d\d)年|年)年?(?:底|末|内)(?:前|之前|以前)?$")
_MONTHS = later(r"(\d{1,2})个月(?:以内|之内|内)?$")
_MID_MONTH = later(r"(\d{1,2})月中旬(?:前|之前|以前)?$")
_NAMED_MONTH = later(r"\d{1,2}月")
_LONG_TERM = later(r"长期|持续|常态化|长效")
_LIMITED = later(r"^(?:请于|须于|务必于|应于|请在|限期?在?|要求)(?=.)")
_WORK = later(
    r"(?<=[前内日天时底末周上号一二三四五六\d])(?:弄|补|做|清|修|换|拆|办|处理|处置|整改|清理|清运|解决|落实|修复|拆除|办结|完成|搞定|拉走|清走)*"
    r"(?:完|好|掉|齐|到位|完毕|完成|完工|竣工|结束|干净)?$"
)
"""What is to be done by then, behind it: 24小时内整改完毕, 本周五前补."""
_NEXT_MONTH = later(r"下(?:个)?月(\d{1,2})[日号](?:前|之前|以前)?$")
_MONDAY_FIRST = "123456日"


def without_work(text: str) -> str:
    """A deadline without what is to be done by then."""
    return _WORK.sub("", text)


def deadline_of(raw: Any, start: date | None, period: Period) -> Read[Deadline]:
    """The rule a deadline cell or `--due` states, counted from `start`.

    Doubts: `long_term` (propose suspending), `no_start` (a word that counts from a day that is
    not known), `lost_zero`, `no_deadline` (nothing a day can be made of), and `short_date`, with
    a value, where a day was written without its year as 3.10.
    """
    if raw is None or raw == "" or isinstance(raw, bool):
        return Read()
    if not isinstance(raw, str):
        return _of_day(raw, start, period)
    pieces = [piece for piece in _APART.split(raw) if piece.strip()]
    if len(pieces) > 1 and (found := _of_several(pieces, start, period)) is not None:
        return found
    inside = _BRACKETED.search(arabic(unspaced(raw)).strip("。.;；,，"))
    if inside:  # 三日内（11月30日）, 11月25日（延至12月2日）: the day that is named holds
        named = _IN_BRACKETS.sub("", inside.group()[1:-1])
        if named != raw and day_in(named, period) is not None:
            return deadline_of(named, start, period)
    text = _bare(raw)
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
    bare = without_work(_ASKED.sub("", raw))
    return _dated(read_date(bare, period), bare, start, period)


_APART = later(r"[，,；;。\n]")
_FINISHED = later(r"完成|完工|竣工|完毕|办结|到位|销号")


def _of_several(pieces: list[str], start: date | None, period: Period) -> Read[Deadline] | None:
    """Of a deadline in several pieces the one by which it is done; None where no piece names any.

    Two days and no word which of them is meant are no deadline.
    """
    rules = [(each, rule) for each in pieces if (rule := deadline_of(each, start, period).value)]
    named = [(each, rule) for each, rule in rules if rule.kind != Kind.SAME_DAY] or rules
    if len({rule for _each, rule in named}) < 2:
        return Read(named[0][1]) if named else None
    last = [rule for each, rule in named if _FINISHED.search(each)]
    raw = "，".join(pieces)
    if len(last) != 1:
        return Read(None, Doubt("no_deadline", raw))
    return Read(last[0], Doubt("done_by", raw))


_IN_BRACKETS = later(r"^(?:延期?至|延长至|顺延至|即|至|到|截至)")
_ASKED = later(r"^\s*(?:限期?|请于|应于|务必于|须于|于|要求|截止到?|截至|至)\s*(?=\d)")
"""What a deadline begins with before its day."""
_BRACKETED = later(r"\([^)]*\)$")


def _bare(raw: str) -> str:
    """A deadline without what stands in brackets, what says that it is one, and what is to be done by then."""
    text = _BRACKETED.sub("", arabic(unspaced(raw)).strip("。.;；,，"))
    return without_work(_LIMITED.sub("", text))


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
        days = (day_of(year, month, last) for last in range(31, 27, -1))
        return Deadline(Kind.DATE, on=next(filter(None, days), None))
    match = _THIS_MONTH.match(text)
    if match:
        named = day_of(start.year, start.month, int(match.group(1))) if start else None
        return Deadline(Kind.DATE, on=named)
    match = _NEXT_MONTH.match(text)
    if match:
        year, month = (start.year + start.month // 12, start.month % 12 + 1) if start else (1, 1)
        named = day_of(year, month, int(match.group(1))) if start else None
        return Deadline(Kind.DATE, on=named)
    match = _MONTH_END.match(text)
    if match:
        if match.group(1) is None and start is None:
            return Deadline(Kind.DATE)
        return Deadline(Kind.DATE, on=_in_month(match.group(1), 31, start, period))
    match = _MID_MONTH.match(text)
    if match:
        return Deadline(Kind.DATE, on=_in_month(match.group(1), 20, start, period))
    match = _YEAR_END.match(text)
    if match and start is not None:
        return Deadline(Kind.DATE, on=date(int(match[1] or start.year), 12, 31))
    return None


def _in_month(month: str | None, day: int, start: date | None, period: Period) -> date | None:
    """A day of a month, by name or of `start`; the last one where it has no such day."""
    number = int(month) if month else (start.month if start else 0)
    if not 1 <= number <= 12:
        return None
    for last in range(day, 27, -1) if day > 28 else (day,):
        found = next_day(start, period, number, last)
        if found:
            return found
    return None


def _of_day(raw: Any, start: date | None, period: Period) -> Read[Deadline]:
    """A deadline that a spreadsheet has as a day."""
    read = read_date(raw, period)
    if read.value is None:
        return _dated(read, str(raw), start, period)
    if start is not None and read.value < start:
        return Read(None, Doubt("due_before_found", str(raw)))
    return Read(Deadline(Kind.DATE, on=read.value))


def _dated(read: Read[date], raw: str, start: date | None, period: Period) -> Read[Deadline]:
    """A deadline written as a day."""
    if read.value is None:
        code = read.doubt.code if read.doubt and read.doubt.code == "lost_zero" else "no_deadline"
        return Read(None, Doubt(code, read.doubt.value if read.doubt else raw))
    plain = BEFORE.sub("", arabic(unspaced(raw)))
    short = SHORT.match(plain)
    day = read.value
    if short:
        day = next_day(start, period, int(short.group(1)), int(short.group(3))) or day
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


_CLOCK = later(r"(?<![\d:])([01]?\d|2[0-3])[:：时点]([0-5]\d)?")


def hour_of(raw: Any) -> float:
    """The time of day written beside a day, in hours; 0 where none is."""
    if isinstance(raw, datetime):
        return raw.hour + raw.minute / 60
    found = _CLOCK.search(raw) if isinstance(raw, str) else None
    return int(found[1]) + int(found[2] or 0) / 60 if found else 0.0


def hours_over(raw: Any, begun: float, start: date | None, period: Period) -> date | None:
    """The day on which a deadline in hours ends that begins at an hour of a day; None for any other deadline."""
    rule = deadline_of(raw, start, period).value
    if rule is None or rule.kind != Kind.HOURS or start is None:
        return None
    return start + timedelta(days=int((begun + rule.value) // 24))


def is_provisional(deadline: str, due: date | None, today: date, calendar: Calendar) -> bool:
    """Whether a day so worded rests on a year whose holidays are not published yet."""
    if not deadline or due is None or calendar.official(due.year):
        return False
    read = deadline_of(deadline, today, Period(today))
    return read.value is not None and read.value.kind in COUNTED


def recounted(assignment: Assignment, today: date, calendar: Calendar) -> date | None:
    """What a provisional deadline is by the calendar as it is now; None where it stays open."""
    start = assignment.counted_from or assignment.issued_on
    if not assignment.provisional or start is None:
        return None
    read = deadline_of(assignment.deadline, start, Period(today, None, calendar))
    if read.value is None or calendar.provisional(read.value, start):
        return None
    return calendar.due_on(read.value, start)


def due_written(text: str, start: date, period: Period) -> date:
    """The day a deadline means, counted from `start`. Raises `RuleError("bad_due")`, `"due_past"`."""
    read = read_due(text, start, period)
    if read.value is None:
        past = read.doubt is not None and read.doubt.code == "due_before_found"
        if past:
            raise RuleError("due_past", value=text, start=start)
        raise RuleError("bad_due", value=text)
    return read.value


def wording(text: str | None) -> str:
    """A deadline's own words, where it was a rule and not a day."""
    return "" if text is None or text[:4].isdigit() else text
