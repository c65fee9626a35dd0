"""巡查单: what to look at in a zone, in the order of the places, to be taken along on a walk."""

from collections.abc import Sequence
from datetime import date

from core.facts import Facts
from core.model import Item, State, Zone

STATES = {
    State.REPORTED: "待立案",
    State.ACCEPTED: "待交办",
    State.RECTIFYING: "整改中",
    State.AWAITING: "待复查",
    State.SUSPENDED: "挂账",
    State.CLOSED: "回头看",
}


def to_walk(zone: Zone, facts: Facts) -> list[Item]:
    """What is open in a zone, and the look-backs that are due there, by place."""
    town = facts.town
    found = [i for i in town.open_items() if i.zone == zone.id]
    found += [i for i in town.in_state(State.CLOSED) if i.zone == zone.id and facts.lookback_due(i)]
    return sorted(found, key=lambda i: (i.location, i.id))


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
        STATES.get(item.state, ""),
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
