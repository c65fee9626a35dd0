"""责任单位: none of a unit's names stands for another one in use."""

from collections.abc import Iterator

from core.model import Unit
from core.registers.ground import Fault, Ground, Touched, doubles
from core.text import key_of


def sound(ground: Ground, touched: Touched) -> Iterator[Fault]:
    """Two units in use share a name."""
    live = [unit for unit in ground.all(Unit) if unit.active]
    for key, unit, owner in doubles(live, lambda u: {key_of(n) for n in u.names}, touched):
        name = next(n for n in owner.names if key_of(n) == key)
        yield Fault(
            "taken",
            "units",
            unit.id,
            {"table": "units", "value": name, "active": True, "owner": owner.name},
        )
