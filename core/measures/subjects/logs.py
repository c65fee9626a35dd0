"""活动记事: how often, and how many came (docs/year.md 4)."""

from datetime import date
from decimal import Decimal

from core.measures.counted import Counted, LeftOut, Question, Spoken, TraceLine, count
from core.measures.entered import approximate
from core.model import CHAPTER_OF, Log
from core.stats.tabulated import unit_line
from core.town.town import Town
from core.words.amounts import written

SAID = ("会议", "制度文件", "宣传活动", "讲座", "培训")
"""Kinds of lines that sentences of the summary name."""
UNSAID = ("上级文件", "满意度调查", "填报", "宣传栏")
"""Kinds that no sentence is about."""


TO_CHECK = "【核】"


def chapters(town: Town) -> dict[str, int]:
    """Every kind of line with its chapter, the office's own behind the usual ones, chapter by chapter."""
    found = {**CHAPTER_OF, **town.settings.kinds}
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def there(asked: Question, kind: str = "") -> bool:
    """Whether there is any line of a kind by the day."""
    first = asked.once(lambda: _first(asked), "first lines").get(kind)
    return first is not None and first <= asked.day


def _first(asked: Question) -> dict[str, date]:
    """The day of the first line of each kind, and of all under the empty one."""
    found: dict[str, date] = {}
    for log in asked.town.all(Log):
        if log.stands:
            for kind in ("", log.kind):
                found[kind] = min(found.get(kind, log.on), log.on)
    return found


def lines_of(asked: Question, kind: str = "") -> list[Log]:
    """The lines of a kind that begin in a stretch, void ones too, by day."""
    period = asked.period
    every = asked.once(lambda: _by_kind(asked), "lines", period.first, period.last)
    return every.get(kind, [])


def _by_kind(asked: Question) -> dict[str, list[Log]]:
    """Lines of a stretch by kind, by day, and all of them under the empty one."""
    held = [log for log in asked.town.all(Log) if log.active and log.on in asked.period]
    found: dict[str, list[Log]] = {}
    for log in sorted(held, key=lambda log: (log.on, log.id)):
        for kind in ("", log.kind):
            found.setdefault(kind, []).append(log)
    return found


def _line(asked: Question, log: Log, value: str = "1") -> TraceLine:
    unit = unit_line(asked.town, log.unit, asked.day)
    return TraceLine(log.label, log.on, unit, log.zone, value)


def _gone(log: Log) -> LeftOut | None:
    if log.void_reason:
        return LeftOut(log.label, "已作废")
    return LeftOut(log.label, "免") if log.excused else None


def times(asked: Question, kind: str = "") -> Counted:
    """次: lines that stand and are no excuses."""
    found = lines_of(asked, kind)
    left = [gone for log in found if (gone := _gone(log))]
    return count((_line(asked, log) for log in found if not _gone(log)), left)


def people(asked: Question, kind: str = "") -> Counted:
    """人次 of the lines that tell them; where some do not, somebody must look."""
    found = lines_of(asked, kind)
    left = [gone for log in found if (gone := _gone(log))]
    live = [log for log in found if not _gone(log)]
    left += [LeftOut(log.label, "未记人数") for log in live if log.people is None]
    left.sort(key=lambda each: each.ref)
    told = [log for log in live if log.people is not None]
    if live and not told:
        return Counted(left_out=tuple(left))
    value = Decimal(sum(log.people or 0 for log in told))
    missing = (TO_CHECK,) if len(told) < len(live) else ()
    text = approximate(written(value), (log.people_approx for log in told))
    return Counted(
        value=value,
        text=text + "".join(missing),
        lines=tuple(_line(asked, log, str(log.people)) for log in told),
        left_out=tuple(left),
        missing=missing,
    )


def others(asked: Question) -> Counted:
    """活动.其余: every kind of line that no sentence names, with how many came where that is told."""
    named: list[Spoken] = []
    lines: list[TraceLine] = []
    for kind in chapters(asked.town):
        if kind in SAID or kind in UNSAID:
            continue
        held = times(asked, kind)
        if not held.value:
            continue
        text = f"{kind}{held.text}次"
        came = people(asked, kind)
        if came.value is not None:
            text += f"、{came.text}人次"
        named.append(Spoken(kind, text))
        lines.append(TraceLine(kind, value=held.text))
    if not named:
        return Counted()
    return Counted(
        value=Decimal(len(named)),
        text="，".join(each.text for each in named),
        lines=tuple(lines),
        listed=tuple(named),
    )
