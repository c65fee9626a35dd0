"""Indicators: each counted by the program or entered, never both (docs/year.md 3)."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from core.measures.counted import Counted, Joined, Question, Spoken, TraceLine
from core.measures.entered import value_of
from core.measures.measure import find
from core.model import Indicator
from core.town.called import called
from core.town.town import Town

PROMOTION, FUNDING = "B", "C"
"""Groups of indicators that sentences of their own list."""


def indicators(town: Town, *, every: bool = False) -> list[Indicator]:
    """Indicators in use, by code."""
    found = (i for i in town.all(Indicator) if i.active or every)
    return sorted(found, key=lambda i: i.code)


def indicator(town: Town, code: str) -> Indicator | None:
    """The indicator of a code, however it is written."""
    wanted = code.strip().upper()
    found = [i for i in town.all(Indicator) if i.code.upper() == wanted]
    return max(found, key=lambda i: (i.active, i.id), default=None)


def indicator_called(town: Town, text: str) -> Indicator:
    """The indicator of a code or name. Raises `NotFound("no_record")`."""
    held = [i for i in indicators(town) if text.strip() in (i.code, i.name)]
    if len(held) == 1:
        return held[0]
    found: Indicator = called(town.tables, "indicators", text.strip().upper())
    return found


def number_of(asked: Question, held: Indicator) -> Counted:
    """The number of an indicator over a stretch."""
    return find(asked.town, held.counts).count(asked) if held.counts else value_of(asked, held)


def by_of(town: Town, held: Indicator) -> Joined:
    """How its lines make its number."""
    if held.counts:
        return find(town, held.counts).measure.by
    return {
        "sum": Joined.SUM,
        "mean": Joined.MEAN,
        "last": Joined.LATEST if held.share else Joined.SUM,
    }[held.kind]


def spoken(held: Indicator, counted: Counted) -> str:
    """As a sentence names it: 清理垃圾1093吨."""
    unit = "" if counted.share or held.share else held.unit
    return f"{held.name}{counted.text}{unit}"


def listing(asked: Question, keep: Callable[[Indicator], bool]) -> Counted:
    """Entered indicators with a number that is not nought, by code."""
    named: list[Spoken] = []
    lines: list[TraceLine] = []
    for held, counted in _told(asked):
        if keep(held) and counted.value:
            named.append(Spoken(held.code, spoken(held, counted)))
            lines.append(TraceLine(held.code, value=counted.text))
    text = "，".join(each.text for each in named)
    if not named:
        return Counted()
    return Counted(value=Decimal(len(named)), text=text, lines=tuple(lines), listed=tuple(named))


def _told(asked: Question) -> Iterator[tuple[Indicator, Counted]]:
    for held in indicators(asked.town):
        if not held.counts:
            yield held, value_of(asked, held)


def of_group(asked: Question, group: str) -> Counted:
    """指标.B: a group of codes."""
    return listing(asked, lambda i: i.code.upper().startswith(group))


def of_category(asked: Question, category: str) -> Counted:
    """指标.市容环境: what belongs to a category of problems."""
    return listing(asked, lambda i: i.category == category)


def rest(asked: Question) -> Counted:
    """指标.其余: what no other sentence says, so that nothing counted goes unsaid."""
    year = asked.period.year
    return listing(
        asked,
        lambda i: (
            not i.category
            and i.code[:1].upper() not in (PROMOTION, FUNDING)
            and not any(t.year == year and t.set_on <= asked.day for t in i.targets)
        ),
    )
