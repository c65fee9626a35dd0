"""路由规则: who a kind of problem goes to."""

from core.deciding.draft import Draft
from core.deciding.keeping import OWN, Own
from core.deciding.loop.road import active_unit
from core.deciding.registers.rules import check_kind
from core.errors import RuleError
from core.model import Route, Zone


def _check(draft: Draft, route: Route) -> None:
    if not route.active:
        return
    active_unit(draft, route.lead)
    for unit in route.co:
        active_unit(draft, unit)
    if route.subcategory:
        check_kind(route.category, route.subcategory)
    if route.zone is not None and not isinstance(draft.get("zones", route.zone), Zone):
        raise RuleError("no_zone", value=str(route.zone))


OWN["routes"] = Own(check=_check)
