"""检查用表: what to look at in each zone of a round, with room for what is found (docs/rounds.md 4)."""

from collections.abc import Sequence
from datetime import date

from core.day.walk import to_walk
from core.lists.walks import blank_number, code_of
from core.model import Find, Item, Round, State, Visit
from core.stats.scoring.round_sheet import of_round, scope_of, sheet_of
from core.stats.shares import in_points
from core.town.facts import Facts
from core.town.town import Town
from store.papers.paper import PaperTable
from store.papers.walk import BLANK_LINES, HOW, STATES

HEADER = ("序号", "问题编号", "类别", "点位", "问题", "责任单位", "状态", "核对码", "现场情况")
_WIDTHS = (6, 14, 10, 16, 22, 12, 12, 8, 16)


def walk_said(town: Town, held: Round, day: date, zones: Sequence[int] = ()) -> list[str]:
    """The list as text, a page a zone."""
    return ["\n".join(_lines(table)) for table in walk_pages(town, held, day, zones)]


def _lines(table: PaperTable) -> list[str]:
    lines = [table.title, *table.below[:2], ""]
    for number, name, category, place, text, unit, state, code, _seen in table.rows:
        if code:
            lines.append(f"□ {number}. {name} {code} {category} {place}：{text}")
            lines += ["    " + "  ".join(filter(None, (unit, state))), "    现场情况："]
        else:
            lines.append(f"□ {number}. {name} 点位：{'_' * 12}  问题：{'_' * 24}")
    return [*lines, "", table.below[-1]]


def walk_pages(town: Town, held: Round, day: date, zones: Sequence[int] = ()) -> list[PaperTable]:
    """The list as a table a zone."""
    facts = Facts(town, day)
    return [_page(facts, held, key) for key in (zones or scope_of(town, held))]


def _page(facts: Facts, held: Round, key: int) -> PaperTable:
    town = facts.town
    zone, lead = town.zones[key], town.lead_of(key, facts.today)
    items = to_walk(key, facts)
    rows = [_row(at, item, facts) for at, item in enumerate(items, 1)]
    rows += [
        (str(len(items) + at), blank_number(zone.code, at, held.number), *[""] * (len(HEADER) - 2))
        for at in range(1, BLANK_LINES + 1)
    ]
    below = (
        f"牵头单位：{lead.name if lead else '未定'}　{_na(town, key)}",
        _last(town, held, key),
        HOW,
        "检查人：　　　　　　　　日期：",
    )
    title = f"{held.number}　{zone.code} {zone.name}"
    return PaperTable(title, HEADER, tuple(rows), _WIDTHS, below, 10.5)


def _row(at: int, item: Item, facts: Facts) -> tuple[str, ...]:
    units = facts.town.units
    unit = units[item.holder].name if item.holder in units else ""
    late = f"逾期{facts.overdue_days(item)}个工作日" if facts.overdue(item) else ""
    until = item.working_until
    due = (
        f"{until.isoformat()}到期" if until and item.state == State.RECTIFYING and not late else ""
    )
    state = " ".join(part for part in (STATES[item.state], late or due) if part)
    return (
        str(at),
        item.label,
        item.category,
        item.location,
        item.description,
        unit,
        state,
        code_of(item),
        "",
    )


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
