"""检查用表: what to look at in each zone of a round, with room for what is found (docs/rounds.md 4)."""

from collections.abc import Sequence
from datetime import date

from core.day.walk import to_walk
from core.model import Find, Item, Round, State, Visit
from core.stats.figures import in_points
from core.stats.round_sheet import of_round, scope_of, sheet_of
from core.town.facts import Facts
from core.town.town import Town
from store.papers.paper import Table
from store.papers.walk import STATES

BLANK_LINES = 10
"""Lines for what is found anew."""
HEADER = ("序号", "问题编号", "类别", "点位", "问题", "责任单位", "状态", "现场情况")
_WIDTHS = (6, 14, 10, 16, 24, 12, 12, 16)


def walk_said(town: Town, held: Round, day: date, zones: Sequence[int] = ()) -> list[str]:
    """The list as text, a page a zone."""
    return ["\n".join(_lines(table)) for table in walk_pages(town, held, day, zones)]


def _lines(table: Table) -> list[str]:
    lines = [table.title, *table.below[:2], ""]
    for row in table.rows:
        if row[1] or row[4]:
            lines.append(f"□ {row[0]}. {row[1]} {row[2]} {row[3]}：{row[4]}")
            lines.append("    " + "  ".join(part for part in row[5:7] if part))
        else:
            lines.append(f"□ {row[0]}. ")
    return [*lines, "", table.below[-1]]


def walk_pages(town: Town, held: Round, day: date, zones: Sequence[int] = ()) -> list[Table]:
    """The list as a table a zone."""
    facts = Facts(town, day)
    return [_page(facts, held, key) for key in (zones or scope_of(town, held))]


def _page(facts: Facts, held: Round, key: int) -> Table:
    town = facts.town
    zone, lead = town.zones[key], town.lead_of(key, facts.today)
    items = to_walk(key, facts)
    rows = [_row(at, item, facts) for at, item in enumerate(items, 1)]
    rows += [
        (str(at), *[""] * (len(HEADER) - 1))
        for at in range(len(rows) + 1, len(rows) + 1 + BLANK_LINES)
    ]
    below = (
        f"牵头单位：{lead.name if lead else '未定'}　{_na(town, key)}",
        _last(town, held, key),
        "检查人：　　　　　　　　日期：",
    )
    title = f"{held.number}　{zone.code} {zone.name}"
    return Table(title, HEADER, tuple(rows), _WIDTHS, below, 10.5)


def _row(at: int, item: Item, facts: Facts) -> tuple[str, ...]:
    units = facts.town.units
    unit = units[item.holder].name if item.holder in units else ""
    late = f"逾期{facts.overdue_days(item)}个工作日" if facts.overdue(item) else ""
    until = item.working_until
    due = (
        f"{until.isoformat()}到期" if until and item.state == State.RECTIFYING and not late else ""
    )
    state = " ".join(part for part in (STATES[item.state], late or due) if part)
    return (str(at), item.label, item.category, item.location, item.description, unit, state, "")


def _na(town: Town, zone: int) -> str:
    visits = [v for v in town.all(Visit) if v.active and v.zone == zone]
    last = max(visits, key=lambda v: (v.on, v.id), default=None)
    return f"不适用：{'、'.join(last.na)}" if last is not None and last.na else ""


def _last(town: Town, held: Round, zone: int) -> str:
    """What the last round took off."""
    earlier = [
        r
        for r in town.rounds.values()
        if r.active and r.id != held.id and r.started_on is not None and zone in r.zones
    ]
    last = max(earlier, key=lambda r: (r.held_on, r.id), default=None)
    row = sheet_of(town, last).row(zone) if last is not None else None
    if last is None or row is None:
        return "上次检查：无"
    parts = [f"{c}扣{in_points(int(row.off(c) * 100))}" for c in last.weights if row.off(c)]
    finds = sum(f.zone == zone and f.active for f in of_round(town, Find, last.id))
    return f"上次检查（{last.number}）：{finds}个，{'、'.join(parts) or '未扣分'}"
