"""The nouns of the office, one a file, as frozen structs (docs/domain.md 1)."""

from core.model.assignment import Assignment, Feedback, Inspection, Outcome
from core.model.base import Record
from core.model.counter import Counter
from core.model.event import Channel, Event
from core.model.item import Fix, Item, Proposed, Severity, VoidKind
from core.model.responsibility import Part, Responsibility
from core.model.settings import Settings
from core.model.side import Side
from core.model.staff import Role, Staff
from core.model.state import CLOSED_STATES, OPEN_STATES, State
from core.model.unit import Unit
from core.model.zone import Zone

TABLES: dict[str, type[Record]] = {
    "settings": Settings,
    "counters": Counter,
    "staff": Staff,
    "units": Unit,
    "zones": Zone,
    "responsibilities": Responsibility,
    "items": Item,
    "side": Side,
    "events": Event,
}
"""Every table of the store and the struct its records decode to."""

__all__ = [
    "CLOSED_STATES",
    "OPEN_STATES",
    "TABLES",
    "Assignment",
    "Channel",
    "Counter",
    "Event",
    "Feedback",
    "Fix",
    "Inspection",
    "Item",
    "Outcome",
    "Part",
    "Proposed",
    "Record",
    "Responsibility",
    "Role",
    "Settings",
    "Severity",
    "Side",
    "Staff",
    "State",
    "Unit",
    "VoidKind",
    "Zone",
]
