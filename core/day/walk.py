"""巡查: what is to be looked at on a walk through a zone (docs/domain.md 9)."""

from core.model import Item, State
from core.town.facts import Facts


def to_walk(zone: int, facts: Facts) -> list[Item]:
    """What is open in a zone, and the look-backs that are due there, by place."""
    town = facts.town
    found = [i for i in town.open_items() if i.zone == zone]
    found += [i for i in town.in_state(State.CLOSED) if i.zone == zone and facts.lookback_due(i)]
    return sorted(found, key=lambda i: (i.location, i.id))
