"""调整说明: what later records say of months that are signed, each difference told once (docs/circular.md 4)."""

from datetime import date
from typing import Any

import msgspec

from core.calendar.spans import Span
from core.model import Document, End, Find, Item, State, name_at
from core.papers.evidence import evidence_in
from core.stats.recorded import signed_circulars
from core.stats.scoring.round_sheet import Sheet, SheetRow
from core.stats.standing import Given, given_of
from core.stats.tabulated import unit_line
from core.stats.tally import tally
from core.town.town import Town
from core.words.dates import iso

Told = dict[str, Any]
DETAIL_HEADERS = {
    "name": "交办编号",
    "unit": "责任单位",
    "zone": "责任区",
    "location": "点位",
    "description": "问题描述",
    "category": "问题类别",
    "issued_on": "交办日期",
    "due": "整改时限",
    "done": "整改完成日期",
    "claimed": "反馈日期",
    "closed_on": "销号日期",
    "exempt": "申诉不计",
    "late": "超期工作日",
    "plan_on": "计划完成日期",
}


def adjustments(town: Town, month: Span, today: date) -> list[Told]:
    """The differences to every signed month before this one that no earlier circular has told."""
    signed = {span: paper for span, paper in signed_circulars(town).items() if span < month}
    told = {_key(each) for paper in signed.values() for each in evidence_in(paper)["adjustments"]}
    found = [
        each
        for span, paper in sorted(signed.items(), key=lambda pair: pair[0])
        for each in _of_month(town, span, paper)
        if _key(each) not in told
    ]
    late = tally(town, month, today).total.cells["late_recorded"].listed
    found += [_told(town, "recorded", "", name, "late") for name in dict.fromkeys(late)]
    return found


def _key(told: Told) -> tuple[str, ...]:
    return tuple(str(told.get(k, "")) for k in ("kind", "period", "name"))


def signed_units(paper: Document | None) -> dict[int, Told]:
    """What a signed circular says of each unit, by its id; nothing where there is no such paper."""
    units = evidence_in(paper)["units"] if paper is not None else []
    return {unit["id"]: unit for unit in units}


def _of_month(town: Town, month: Span, paper: Document) -> list[Told]:
    evidence = evidence_in(paper)
    lists: dict[str, list[str]] = evidence.get("lists", {})
    found = []
    for name in dict.fromkeys((*lists.get("issued", ()), *lists.get("need", ()))):
        given = given_called(town, name)
        if given is None or not given.counts:
            found.append(_told(town, "gone", month.code, name, _why_gone(given)))
    timely = set(lists.get("ontime", ()))
    for name in lists.get("closed", ()):
        given = given_called(town, name)
        if given is not None and given.end == End.CLOSED and given.in_time != (name in timely):
            why = "appeal" if given.it.exempt_on is not None else "corrected"
            found.append(_told(town, "rejudged", month.code, name, why))
    for name in lists.get("overdue_open", ()):
        given = given_called(town, name)
        if given is not None and given.counts and given.it.due and given.it.due > month.last:
            why = "extended" if given.it.extensions else "corrected"
            found.append(_told(town, "lifted", month.code, name, why))
    for each in evidence.get("sheets", []):
        found += _of_sheet(town, month, each)
    return found


def _why_gone(given: Given | None) -> str:
    if given is None:
        return "void"
    if given.item.state == State.VOID:
        return "void"
    return {End.MERGED: "merged", End.RETURNED: "returned", End.REASSIGNED: "reassigned"}.get(
        given.end or End.VOID, "void"
    )


def given_called(town: Town, name: str) -> Given | None:
    """The assignment that lists name so."""
    label, _slash, _no = name.rpartition("/")
    item = town.find(label)
    if item is None:
        return None
    given = list(given_of(item, town))
    kept = {f"{label}/{it.no}": g for g in given for it in (*g.before, g.it)}
    return (kept | {g.name: g for g in given}).get(name)


def _told(town: Town, kind: str, period: str, name: str, why: str) -> Told:
    item = town.find(name.rpartition("/")[0])
    given = given_called(town, name)
    said = ""
    if item is not None:
        said = item.void_note or item.void_kind
    if given is not None and given.it.exempt_on is not None:
        said = given.it.exempt_why
    lead = unit_line(town, given.lead, date.max) if given is not None else None
    unit = town.units.get(lead or 0)
    return {
        "kind": kind,
        "period": period,
        "name": name,
        "unit": unit.name if unit else "",
        "why": why,
        "said": said,
    }


def _of_sheet(town: Town, month: Span, frozen: Told) -> list[Told]:
    """Zones whose finds were waived or dropped after the round was final: the score then and now."""
    then = msgspec.convert({k: v for k, v in frozen.items() if k != "digest"}, Sheet)
    found = []
    for row in then.rows:
        now = msgspec.structs.replace(
            row, finds=tuple(e for e in row.finds if not _waived_since(town, e.find, e.without))
        )
        if len(now.finds) == len(row.finds):
            continue
        found.append(
            {
                "kind": "sheet",
                "period": month.code,
                "name": f"{then.round} {row.code}",
                "unit": "",
                "why": "waived",
                "said": _reasons(town, row, now),
                "then": then.printed(row),
                "now": then.printed(now),
            }
        )
    return found


def _waived_since(town: Town, key: int, without: str) -> bool:
    find = town.tables["finds"].get(key)
    if without or not isinstance(find, Find):
        return False
    item = town.held(find.item) if find.item is not None else None
    gone = isinstance(item, Item) and item.state == State.VOID
    return not find.active or find.waived_on is not None or gone


def _reasons(town: Town, row: SheetRow, now: SheetRow) -> str:
    kept = {entry.find for entry in now.finds}
    found = []
    for entry in row.finds:
        find = town.tables["finds"].get(entry.find)
        if entry.find not in kept and isinstance(find, Find):
            found.append(f"{entry.number or entry.text} {find.waived_why}".strip())
    return "；".join(found)


def details_of(town: Town, name: str, day: date) -> Told:
    """One assignment as tables and lists of a circular tell it."""
    given = given_called(town, name)
    assert given is not None
    item, it = given.item, given.it
    zone = town.zones.get(item.zone or 0)
    unit = town.units.get(unit_line(town, given.lead, day) or 0)
    done, claim = _done_at(given, day)
    return {
        "name": name,
        "unit": name_at(unit.name, unit.former, day) if unit else "",
        "zone": zone.name if zone else "",
        "location": item.location,
        "description": item.description,
        "category": item.category,
        "issued_on": iso(it.issued_on),
        "due": iso(it.due),
        "done": iso(done),
        "claimed": iso(claim),
        "closed_on": iso(it.ended_on if done else None),
        "exempt": it.exempt_on is not None,
        "late": late_days(town, given, day),
        "plan_on": iso(item.plan_on),
    }


def _done_at(given: Given, day: date) -> tuple[date | None, date | None]:
    """When its unit was done, of one struck off by the end of a day; of any other when it had said so."""
    ended = given.it.ended_on
    if given.end == End.CLOSED and (ended is None or ended <= day):
        return given.done, None
    claim = given.claim_at(day)
    return None, claim.on if claim is not None else None


def late_days(town: Town, given: Given, day: date) -> int:
    """Working days it was late by a day: to when its unit was done or said it was, else to that day; 0 where it was not."""
    done, claim = _done_at(given, day)
    due, end = given.it.due, done or claim or day
    return town.calendar.workdays_between(due, end) if due is not None and end > due else 0
