"""巡查单: what to look at in a zone, in the order of the places, to be taken along on a walk."""

from collections.abc import Sequence
from datetime import date

from core.facts import Facts
from core.model import Item, State, Zone
from store.ledgers.values import STATE_NAMES

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
    if facts.overdue(item) and item.state != State.CLOSED:
        return f"逾期{facts.overdue_days(item)}个工作日"
    return f"{until.isoformat()}到期" if until and item.state == State.RECTIFYING else ""
