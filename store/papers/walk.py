"""巡查单: what to look at in a zone, in the order of the places, to be taken along on a walk."""

from collections.abc import Sequence
from datetime import date

from core.model import Item, State, Zone
from core.town.facts import Facts
from store.ledgers.going_out.values import STATE_NAMES
from store.papers.paper import Table

STATES = STATE_NAMES | {State.CLOSED: "回头看"}


def walk_text(zone: Zone, items: Sequence[Item], facts: Facts, lead: str) -> str:
    """The list for one zone: a box to tick, number, place, problem, unit, deadline, standard."""
    head = f"巡查单  {zone.code} {zone.name}  {facts.today.isoformat()}"
    who = f"责任单位：{lead or '未定'}  共{len(items)}件"
    lines = [head, *([zone.scope] if zone.scope else []), who, ""]
    for number, item in enumerate(items, 1):
        lines += _entry(number, item, facts)
    lines += ["新发现问题：", "", "巡查人：            日期："]
    return "\n".join(lines)


HEADER = ("序号", "问题编号", "点位", "问题", "责任单位", "状态", "销号标准", "现场情况")
_WIDTHS = (5, 13, 18, 28, 12, 12, 18, 16)


def walk_table(zone: Zone, items: Sequence[Item], facts: Facts) -> Table:
    """The same list as a table, with room for what is found."""
    units = facts.town.units
    rows = tuple(
        (
            str(number),
            item.label,
            item.location,
            item.description,
            units[item.holder].name if item.holder in units else "",
            " ".join(w for w in (STATES[item.state], _due(item, item.working_until, facts)) if w),
            item.close_standard,
            "",
        )
        for number, item in enumerate(items, 1)
    )
    below = ("新发现问题：", "", "巡查人：　　　　　　　　日期：")
    return Table(f"{zone.code} {zone.name}巡查单", HEADER, rows, _WIDTHS, below)


def _entry(number: int, item: Item, facts: Facts) -> list[str]:
    assignment = item.assignment
    unit = facts.town.units.get((assignment.lead if assignment else None) or 0)
    until = assignment.work_until if assignment else None
    facts_said = [
        STATES[item.state],
        unit.name if unit else "",
        _due(item, until, facts),
        f"销号标准：{item.close_standard}" if item.close_standard else "",
    ]
    return [
        f"□ {number}. {item.label} {item.location}：{item.description}",
        "    " + "  ".join(part for part in facts_said if part),
    ]


def _due(item: Item, until: date | None, facts: Facts) -> str:
    if facts.overdue(item):
        return f"逾期{facts.overdue_days(item)}个工作日"
    return f"{until.isoformat()}到期" if until and item.state == State.RECTIFYING else ""
