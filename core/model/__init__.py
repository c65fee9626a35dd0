"""The nouns of the office, one a file, as frozen structs (docs/domain.md 1)."""

from core.model.assignment import Assignment, End, Feedback, Inspection, Outcome
from core.model.base import Former, Nested, Record, name_at
from core.model.campaign import (
    AFTER,
    BEFORE,
    COVERED,
    UNIFIED,
    Campaign,
    Cover,
    Density,
    Drug,
    Sample,
    Unified,
)
from core.model.counter import Counter
from core.model.document import (
    IN_SHORT,
    NOTICES,
    OF_A_PERIOD,
    SIGNED,
    TO_A_UNIT,
    Document,
    DocumentKind,
    DocumentState,
    PaperHead,
    Paragraph,
    Variant,
)
from core.model.duty import Cycle, Duty, Terms
from core.model.event import Channel, Event
from core.model.file import File, Shows
from core.model.find import ONCE, Find
from core.model.holiday import Holidays
from core.model.indicator import Indicator, Target
from core.model.item import (
    REJECTED_AS,
    VOIDED_AS,
    DiaryLine,
    Item,
    LookBack,
    Pause,
    Proposed,
    Severity,
    SpotFix,
    Suspension,
    Trigger,
    VoidKind,
)
from core.model.log import ATTENDED, CHAPTER_OF, REPORTED, Figure, Log
from core.model.mark import Mark
from core.model.phrase import Phrase
from core.model.pledge import Pledge
from core.model.points import Points
from core.model.request import About, Asked, Request, RequestKind, RequestState
from core.model.responsibility import Part, Responsibility
from core.model.round import HELD, ROUND_KINDS, UNCOUNTED, Round, RoundKind, RoundState
from core.model.rule import SUSPEND, Route, Rule
from core.model.scheme import Scheme
from core.model.sender import Sender
from core.model.settings import Settings
from core.model.shop import Agreement, Shop, ShopCheck
from core.model.side import Side
from core.model.ssh_key import SshKey
from core.model.staff import Role, Staff
from core.model.state import CLOSED_STATES, LEFT_STATES, OPEN_STATES, State
from core.model.unit import Unit
from core.model.view import KEYS as VIEW_KEYS
from core.model.view import View
from core.model.visit import Visit
from core.model.zone import AS_FIELDS, FACTS, Fact, Zone, zone_code

TABLES: dict[str, type[Record]] = {
    "settings": Settings,
    "counters": Counter,
    "responsibilities": Responsibility,
    "visits": Visit,
    "finds": Find,
    "marks": Mark,
    "documents": Document,
    "items": Item,
    "requests": Request,
    "side": Side,
    "events": Event,
}
"""Every table of the store and the struct its records decode to; registers enter theirs (`core.registers`)."""

_NAMES = {kind: name for name, kind in TABLES.items()}


def enter(table: str, kind: type[Record]) -> None:
    """Have a table for records of a kind; history stays the last."""
    TABLES.setdefault(table, kind)
    TABLES["events"] = TABLES.pop("events")
    _NAMES[kind] = table


def table_of(kind: type[Record]) -> str:
    """The table that records of a kind stand in."""
    return _NAMES[kind]


__all__ = [
    "AFTER",
    "AS_FIELDS",
    "ATTENDED",
    "BEFORE",
    "CHAPTER_OF",
    "CLOSED_STATES",
    "COVERED",
    "FACTS",
    "HELD",
    "IN_SHORT",
    "LEFT_STATES",
    "NOTICES",
    "OF_A_PERIOD",
    "ONCE",
    "OPEN_STATES",
    "REJECTED_AS",
    "REPORTED",
    "ROUND_KINDS",
    "SIGNED",
    "SUSPEND",
    "TABLES",
    "TO_A_UNIT",
    "UNCOUNTED",
    "UNIFIED",
    "VIEW_KEYS",
    "VOIDED_AS",
    "About",
    "Agreement",
    "Asked",
    "Assignment",
    "Campaign",
    "Channel",
    "Counter",
    "Cover",
    "Cycle",
    "Density",
    "DiaryLine",
    "Document",
    "DocumentKind",
    "DocumentState",
    "Drug",
    "Duty",
    "End",
    "Event",
    "Fact",
    "Feedback",
    "Figure",
    "File",
    "Find",
    "Former",
    "Holidays",
    "Indicator",
    "Inspection",
    "Item",
    "Log",
    "LookBack",
    "Mark",
    "Nested",
    "Outcome",
    "PaperHead",
    "Paragraph",
    "Part",
    "Pause",
    "Phrase",
    "Pledge",
    "Points",
    "Proposed",
    "Record",
    "Request",
    "RequestKind",
    "RequestState",
    "Responsibility",
    "Role",
    "Round",
    "RoundKind",
    "RoundState",
    "Route",
    "Rule",
    "Sample",
    "Scheme",
    "Sender",
    "Settings",
    "Severity",
    "Shop",
    "ShopCheck",
    "Shows",
    "Side",
    "SpotFix",
    "SshKey",
    "Staff",
    "State",
    "Suspension",
    "Target",
    "Terms",
    "Trigger",
    "Unified",
    "Unit",
    "Variant",
    "View",
    "Visit",
    "VoidKind",
    "Zone",
    "enter",
    "name_at",
    "table_of",
    "zone_code",
]
