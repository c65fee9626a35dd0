"""Suggestions: which category, unit, deadline and requirement, each with its reason (docs/domain.md 6).

A suggestion fills a dialog; nothing acts on it by itself.
"""

from datetime import date
from itertools import islice

from msgspec import Struct

from core.calendar.working_days import Calendar, Deadline, Kind
from core.day.sameness import SAME, likeness, pieces_of
from core.model import LEFT_STATES, SUSPEND, Item, Route, Rule
from core.town.town import Town
from core.words.guessing import MARKET, guess


class Reason(Struct, frozen=True):
    """Why something is suggested: a code the faces have words for, and what it is about."""

    code: str
    value: str = ""


class Suggestion(Struct, frozen=True, kw_only=True):
    """What is suggested for one item; a field without a reason is not suggested."""

    category: str = ""
    subcategory: str = ""
    category_why: Reason | None = None
    lead: int | None = None
    co: tuple[int, ...] = ()
    lead_why: Reason | None = None
    deadline: str = ""
    """As a deadline word; empty where the problem should be planned instead."""
    due: date | None = None
    due_why: Reason | None = None
    requirement: str = ""
    severity: str = ""
    suspend_days: int | None = None
    """Days within which it is planned, where it cannot be put right at once."""


def suggest(town: Town, item: Item, today: date) -> Suggestion:
    """What to do with an item, as far as rules, routes and the past tell."""
    category, sub, why = _category(town, item)
    guessed = why is not None and why.code == UNSURE
    rule = town.rule_for(category, sub)
    lead, co, lead_why = _unit(town, item, category, sub, today)
    deadline, due, due_why = _deadline(rule, today, town.calendar)
    return Suggestion(
        category=category,
        subcategory=sub,
        category_why=why,
        lead=lead,
        co=co,
        lead_why=lead_why,
        deadline=deadline,
        due=due,
        due_why=due_why,
        requirement=item.close_standard or (rule.close_standard if rule else ""),
        severity=item.severity or (rule.severity if rule and not guessed else ""),
        suspend_days=rule.value if rule and rule.kind == SUSPEND else None,
    )


def _category(town: Town, item: Item) -> tuple[str, str, Reason | None]:
    """What it is already, else what this office took a like text for of late, else what its words tell."""
    if item.category:
        return item.category, item.subcategory, None
    before = _decided(town, item)
    if before is not None:
        return before.category, before.subcategory, Reason("decided", before.label)
    zone = town.zones.get(item.zone or 0)
    market = zone is not None and bool(MARKET.search(f"{zone.name}{zone.kind}"))
    found = guess(item.description, item.location, market=market)
    if found is None:
        return "", "", None
    why = Reason("word" if found.sure else UNSURE, found.word)
    return found.category, found.subcategory, why


UNSURE = "perhaps"
"""The reason of a guess by a word that is used for several things: it raises no severity."""
LOOKED_BACK = 300
"""Items whose categories are looked at, the latest first."""


def _decided(town: Town, item: Item) -> Item | None:
    """The item accepted of late whose text is most like another's."""
    pieces = pieces_of(item.description)
    if len(pieces) < SHORTEST:
        return None
    best: tuple[float, Item | None] = (SAME, None)
    for key in islice(reversed(town.items), LOOKED_BACK):
        other = town.items[key]
        if other.id == item.id or not other.category or not other.subcategory or not other.number:
            continue
        theirs = pieces_of(other.description)
        alike = likeness(pieces, theirs)
        if alike > best[0]:
            best = (alike, other)
    return best[1]


SHORTEST = 3
"""Pieces a text has at least for it to be like another."""


def likely_unit(town: Town, item: Item, today: date) -> int | None:
    """The unit that rules and the zone point to, without a look at the past: cheap enough to draw."""
    said = item.proposed
    if said is not None and said.lead is not None and _in_use(town, said.lead):
        return said.lead
    route = _route(town, item, item.category, item.subcategory) if town.tables["routes"] else None
    if route is not None:
        return route.lead
    lead = town.lead_of(item.zone, today) if item.zone is not None else None
    return lead.id if lead is not None and lead.active else None


def _unit(
    town: Town, item: Item, category: str, sub: str, today: date
) -> tuple[int | None, tuple[int, ...], Reason | None]:
    """What a ledger said, else a route, else the zone's unit, else what was done last."""
    said = item.proposed
    if said is not None and said.lead is not None and _in_use(town, said.lead):
        return said.lead, said.co, Reason("proposed")
    route = _route(town, item, category, sub)
    if route is not None:
        return route.lead, route.co, Reason("route", _named(town, route))
    if item.zone is not None:
        lead = town.lead_of(item.zone, today)
        if lead is not None and lead.active:
            return lead.id, (), Reason("zone", town.zones[item.zone].name)
    last = _last(town, item, category, sub)
    if last is not None and last.assignment is not None:
        return last.assignment.lead, last.assignment.co, Reason("last", last.label)
    return None, (), None


def _in_use(town: Town, unit: int) -> bool:
    found = town.units.get(unit)
    return found is not None and found.active


def _route(town: Town, item: Item, category: str, sub: str) -> Route | None:
    zone = town.zones.get(item.zone or 0)
    kind = zone.kind if zone else ""
    fitting = [
        route
        for route in town.all(Route)
        if route.active
        and route.category in ("", category)
        and route.subcategory in ("", sub)
        and route.zone in (None, item.zone)
        and route.zone_kind in ("", kind)
        and _in_use(town, route.lead)
    ]
    return max(fitting, key=lambda r: (*_weight(r), -r.id), default=None)


def _weight(route: Route) -> tuple[int, int]:
    """小类 before category before neither; within that zone before kind of zone before neither."""
    what = 2 if route.subcategory else 1 if route.category else 0
    where = 2 if route.zone is not None else 1 if route.zone_kind else 0
    return what, where


def _named(town: Town, route: Route) -> str:
    zone = town.zones.get(route.zone or 0)
    parts = (route.subcategory or route.category, zone.name if zone else route.zone_kind)
    return " ".join(part for part in parts if part)


def _last(town: Town, item: Item, category: str, sub: str) -> Item | None:
    """The item of this zone and category, the same 小类 first, that was issued last."""
    if item.zone is None or not category:
        return None
    issued = [
        other
        for other in town.items.values()
        if other.id != item.id
        and other.zone == item.zone
        and other.category == category
        and other.state not in LEFT_STATES
        and other.assignment is not None
        and other.assignment.lead is not None
        and _in_use(town, other.assignment.lead)
    ]
    return max(
        issued,
        key=lambda i: (
            i.subcategory == sub,
            (i.assignment.issued_on if i.assignment else None) or date.min,
            i.id,
        ),
        default=None,
    )


def _deadline(
    rule: Rule | None, today: date, calendar: Calendar
) -> tuple[str, date | None, Reason | None]:
    if rule is None or rule.kind == SUSPEND:
        return "", None, None
    deadline = Deadline(Kind(rule.kind), rule.value)
    return word_of(deadline), calendar.due_on(deadline, today), Reason("rule", rule.subcategory)


def word_of(deadline: Deadline) -> str:
    """A deadline rule as people write it, which reads back as the same rule."""
    match deadline.kind:
        case Kind.SAME_DAY:
            return "当日"
        case Kind.HOURS:
            return f"{deadline.value}小时"
        case Kind.WORK_DAYS:
            return f"{deadline.value}个工作日"
        case Kind.NATURAL_DAYS:
            return f"{deadline.value}天"
        case Kind.DATE:
            return deadline.on.isoformat() if deadline.on else ""
