"""路由规则: of two for the same only one is in use."""

from collections.abc import Iterator

from core.model import Route
from core.registers.ground import Fault, Ground, Touched, doubles


def sound(ground: Ground, touched: Touched) -> Iterator[Fault]:
    """Two routes in use are for the same."""
    live = [route for route in ground.all(Route) if route.active]
    for _key, route, other in doubles(live, lambda r: (r.key,), touched):
        fields = {"table": "routes", "value": str(other.id), "active": True}
        yield Fault("taken", "routes", route.id, fields)
