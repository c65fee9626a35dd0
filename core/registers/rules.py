"""时限规则: of two for the same 小类 and condition only one is in use."""

from collections.abc import Iterator

from core.model import Rule
from core.registers.ground import Fault, Ground, Touched, doubles


def sound(ground: Ground, touched: Touched) -> Iterator[Fault]:
    """Two rules in use are for the same."""
    live = [rule for rule in ground.all(Rule) if rule.active]
    for _key, rule, other in doubles(live, lambda r: (r.key,), touched):
        name = "/".join(part for part in (rule.subcategory, rule.condition) if part)
        fields = {"table": "rules", "value": name, "active": True, "owner": str(other.id)}
        yield Fault("taken", "rules", rule.id, fields)
