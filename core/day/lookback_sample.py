"""回头看 by sample: which of the items struck off are looked at again (docs/domain.md 3)."""

import math
from collections.abc import Iterable
from random import Random

from core.model import Item

SUPERVISED = 2
"""Level from which every item is looked at."""


def sample(items: Iterable[Item], share: float, chance: Random) -> list[Item]:
    """A share of the items of each lead unit, at least one, and all that were supervised.

    `share` is between 0 and 1. The same chance and items give the same sample.
    """
    strata: dict[int, list[Item]] = {}
    chosen: list[Item] = []
    for item in sorted(items, key=lambda i: i.id):
        if item.level_max >= SUPERVISED:
            chosen.append(item)
        else:
            lead = item.assignment.lead if item.assignment else None
            strata.setdefault(lead or 0, []).append(item)
    for unit in sorted(strata):
        mine = strata[unit]
        chosen += chance.sample(mine, min(len(mine), math.ceil(len(mine) * share)))
    return sorted(chosen, key=lambda i: (i.zone or 0, i.location, i.id))
