"""整改问题, judged by days: how one stood at the end of a day, not how it stands now (docs/year.md 4)."""

from datetime import date

from core.measures.counted import Counted, LeftOut, Question, TraceLine, count, share
from core.model import End, Item, State
from core.stats.recorded import Recorded
from core.stats.standing import Given, given_of, paused_since
from core.town.striking import closed_at, closings, recurs_after

_WHY = {
    End.RETURNED: "退回",
    End.REASSIGNED: "改派",
    End.MERGED: "合并",
    End.VOID: "作废",
}
GONE = {State.VOID: "作废", State.MERGED: "已合并"}


def found_on(item: Item) -> date | None:
    """The day it was found, else reported."""
    return item.found_on or item.reported_on


def numbered(item: Item) -> bool:
    """Whether it was accepted, or put right on the spot."""
    return bool(item.number) or item.fix is not None


def there(asked: Question) -> bool:
    """Whether anything was found by the day."""
    first = asked.once(lambda: _first(asked), "first found")
    return first is not None and first <= asked.day


def _first(asked: Question) -> date | None:
    days = (found_on(item) for item in asked.town.items.values() if numbered(item))
    return min((day for day in days if day is not None), default=None)


def _found(asked: Question, category: str = "") -> tuple[list[Item], list[LeftOut]]:
    """Items of a stretch, by number, and those that do not count."""
    period = asked.period
    every = asked.once(lambda: _by_category(asked), "found", period.first, period.last)
    return every.get(category, ([], []))


def found_in(asked: Question) -> list[Item]:
    """Items of a stretch that count, by number."""
    return _found(asked)[0]


def _by_category(asked: Question) -> dict[str, tuple[list[Item], list[LeftOut]]]:
    """Items of a stretch by category, and all of them under the empty one."""
    period = asked.period
    held = [i for i in asked.town.problems() if numbered(i) and found_on(i) in period]
    sorted_: dict[str, tuple[list[Item], list[LeftOut]]] = {}
    for item in sorted(held, key=lambda i: i.label):
        for category in dict.fromkeys(("", item.category)):
            found, left = sorted_.setdefault(category, ([], []))
            if item.state in GONE:
                left.append(LeftOut(item.label, GONE[item.state]))
            else:
                found.append(item)
    return sorted_


def _line(item: Item, on: date | None = None) -> TraceLine:
    return TraceLine(item.label, on or found_on(item), None, item.zone)


def found(asked: Question, category: str = "") -> Counted:
    """发现."""
    items, left = _found(asked, category)
    return count((_line(i) for i in items), left)


def cleared(asked: Question, category: str = "") -> Counted:
    """已销号: of those found in the stretch."""
    items, _left = _found(asked, category)
    return count(_line(i) for i in items if closed_at(i, asked.day, asked.town))


def fixed(asked: Question, category: str = "") -> Counted:
    """立行立改 in the stretch."""
    return count(
        _line(item, item.fix.on)
        for item in sorted(asked.town.problems(), key=lambda i: i.label)
        if item.fix is not None
        and item.fix.on in asked.period
        and item.state not in GONE
        and (not category or item.category == category)
    )


def suspended(asked: Question, category: str = "") -> Counted:
    """挂账 at the end of the day."""
    lines = []
    for item in sorted(asked.town.problems(), key=lambda i: i.label):
        since = paused_since(item, asked.day)
        if since is not None and item.state not in GONE and category in ("", item.category):
            lines.append(_line(item, since))
    return count(lines)


def recurring(asked: Question, subcategory: str = "") -> Counted:
    """复发: found where the same was struck off up to 90 days before."""
    items, _left = _found(asked)
    closed: dict[tuple[int | None, str], list[tuple[date, int]]] = {}
    for item in asked.town.problems():
        if item.state not in GONE:
            for on in closings(item, asked.town):
                closed.setdefault((item.zone, item.subcategory), []).append((on, item.id))

    def again(item: Item) -> bool:
        on = found_on(item)
        assert on is not None
        return any(
            other != item.id and recurs_after(day, on)
            for day, other in closed.get((item.zone, item.subcategory), ())
        )

    return count(
        _line(i)
        for i in items
        if i.subcategory and (not subcategory or i.subcategory == subcategory) and again(i)
    )


def rate(asked: Question) -> Counted:
    """交办批次销号率."""
    return _batch(asked, timely=False)


def timely(asked: Question) -> Counted:
    """按期整改率 of what was issued in the stretch."""
    return _batch(asked, timely=True)


def _batch(asked: Question, *, timely: bool) -> Counted:
    lines: list[TraceLine] = []
    period = asked.period
    issued, gone = asked.once(lambda: _issued(asked), "issued", period.first, period.last)
    for item, given in issued:
        if _struck(given, asked.day) and (given.in_time or not timely):
            lines.append(TraceLine(given.name, given.it.ended_on, given.lead, item.zone))
    base = "、".join(given.name for _item, given in issued)
    return share(len(lines), len(issued), lines, gone, (f"分母：{base}",) if base else ())


def _issued(asked: Question) -> tuple[list[tuple[Item, Given]], list[LeftOut]]:
    """Assignments of a stretch that stand below the line, by number, and those that do not."""
    below: list[tuple[Item, Given]] = []
    left: list[LeftOut] = []
    for item in sorted(asked.town.items.values(), key=lambda i: i.label):
        for given in given_of(item, asked.town):
            if not _issued_in(given, asked):
                continue
            why = _outside(given, asked)
            if why:
                left.append(LeftOut(given.name, why))
            else:
                below.append((item, given))
    return below, left


def _issued_in(given: Given, asked: Question) -> bool:
    """Whether an assignment was issued in a stretch; of whole months, by the month it was recorded in."""
    day, period = given.it.issued_on, asked.period
    if day is None or day > asked.day:
        return False
    if ".." in period.code or not given.counts:
        return day in period
    recorded: Recorded = asked.once(lambda: Recorded(asked.town), "recorded")
    return period.first <= recorded.month("issued", day, given.name).first <= period.last


def _struck(given: Given, day: date) -> bool:
    ended = given.it.ended_on
    return given.end == End.CLOSED and ended is not None and ended <= day


def _outside(given: Given, asked: Question) -> str:
    """Why an assignment does not stand below the line, as known now."""
    if given.end in _WHY:
        return _WHY[given.end]
    if _struck(given, asked.day) or given.late_at(asked.day, asked.period.passed):
        return ""
    if given.suspended_at(asked.day):
        return "挂账"
    return "未到期或待复查"
