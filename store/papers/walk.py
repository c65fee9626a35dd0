"""巡查单: what to look at in a zone, in the order of the places, to be taken along on a walk."""

from collections.abc import Sequence
from datetime import date

from core.lists.walks import blank_number, code_of
from core.model import Item, State, Zone
from core.town.facts import Facts
from store.ledgers.going_out.values import STATE_NAMES
from store.papers.paper import PaperTable

STATES = STATE_NAMES | {State.CLOSED: "回头看"}


def walk_text(zone: Zone, items: Sequence[Item], facts: Facts, lead: str) -> str:
    """The list for one zone: a box to tick, number, place, problem, unit, deadline, standard."""
    head = f"巡查单  {zone.code} {zone.name}  {facts.today.isoformat()}"
    who = f"责任单位：{lead or '未定'}  共{len(items)}件"
    lines = [head, *([zone.scope] if zone.scope else []), who, ""]
    for number, item in enumerate(items, 1):
        lines += _entry(number, item, facts)
    lines += ["新发现问题："]
    lines += [
        f"□ {len(items) + at}. {blank_number(zone.code, at)} 点位：{'_' * 12}  问题：{'_' * 24}"
        for at in range(1, BLANK_LINES + 1)
    ]
    lines += [HOW, "", "巡查人：            日期："]
    return "\n".join(lines)


HEADER = ("序号", "问题编号", "点位", "问题", "责任单位", "状态", "销号标准", "核对码", "现场情况")
_WIDTHS = (5, 13, 16, 26, 12, 12, 16, 8, 16)
BLANK_LINES = 10
"""Lines for what is found anew."""
HOW = "现场情况填：合格；不合格：原因；未到。新问题写在后面的空行里。"
"""How the list is filled in, so that it can be taken back."""


def walk_table(zone: Zone, items: Sequence[Item], facts: Facts) -> PaperTable:
    """The same list as a table, with room for what is found."""
    units = facts.town.units
    rows: tuple[tuple[str, ...], ...] = tuple(
        (
            str(number),
            item.label,
            item.location,
            item.description,
            units[item.holder].name if item.holder in units else "",
            " ".join(w for w in (STATES[item.state], _due(item, item.working_until, facts)) if w),
            item.close_standard,
            code_of(item),
            "",
        )
        for number, item in enumerate(items, 1)
    )
    rows += tuple(
        (str(len(items) + at), blank_number(zone.code, at), *[""] * (len(HEADER) - 2))
        for at in range(1, BLANK_LINES + 1)
    )
    below = (HOW, "巡查人：　　　　　　　　日期：")
    return PaperTable(f"{zone.code} {zone.name}巡查单", HEADER, rows, _WIDTHS, below)


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
        f"□ {number}. {item.label} {code_of(item)} {item.location}：{item.description}",
        "    " + "  ".join(part for part in facts_said if part),
        "    现场情况：",
    ]


def _due(item: Item, until: date | None, facts: Facts) -> str:
    if facts.overdue(item):
        return f"逾期{facts.overdue_days(item)}个工作日"
    return f"{until.isoformat()}到期" if until and item.state == State.RECTIFYING else ""
