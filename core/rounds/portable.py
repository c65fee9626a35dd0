"""Rounds, finds and scores as portable records (docs/format.md 5): keys with their Chinese headers."""

from typing import Any

from core.model import ROUND_KINDS, Find, Item, Mark, Round, Visit
from core.stats.scoring.round_sheet import SheetFind, last_na, of_round, sheet_of
from core.stats.shares import in_points
from core.town.town import Town

Record = dict[str, Any]
FIND_HEADERS = {
    "round": "检查编号",
    "zone": "责任区",
    "zone_name": "责任区名称",
    "category": "问题类别",
    "subcategory": "小类",
    "number": "问题编号",
    "location": "点位",
    "description": "问题描述",
    "found_on": "检查时间",
    "deduct": "单处扣分",
    "count": "处数",
    "factor": "倍数",
    "factor_why": "倍数原因",
    "off": "扣分",
    "waived_why": "免扣原因",
    "inspector": "检查人",
}
_SCORE_HEADERS = {
    "round": "检查编号",
    "zone": "责任区",
    "zone_name": "责任区名称",
    "lead_unit": "牵头单位",
    "seen": "已检查",
    "why": "未检查原因",
}
NOT_APPLICABLE = "/"
FACTOR_WORDS = {"repeat": "重复", "outside": "上级或媒体", "within": "期限内", "manual": "人工"}


def round_record(town: Town, held: Round) -> Record:
    """One round."""
    return {
        "round": held.number,
        "kind": ROUND_KINDS[held.kind],
        "period": held.period,
        "name": held.name or None,
        "plan_on": held.plan_on,
        "started_on": held.started_on,
        "zones": [town.zones[key].code for key in held.zones],
        "categories": list(held.categories),
        "team": [town.person(login) for login in held.team],
        "members": held.members or None,
        "counts": held.counts,
        "state": held.state.value,
        "published_on": held.published_on,
        "final_on": held.final_on,
        "why": held.why or None,
        "digest": held.digest or None,
        "revision": held.revision,
    }


def find_records(town: Town, held: Round) -> list[Record]:
    """The finds of a round, those that were waived or do not count too, zone by zone."""
    return [record for _number, record in _finds(town, held)]


def numbered_finds(town: Town, held: Round) -> list[Record]:
    """The finds of a round, each with the number by which a command names it."""
    return [{"find": number} | record for number, record in _finds(town, held)]


def _finds(town: Town, held: Round) -> list[tuple[int, Record]]:
    entries: dict[int, SheetFind] = {
        entry.find: entry for row in sheet_of(town, held).rows for entry in row.finds
    }
    found = sorted(
        (f for f in of_round(town, Find, held.id) if f.id in entries),
        key=lambda f: (town.zones[f.zone].code, f.id),
    )
    return [(find.id, _find(town, held, find, entries[find.id])) for find in found]


def _find(town: Town, held: Round, find: Find, entry: SheetFind) -> Record:
    item = town.held(find.item) if find.item is not None else None
    zone = town.zones[find.zone]
    return {
        "round": held.number,
        "zone": zone.code,
        "zone_name": zone.name,
        "category": find.category,
        "subcategory": find.subcategory or None,
        "number": item.label if isinstance(item, Item) else None,
        "location": item.location or None if item is not None else None,
        "description": item.description if item is not None else find.text,
        "found_on": find.on,
        "deduct": number_of(find.deduct),
        "count": find.count,
        "factor": number_of(find.factor),
        "factor_why": FACTOR_WORDS.get(find.factor_why),
        "off": number_of(entry.off // 100),
        "waived_why": find.waived_why or None,
        "inspector": town.person(find.by) or None,
    }


def mark_records(town: Town, held: Round) -> list[Record]:
    """资料得分 of the units that have one."""
    marks = (m for m in of_round(town, Mark, held.id) if m.active)
    found = [{"unit": town.units[m.unit].name, "points": number_of(m.points)} for m in marks]
    return sorted(found, key=lambda record: str(record["unit"]))


def number_of(hundredths: int) -> int | float:
    """Points as a number that people read: 2, 0.5."""
    text = in_points(hundredths)
    return float(text) if "." in text else int(text)


def score_headers(held: Round) -> dict[str, str]:
    """The columns of a sheet: a category each."""
    return {
        **_SCORE_HEADERS,
        **{category: category for category in held.weights},
        "score": "得分",
        "place": "名次",
    }


def score_records(town: Town, held: Round, *, off: bool = False) -> list[Record]:
    """A zone a row: what is left of each category, or what was taken off; `/` where it does not apply."""
    sheet = sheet_of(town, held)
    places = sheet.places()
    found = []
    for row in sheet.rows:
        lead = town.units.get(row.lead or 0)
        record: Record = {
            "round": held.number,
            "zone": row.code,
            "zone_name": row.name,
            "lead_unit": lead.name if lead else None,
            "seen": row.seen,
            "why": row.why or None,
        }
        for category in sheet.weights:
            value = row.off(category) if off else sheet.cell(row, category)
            record[category] = (
                NOT_APPLICABLE if category in row.na else _plain(value) if row.seen else None
            )
        score = sheet.score(row)
        record["score"] = None if score is None else float(sheet.printed(row))
        record["place"] = places.get(row.zone)
        found.append(record)
    return found


def _plain(value: Any) -> int | float:
    return int(value) if value == int(value) else float(value)


def blank_records(town: Town, held: Round) -> list[Record]:
    """A sheet to fill in: zones by categories, points off; 已检查 where nothing was found, or why nobody was there."""
    na = {key: last_na(town.all(Visit), held, key) for key in held.zones}
    na |= {v.zone: v.na for v in of_round(town, Visit, held.id) if v.active}
    return [
        {
            "zone": town.zones[key].code,
            "zone_name": town.zones[key].name,
            **{c: NOT_APPLICABLE if c in na.get(key, ()) else None for c in held.weights},
            "seen": None,
            "why": None,
        }
        for key in sorted(held.zones, key=lambda k: town.zones[k].code)
    ]


def blank_headers(held: Round) -> dict[str, str]:
    """The columns of a sheet to fill in."""
    first = {"zone": "责任区", "zone_name": "责任区名称"}
    return first | {c: c for c in held.weights} | {k: _SCORE_HEADERS[k] for k in ("seen", "why")}
