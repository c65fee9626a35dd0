"""时限规则, 路由规则 and 假日: what suggestions rest on. A change never moves an issued deadline."""

from typing import cast

from msgspec.structs import replace

from core.actions import AddRoute, AddRule, EditRoute, EditRule, Recount, SetHolidays
from core.categories import CATEGORIES, subcategories
from core.deciding.draft import Draft
from core.deciding.masters import added, built, edited
from core.deciding.road import active_unit
from core.deciding.spot import with_assignment
from core.errors import RuleError
from core.holidays import Year
from core.model import SUSPEND, Holidays, Role, Route, Rule, Severity, State, Zone
from core.reading import recounted
from core.roles import MASTERS
from core.worktime import Kind, days_of

RULE_KINDS = (Kind.SAME_DAY, Kind.HOURS, Kind.WORK_DAYS, Kind.NATURAL_DAYS, SUSPEND)


def add_rule(draft: Draft, action: AddRule) -> None:
    """A new rule; of two with the same 小类 and condition only one is in use."""
    role = draft.require(MASTERS)
    rule = built(Rule, action.fields)
    _check_rule(rule)
    added(draft, "rules", rule, "add_rule", role)


def edit_rule(draft: Draft, action: EditRule) -> None:
    """Changed attributes of a rule."""
    role = draft.require(MASTERS)
    rule = cast(Rule, edited(draft, "rules", action.rule, action.fields, "edit_rule", role))
    _check_rule(rule)


def _check_rule(rule: Rule) -> None:
    if rule.subcategory not in subcategories(rule.category):
        raise RuleError("unknown_category", value=f"{rule.category}/{rule.subcategory}")
    if rule.kind not in RULE_KINDS:
        raise RuleError("unknown_kind", value=rule.kind, expected=RULE_KINDS)
    if rule.kind != Kind.SAME_DAY and not 0 < rule.value < 1000:
        raise RuleError("bad_number", value=str(rule.value))
    if rule.severity and rule.severity not in tuple(Severity):
        raise RuleError("unknown_severity", value=rule.severity)
    if rule.chapter is not None and not 1 <= rule.chapter <= 7:
        raise RuleError("bad_number", value=str(rule.chapter))


def add_route(draft: Draft, action: AddRoute) -> None:
    """A new route."""
    role = draft.require(MASTERS)
    route = built(Route, action.fields)
    _check_route(draft, route)
    added(draft, "routes", route, "add_route", role)


def edit_route(draft: Draft, action: EditRoute) -> None:
    """Changed attributes of a route."""
    role = draft.require(MASTERS)
    route = cast(Route, edited(draft, "routes", action.route, action.fields, "edit_route", role))
    _check_route(draft, route)


def _check_route(draft: Draft, route: Route) -> None:
    if not route.active:
        return
    active_unit(draft, route.lead)
    for unit in route.co:
        active_unit(draft, unit)
    if route.category and route.category not in CATEGORIES:
        raise RuleError("unknown_category", value=route.category)
    if route.subcategory and route.subcategory not in subcategories(route.category):
        raise RuleError("unknown_category", value=f"{route.category}/{route.subcategory}")
    if route.zone is not None and not isinstance(draft.get("zones", route.zone), Zone):
        raise RuleError("no_zone", value=str(route.zone))


def set_holidays(draft: Draft, action: SetHolidays) -> None:
    """A year's table, new or in place of the one that was there."""
    role = draft.require(MASTERS)
    try:
        days_of(action.year, Year(rest=action.rest, work=action.work))
    except ValueError:
        raise RuleError("bad_date", field="on", value=str(action.year)) from None
    held = [h for h in draft.rows("holidays") if isinstance(h, Holidays) and h.year == action.year]
    old = held[0] if held else Holidays(id=draft.new_id("holidays"), year=action.year)
    new = replace(old, rest=action.rest, work=action.work, source=action.source, active=True)
    if held and new == old:
        raise RuleError("nothing_changed", number=str(action.year))
    draft.put("holidays", new)
    draft.note(new, "set_holidays", role, table="holidays", note=action.source)


def recount(draft: Draft, action: Recount) -> None:
    """A provisional deadline by the table that has come, by a leader."""
    role = draft.require((Role.LEADER,))
    item = draft.item(action.item)
    assignment = item.assignment
    if item.state not in (State.RECTIFYING, State.AWAITING) or assignment is None:
        raise RuleError("not_provisional", number=item.label)
    due = recounted(assignment, draft.now.today, draft.now.calendar)
    if due is None:
        raise RuleError("not_provisional", number=item.label)
    until = due if assignment.work_until == assignment.due else assignment.work_until
    item = with_assignment(item, replace(assignment, due=due, work_until=until, provisional=False))
    draft.put("items", item)
    draft.note(
        item,
        "recount",
        role,
        assignment=assignment.no,
        due_before=assignment.due,
        due_after=due,
        until_before=assignment.work_until,
        until_after=until,
    )
