"""Shops, duties, campaigns and lines of the log as rows: the same on the board and on the command line."""

from datetime import date
from typing import Any

from core.calendar.cycles import last_said
from core.calendar.periods import Stretch
from core.measures import Question
from core.measures.subjects import campaigns as of_campaigns
from core.measures.subjects.duties import Standing, rate, standing
from core.measures.subjects.shops import flag, mean_text
from core.model import OPEN_STATES, Campaign, Duty, Log, Shop
from core.town.town import Town
from core.words.amounts import written
from tui.words.i18n import _
from tui.words.tables.said import figure_texts
from tui.words.texts import name_of


def open_items(town: Town, shop: Shop) -> int:
    """Problems found at a shop that are not struck off."""
    keys = {check.item for check in shop.checks if check.item is not None}
    held = (town.items.get(key) for key in keys)
    return sum(item is not None and item.state in OPEN_STATES for item in held)


def agreement_said(shop: Shop, day: date) -> str:
    """How its agreement stands: until when, expired or unsigned."""
    held = shop.agreement_on(day)
    if held is None:
        return _("expired") if shop.agreements else _("unsigned")
    return held.until.isoformat() if held.until else _("open")


def shop_cells(town: Town, shop: Shop, day: date) -> list[str]:
    """Number, name, zone, trade, agreement, plate, mean, flag, problems."""
    zone = town.zones.get(shop.zone)
    return [
        shop.label,
        shop.name,
        zone.name if zone else "",
        shop.trade,
        agreement_said(shop, day),
        _("yes") if shop.posted_on(day) else _("no"),
        mean_text(shop, day),
        flag(shop, day, town.settings),
        str(open_items(town, shop) or ""),
    ]


def shop_heads() -> list[str]:
    """What stands over the cells of shops, from the agreement on."""
    return [_("Agreement until"), _("Plate"), _("Mean"), _("Flag"), _("Problems")]


def duty_row(asked: Question, duty: Duty) -> dict[str, Any]:
    """A duty with what was done of it in a stretch."""
    town, period = asked.town, asked.period
    found = standing(town, period.first, asked.day, period.known, duty.label)
    unit = town.units.get(duty.unit or 0)
    return {
        "code": duty.label,
        "name": duty.name,
        "terms": last_said(duty.terms),
        "unit": unit.name if unit else None,
        "due": sum(s.counts for s in found),
        "done": sum(s.done is not None for s in found),
        "missed": sum(s.missed for s in found),
        "rate": rate(asked, duty.label).text,
        "active": duty.active,
    }


def duty_cells(row: dict[str, Any]) -> list[str]:
    """A duty as cells."""
    return [
        row["code"],
        row["name"],
        row["terms"],
        row["unit"] or "",
        f"{row['done']}/{row['due']}",
        str(row["missed"] or ""),
        row["rate"],
    ]


def instance_said(each: Standing, today: date) -> str:
    """How an instance stands, in words."""
    if each.done is not None:
        return _("done late") if each.late else _("carried out")
    if each.excused is not None:
        return _("excused")
    if each.missed:
        return _("missed")
    return _("past due") if each.instance.due < today else _("falling due")


def campaign_row(town: Town, campaign: Campaign, today: date) -> dict[str, Any]:
    """A campaign in a line."""
    first, name = campaign.first, campaign.label
    asked = Question(town, Stretch(first, max(first, today), name))
    unified = of_campaigns.unified_of(town)
    return {
        "code": name,
        "title": campaign.title or None,
        "vectors": list(campaign.vectors),
        "from": campaign.first.isoformat(),
        "to": campaign.last.isoformat(),
        "ticks": f"{of_campaigns.ticks(asked, name).text}/{len(unified)}",
        "streets": of_campaigns.streets(asked, name).text,
        "households": of_campaigns.households(asked, name).text,
        "rooms": of_campaigns.rooms(asked, name).text,
        "kg": of_campaigns.kg(asked, name).text,
        "before": of_campaigns.before(asked, name).text,
        "after": of_campaigns.after(asked, name).text,
        "missing": len(of_campaigns.missing(town, campaign)),
        "closed_on": campaign.closed_on.isoformat() if campaign.closed_on else None,
    }


def log_row(town: Town, log: Log) -> dict[str, Any]:
    """A line of the log as data."""
    unit, zone = town.units.get(log.unit or 0), town.zones.get(log.zone or 0)
    return {
        "number": log.label,
        "on": log.on,
        "until": log.until,
        "kind": log.kind,
        "title": log.title or None,
        "unit": unit.name if unit else None,
        "zone": zone.name if zone else None,
        "place": log.place or None,
        "people": None if log.people is None else f"{log.people}{log.people_approx}",
        "figures": "、".join(figure_texts(town, log)) or None,
        "reference": log.reference or None,
        "files": len(log.files) or None,
        "void_reason": log.void_reason or None,
        "note": log.note or None,
    }


TRACE_HEADERS = {
    "ref": "编号",
    "on": "日期",
    "unit": "单位",
    "zone": "责任区",
    "value": "值",
    "why": "未计入原因",
}
"""Columns of the lines of a number, as a file has them."""


def trace_heads() -> tuple[str, ...]:
    """The same as a screen has them."""
    unit, zone = name_of("unit"), name_of("zone")
    return (_("No."), _("Day"), unit, zone, _("Counts as"), _("Left out"))


def drug_rows(town: Town, held: Campaign) -> list[dict[str, str | None]]:
    """What was laid out, as rows of a table or of JSON."""
    zones = town.zones
    return [
        {
            "drug": each.name,
            "kg": written(each.kg),
            "reg_no": each.reg_no or None,
            "lot": each.lot or None,
            "zone": zones[each.zone].name if each.zone in zones else None,
            "on": each.on.isoformat() if each.on else None,
        }
        for each in held.drugs
    ]
