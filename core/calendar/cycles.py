"""How often a duty falls due, in words: 每工作日, 每周日, 每月25日（顺延）, 每季, 每年04-30, 2026-03-05、2026-09-01."""

import re
from calendar import monthrange
from datetime import date

from core.errors import RuleError
from core.model import Cycle, Terms
from core.patterns import later

UNSAID = date.min
"""The first day of terms that do not name it: today, where they are kept."""
_DAYS = "一二三四五六日"
_ROLL = later(r"[（(]?(?:遇休)?顺延[)）]?")
_FORMS: tuple[tuple[re.Pattern[str], Cycle], ...] = tuple(
    (later(pattern), cycle)
    for pattern, cycle in (
        (r"每?(?:个)?工作日|每日|每天|workday()", Cycle.WORKDAY),
        (r"每?(?:周|星期|week)\s*([一二三四五六日天1-7])?", Cycle.WEEK),
        (r"每?(?:月|month)\s*(?:的)?(\d{1,2}|末|底|last)?[日号]?", Cycle.MONTH),
        (r"每?(?:季度?|quarter)(?:末|底|last)?()", Cycle.QUARTER),
        (r"每?(?:半年|half)(?:末|底|last)?()", Cycle.HALF),
        (r"每?(?:年度?|year)\s*(\d{1,2}[-月.]\d{1,2}日?|\d{1,2}月[底末]|末|底|last)?", Cycle.YEAR),
    )
)
_OFTEN = later(r"(?:至少)?(?:不少于)?[一1](?:次|期|遍|轮)$|(?<=[日号底末])(?:之|以)?前$")
"""What a cycle is said with and says no more: 每月一次, 每月25日前."""
_EVERY_OTHER_MONTH = later(r"(?:每(?:两|二|2)个?月|双月|隔月)(?:末|底)?")
OTHER_MONTHS = "02-29,04-30,06-30,08-31,10-31,12-31"
_SINCE = later(r"(?:自|从|since\s+)(\d{4}-\d{2}-\d{2})起?[,，]?\s*")
"""The day terms begin on, before them."""
_DAY = r"(?:\d{4}-)?\d{1,2}-\d{1,2}"
_DATES = later(rf"{_DAY}(?:\s*[,，、;；]\s*{_DAY})*")


def read_terms(text: str) -> Terms:
    """Terms as people write them: 每月25日, 自2025-01-01每月25日; without a day they begin on one that is not said.

    Raises `RuleError("bad_cycle")`.
    """
    said, since = text.strip(), UNSAID
    begun = _SINCE.match(said)
    if begun is not None:
        try:
            since = date.fromisoformat(begun[1])
        except ValueError:
            raise RuleError("bad_cycle", value=text) from None
        said = said[begun.end() :].strip()
    roll = bool(_ROLL.search(said)) or said.endswith(" roll")
    said = _OFTEN.sub("", _ROLL.sub("", said).removesuffix(" roll").strip()).strip()
    if _EVERY_OTHER_MONTH.fullmatch(said):
        return Terms(since=since, cycle=Cycle.DATES, day=OTHER_MONTHS, roll=roll)
    if _DATES.fullmatch(said):
        days = ",".join(_whole(part) for part in re.split(r"\s*[,，、;；]\s*", said))
        return Terms(since=since, cycle=Cycle.DATES, day=days, roll=roll)
    for pattern, cycle in _FORMS:
        found = pattern.fullmatch(said)
        if found is not None:
            return Terms(since=since, cycle=cycle, day=_day(cycle, found[1] or ""), roll=roll)
    raise RuleError("bad_cycle", value=text)


def _whole(day: str) -> str:
    return "-".join(part.zfill(2) for part in day.split("-"))


def _day(cycle: Cycle, text: str) -> str:
    if text in ("末", "底", "last"):
        return "last"
    match cycle:
        case Cycle.WEEK if text:
            return (
                text
                if text.isdigit()
                else str("一二三四五六日".index(text.replace("天", "日")) + 1)
            )
        case Cycle.WEEK:
            return "7"
        case Cycle.MONTH:
            return text or "last"
        case Cycle.YEAR if text[-2:] in ("月底", "月末"):
            month = int(text[:-2])
            if not 1 <= month <= 12:
                raise RuleError("bad_cycle", value=text)
            return f"{month:02d}-{monthrange(2024, month)[1]}"  # a leap year's
        case Cycle.YEAR if text:
            return _whole(re.sub("[月.]", "-", text).removesuffix("日"))
        case _:
            return ""


def said(terms: Terms) -> str:
    """Terms as they are written."""
    match terms.cycle:
        case Cycle.WORKDAY:
            text = "每工作日"
        case Cycle.WEEK:
            text = f"每周{_DAYS[int(terms.day or 7) - 1]}"
        case Cycle.MONTH:
            text = f"每月{terms.day}日" if terms.day.isdigit() else "每月末"
        case Cycle.QUARTER:
            text = "每季"
        case Cycle.HALF:
            text = "每半年"
        case Cycle.YEAR:
            text = f"每年{terms.day}" if terms.day and terms.day != "last" else "每年末"
        case Cycle.DATES:
            text = terms.day.replace(",", "、")
    return f"{text}（顺延）" if terms.roll else text


def same(before: tuple[Terms, ...], after: tuple[Terms, ...]) -> bool:
    """Whether new terms say what the last ones do."""
    if not before or not after:
        return before == after
    was, now = before[-1], after[-1]
    return (was.cycle, was.day, was.roll) == (now.cycle, now.day, now.roll)


def last_said(terms: tuple[Terms, ...]) -> str:
    """The terms in force, in words."""
    return said(terms[-1]) if terms else ""
