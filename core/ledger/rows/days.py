"""The days of a row that need more than their own cell: the find's year, and days written beside a word."""

from datetime import date, timedelta

from core.ledger.rows.row import Row
from core.patterns import later
from core.words.claims import said_on
from core.words.dates import DAYS_AGO, LOOK_AHEAD, arabic, read_date, read_later, unspaced, yearless
from core.words.deadlines import AT_ONCE

_FOLLOWING = ("due_on", "feedback_on", "inspected_on", "closed_on", "issued_on")
"""Days that follow from the day of the find."""
_HAVE_BEEN = ("found_on", "issued_on", "feedback_on")
OF_THE_ROW = {"当天": 0, "当日": 0, "次日": 1, "第二天": 1}
"""Days said beside a word of being done that count from the row's own day."""
FRESH = timedelta(days=3)
"""How old a row is at most whose 昨天 is taken for yesterday, where its sheet does not say when it was filed."""
LONGEST_DUE = timedelta(days=180)
"""How long after a sheet was filed a deadline in it may lie before its year is doubted."""


def found_on(row: Row, today: date, *, assumed: bool) -> date | None:
    """The day of the find. One without a year that would lie behind the days that follow from it
    belongs to the year of those; `assumed` says where the year is written nowhere."""
    found = row.past("found_on", today)
    if found is None or not yearless(row.cells.get("found_on")):
        return found
    later = [
        read.value
        for key in _FOLLOWING
        if row.cells.get(key) and not yearless(row.cells[key])
        for read in (read_date(row.cells[key], row.period),)
        if read.value is not None
    ]
    if assumed and not later and row.period.year is None:
        row.doubt("year_assumed", "found_on", found.isoformat())
    if not later or found <= min(later):
        return found
    first = min(later)
    same = _on(first.year, found)
    told = same if same is not None and same <= first else _on(first.year - 1, found)
    if told is not None:
        row.doubt("year_of_row", "found_on", told.isoformat())
    return told


def _on(year: int, day: date) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:  # the 29th of February
        return None


def day_beside(row: Row, start: date | None, today: date) -> date | None:
    """The day written beside a word of being done, such as 已整改 11.26, 昨天已清理; one to come is a plan."""
    said = said_on(told(row))
    if said in OF_THE_ROW:
        return start + timedelta(days=OF_THE_ROW[said]) if start else None
    if said in DAYS_AGO:
        fresh = start is None or today - start <= FRESH
        until = row.period.until or (today if fresh else None)
        return until - timedelta(days=DAYS_AGO[said]) if until else None
    return read_later(said, start, row.period).value if said else None


def told(row: Row) -> str:
    """What a row says of how far it is."""
    return row.text("progress") or row.text("state")


def check_year(row: Row, due: date | None, *days: date | None) -> None:
    """Days long after the sheet was filed are told: a spreadsheet adds this year to a day without one."""
    until = row.incoming.filing.until
    if until is None:
        return
    for key, day in zip(_HAVE_BEEN, days, strict=True):
        if day is not None and day > until + LOOK_AHEAD:
            row.doubt("after_filing", key, day.isoformat())
    if due is not None and due > until + LONGEST_DUE:
        row.doubt("after_filing", "due_on", due.isoformat())


_INSIDE = later(
    r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号]|底)(?:下班)?(?:前|之前|以前)|\d{1,3}个?(?:工作日|日|天|小时)(?:内|之内|以内)"
    r"|[本下]周[一二三四五六日天]前|(?:本|当)?月底前|"
    rf"{AT_ONCE}|当[天日](?:整改|完成)|(?<![\d.])(?:1[0-2]|[1-9])\.(?:[12]\d|3[01]|[1-9])前"
)


def due_within(text: str) -> str:
    """The deadline said within a text as such: 11月30日前; empty where there is none."""
    found = _INSIDE.search(arabic(unspaced(text)))
    return found.group() if found is not None else ""


_CLAUSES = later(r"[，,。；;！!、]")
_ALONE = later(
    r"(?:\d{4}年)?\d{1,2}月\d{1,2}[日号]|(?P<same>当[天日])(?:清[^，,。；;]{0,4}|整改[^，,。；;]{0,4}|完成|办结)?|马上(?:整改|清理)?"
)
"""A clause of a requirement that is nothing but a day."""


def due_inside(text: str) -> str:
    """The deadline said within a requirement, such as 11月30日前清理完毕, or a clause that is nothing but a day; empty
    where there is none."""
    if found := due_within(text):
        return found
    clauses = filter(None, _CLAUSES.split(arabic(unspaced(text))))
    alone = next(filter(None, map(_ALONE.fullmatch, clauses)), None)
    return (alone["same"] or alone.group()) if alone is not None else ""
