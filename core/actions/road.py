"""The verbs of the straight road (docs/domain.md 3, T1-T6, T9-T13, T26) and moving in."""

import re
from datetime import date
from typing import Any

from msgspec import Struct

from core.model import Channel, File, Item, Proposed, VoidKind
from core.workflow import lacking

_SNAKE = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Action(Struct, frozen=True, kw_only=True):
    """Any wish of a person. `on` is the day it happened; None means today."""

    on: date | None = None
    note: str = ""


def verb_of(action: Action) -> str:
    """The verb an action is, as tables, commands and histories name it."""
    return getattr(action, "verb", "") or _SNAKE.sub("_", type(action).__name__).lower()


class ItemAction(Action, frozen=True, kw_only=True):
    """An action on one item, named by its id."""

    item: int


class Proxied(ItemAction, frozen=True, kw_only=True):
    """A step of the unit, which a clerk may enter for it (代录)."""

    on_behalf_of: int | None = None
    channel: Channel | None = None


class Report(Action, frozen=True, kw_only=True):
    """登记 T1. A place is a zone, a location, or both."""

    zone: int | None = None
    location: str = ""
    description: str = ""
    category: str = ""
    subcategory: str = ""
    severity: str = ""
    source: str = ""
    external_no: str = ""
    found_on: date | None = None
    reporter: str = ""
    photos: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
    """Photos of the problem that are kept already."""
    proposed: Proposed | None = None
    origin: str = ""
    recurrence_of: int | None = None
    """The item struck off of late that it is a relapse of (复发), where somebody says so."""
    round: int | None = None
    """The inspection round it is found in."""

    @property
    def lacking(self) -> tuple[str, ...]:
        """Fields without which it is no report."""
        place = self.zone is not None or self.location
        return lacking("report", {"place": place, "description": self.description})


class Accept(ItemAction, frozen=True, kw_only=True):
    """立案 T2. What is left empty is taken from the report."""

    category: str = ""
    subcategory: str = ""
    severity: str = ""
    zone: int | None = None
    found_on: date | None = None
    close_standard: str = ""


class Reject(ItemAction, frozen=True, kw_only=True):
    """不予立案 T3."""

    reason: VoidKind = VoidKind.NOT_ACCEPTED


class Fix(ItemAction, frozen=True, kw_only=True):
    """当场整改 T4."""

    measure: str = ""
    photos: tuple[str, ...] = ()


class Assign(ItemAction, frozen=True, kw_only=True):
    """交办 T5. `deadline` is how the day was worded; `due` is the day."""

    lead: int | None = None
    co: tuple[int, ...] = ()
    due: date | None = None
    deadline: str = ""
    counted_from: date | None = None
    """The day the words of `deadline` count from, where that is not the day of issue."""
    requirement: str = ""
    responsible: str = ""


class UnitPart(Struct, frozen=True, kw_only=True):
    """What one of several units has to do, and by when; the requirement of the whole where it has none."""

    lead: int
    due: date
    deadline: str = ""
    requirement: str = ""
    co: tuple[int, ...] = ()


class Split(ItemAction, frozen=True, kw_only=True):
    """分项交办: one problem given to several units, each with its own deadline and feedback."""

    parts: tuple[UnitPart, ...] = ()
    requirement: str = ""


class Receive(Proxied, frozen=True, kw_only=True):
    """签收 T6."""


class Submit(Proxied, frozen=True, kw_only=True):
    """反馈整改 T9. `on` is the day the unit finished; a ledger may claim it without one."""

    measure: str = ""
    progress: str = ""
    photos: tuple[str, ...] = ()
    responsible: str = ""
    claimed: bool = False
    """From a ledger: measure, date and photo may be missing."""


class Withdraw(Proxied, frozen=True, kw_only=True):
    """撤回反馈 T10."""

    reason: str = ""


class Pass(ItemAction, frozen=True, kw_only=True):
    """复查合格 T11, striking the item off. `feedback_on` fills a date the unit left out."""

    finding: str = ""
    feedback_on: date | None = None


MEETS_STANDARD = "符合销号标准"
"""What is found where a look finds nothing wrong."""
REWORK_DUE = "2个工作日"
"""How long a unit gets for rework where nothing is said."""


class Fail(ItemAction, frozen=True, kw_only=True):
    """复查不合格 T12. `work_until` is the new day the unit is told; `due` never moves."""

    reason: str = ""
    work_until: date | None = None


class Inspect(ItemAction, frozen=True, kw_only=True):
    """直接复查 T13: the inspector came before the unit reported."""

    passed: bool
    finding: str = ""
    work_until: date | None = None


CORRECTABLE = (
    "zone",
    "location",
    "description",
    "category",
    "subcategory",
    "severity",
    "source",
    "external_no",
    "found_on",
    "note",
    "close_standard",
    "photos_before",
    "requirement",
    "responsible",
    "measure",
    "progress",
    "due",
)
"""What `correct` may set. The unit of an issued item is not among it: that is 改派."""


class Correct(ItemAction, frozen=True, kw_only=True):
    """更正 T26. `fields` by name of `core.deciding.loop.correcting.CORRECTABLE`."""

    fields: dict[str, Any] = {}
    reason: str = ""


class Note(Proxied, frozen=True, kw_only=True):
    """记进展: a line of an item's diary, by whoever saw or heard it; what a unit told is on its behalf."""

    line: str = ""


class TakeIn(Action, frozen=True, kw_only=True):
    """One ledger row: reported, and on from there as far as it carries what each step needs.

    The item of the later steps is the one the report makes; theirs is left 0.
    """

    report: Report
    accept: Accept | None = None
    assign: Assign | None = None
    submit: Submit | None = None
    files: tuple[File, ...] = ()
    """Pictures that stood in the row."""
    told: Note | None = None
    """最近进展."""


class Attach(ItemAction, frozen=True, kw_only=True):
    """附件: photos and scans, whose content the store keeps by its digest already."""

    files: tuple[File, ...]


class MoveIn(Action, frozen=True, kw_only=True):
    """迁入: an item taken over as it stands from an earlier ledger, by a leader."""

    item: Item
    merged_number: str = ""
    """Number of the item this one was merged into."""
    whole_number: str = ""
    """Number of the problem this one is a part of, which is made with the first of its parts."""
    year: int | None = None
    """The year of the case number it is given where it is past acceptance and has none."""
    source: str = ""
    """The file it came from, with its digest."""
