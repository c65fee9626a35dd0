"""What registers decide: every one the same way, and what is one's own beside it, gathered here."""

from core.actions import Add, Edit
from core.deciding import keeping
from core.deciding.draft import Draft
from core.deciding.keeping import Own
from core.deciding.registers import routes, rules, staff, units, views, zones
from core.deciding.rounds.schemes import POINTS_OWN
from core.deciding.year import duties, shops, targets

OWN: dict[str, Own] = {
    "units": units.OWN,
    "zones": zones.OWN,
    "rules": rules.OWN,
    "routes": routes.OWN,
    "staff": staff.OWN,
    "views": views.OWN,
    "points": POINTS_OWN,
    "shops": shops.OWN,
    "duties": duties.OWN,
    "indicators": targets.OWN,
}
"""What a register decides beside its declaration, by its table; one that is not here has nothing of its own."""


def add(draft: Draft, action: Add) -> None:
    """A new record of a register."""
    keeping.add(draft, action, OWN.get(action.table, Own()))


def edit(draft: Draft, action: Edit) -> None:
    """Changed attributes of a record of a register."""
    keeping.edit(draft, action, OWN.get(action.table, Own()))
