"""催办 as a message to a unit's chat group, short enough for a phone."""

from collections.abc import Sequence

from core.day.chase import Chase
from core.model import Item
from core.town.facts import Facts
from core.words.text import clean
from store.papers.paper import short_day

MOST = 10
"""Items named one by one."""
LONGEST = 24
"""Characters of a place and of a problem."""


def chase_text(chase: Chase, facts: Facts) -> str:
    """What is overdue, due today and due soon, each with its number, place and problem."""
    parts = (("逾期", chase.overdue), ("今日到期", chase.due_today), ("临期", chase.due_soon))
    counts = "，".join(f"{name}{len(items)}件" for name, items in parts if items)
    lines = [f"@{chase.unit.name} {counts}："]
    shown = chase.items[:MOST]
    lines += [f"{n}. {_line(item, facts)}" for n, item in enumerate(shown, 1)]
    if len(chase.items) > MOST:
        lines.append(f"……等共{len(chase.items)}件。")
    lines.append("请抓紧整改，完成后反馈整改情况和照片。")
    return "\n".join(lines)


def _line(item: Item, facts: Facts) -> str:
    zone = facts.town.zones.get(item.zone or 0)
    place, what = _short(item.location), _short(item.description)
    if zone is not None and zone.name not in item.location:  # which bridge?
        place = f"{_short(zone.name)} {place}".strip()
    said = " ".join(part for part in (item.label, place, what) if part)
    told = _short(item.diary[-1].text) if item.diary else ""
    return f"{said}（{_when(item, facts)}{'，' + told if told else ''}）"


def _when(item: Item, facts: Facts) -> str:
    late = facts.overdue_days(item)
    until = item.assignment.work_until if item.assignment else None
    if facts.overdue(item):
        said = f"逾期{late}个工作日" if late else "已逾期"
        if until is None or until < facts.today:
            return said
        return f"{said}，现要求{short_day(until.isoformat(), facts.today.isoformat())}前完成"
    if until == facts.today:
        return "今日到期"
    return f"{short_day(until.isoformat(), facts.today.isoformat())}到期" if until else ""


def _short(text: str) -> str:
    text = clean(text, lines=False).rstrip("。；;，,.")
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def chase_texts(chases: Sequence[Chase], facts: Facts) -> str:
    """The messages of several units, an empty line between them."""
    return "\n\n".join(chase_text(chase, facts) for chase in chases)
