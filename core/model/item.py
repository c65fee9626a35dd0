"""整改问题: a rectification item, from the find to the day it is struck off."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from core.model.assignment import Assignment
from core.model.base import Record
from core.model.file import File
from core.model.state import State


class Severity(StrEnum):
    """严重程度; 严重 items close only with a leader's confirmation."""

    MINOR = "一般"
    MAJOR = "较重"
    SEVERE = "严重"


class VoidKind(StrEnum):
    """Why an item does not count."""

    NOT_ACCEPTED = "不予立案"
    FALSE_ALARM = "误报"
    UNFOUNDED = "不属实"
    OUT_OF_SCOPE = "不在范围"
    DUPLICATE = "重复登记"
    UNREPORTED = "撤销登记"
    """The report itself was undone."""


REJECTED_AS = tuple(kind for kind in VoidKind if kind != VoidKind.UNREPORTED)
"""Why a report is not taken on (T3); 撤销登记 is what undo leaves."""
VOIDED_AS = tuple(kind for kind in REJECTED_AS if kind != VoidKind.NOT_ACCEPTED)
"""Why a case does not count after all (T18)."""


class Trigger(StrEnum):
    """Why a supervision notice is due (T20)."""

    OVERDUE = "逾期"
    REWORK = "返工"
    SUPERIOR = "上级交办"
    LEADER = "领导批示"
    SPOT = "现场效果差"


class SpotFix(
    Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False, forbid_unknown_fields=True
):
    """当场整改 (T4): put right while the inspector stood there; outside unit rates."""

    on: date
    inspector: str = ""
    measure: str = ""
    photos: tuple[str, ...] = ()


class Proposed(
    Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False, forbid_unknown_fields=True
):
    """What an incoming ledger said beyond what the workflow let it do; fills dialogs in advance."""

    lead: int | None = None
    co: tuple[int, ...] = ()
    due: date | None = None
    deadline: str = ""
    requirement: str = ""
    responsible: str = ""
    issued_on: date | None = None
    measure: str = ""
    progress: str = ""
    feedback_on: date | None = None
    photos_after: tuple[str, ...] = ()
    claim: str = ""
    """done, in_progress or not_done, as the ledger claims of itself."""
    unread: dict[str, str] = {}
    """What nobody could read, by field, as it was written."""


class Suspension(
    Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False, forbid_unknown_fields=True
):
    """挂账 (T15): why nothing can be done now, what is done meanwhile, until when."""

    since: date
    reason: str = ""
    measure: str = ""
    """过渡措施."""
    reference: str = ""
    """Funding or project the works hang on."""


class Pause(
    Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False, forbid_unknown_fields=True
):
    """A stretch of days on which an item was suspended: from `since` up to, but not on, `until`."""

    since: date
    until: date | None = None
    reason: str = ""
    was: date | None = None
    """Where it ended before the step that ended it was taken back."""


class LookBack(
    Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False, forbid_unknown_fields=True
):
    """回头看 (T23, T24): a look at a problem that was struck off."""

    on: date
    inspector: str = ""
    held: bool = True
    finding: str = ""
    photos: tuple[str, ...] = ()


class DiaryLine(
    Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False, forbid_unknown_fields=True
):
    """How it goes with a problem, in a line (进展); nothing follows from it."""

    on: date
    text: str
    by: str = ""
    """Login of who typed it."""
    on_behalf_of: int | None = None
    """The unit that told it."""


class Item(Record, frozen=True, kw_only=True):
    """A problem found in the town; the current values are what its events add up to."""

    report_no: str = ""
    number: str = ""
    """CW-YEAR-SEQ, taken at acceptance and kept for ever."""
    state: State = State.REPORTED
    zone: int | None = None
    location: str = ""
    description: str = ""
    category: str = ""
    subcategory: str = ""
    severity: str = ""
    source: str = ""
    external_no: str = ""
    found_on: date | None = None
    reported_on: date | None = None
    accepted_on: date | None = None
    reporter: str = ""
    note: str = ""
    close_standard: str = ""
    photos_before: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
    """Photos and scans whose content is kept here; their names also stand among the photos."""
    diary: tuple[DiaryLine, ...] = ()
    """In the order they were written."""
    assignments: tuple[Assignment, ...] = ()
    reminded_on: date | None = None
    """The day its unit was last reminded; a second time on one day says nothing new."""
    level: int = 0
    level_max: int = 0
    reworks: int = 0
    reopened: int = 0
    fix: SpotFix | None = None
    closed_on: date | None = None
    merged_into: int | None = None
    former: State | None = None
    """The state a merged or void item came from, to which it may be revived."""
    recurrence_of: int | None = None
    """The item struck off long before of which this is the relapse (复发)."""
    suspension: Suspension | None = None
    rechecks: tuple[LookBack, ...] = ()
    void_kind: str = ""
    void_note: str = ""
    plan_on: date | None = None
    proposed: Proposed | None = None
    origin: str = ""
    """Digest of the ledger row it came from, so that the same row is known again."""
    round: int | None = None
    """The inspection round it was first found in."""
    part_of: int | None = None
    """The problem of which this is what one unit has to do (分项); such a part is neither reported nor accepted."""
    parts: tuple[int, ...] = ()
    """Of a problem for several units, its parts. It holds no assignment and stands where the least advanced
    of them stands (`core.model.parts`)."""
    left_on: date | None = None
    """The day it was rejected, voided or merged. This and the two below follow from the steps that led here
    (`core.town.trail`): they stand in the head start and never in a line of a journal."""
    pauses: tuple[Pause, ...] = ()
    """When it was suspended."""
    entered: dict[str, date] = {}
    """By assignment and feedback, as `1/2`, the day a feedback was entered where that was later than it says."""

    @property
    def label(self) -> str:
        """The number people use: the item number once there is one, else the report number."""
        return self.number or self.report_no

    @property
    def whole(self) -> str:
        """The number of the problem a part belongs to; empty of what is no part."""
        return self.number.rpartition("-")[0] if self.part_of is not None else ""

    @property
    def holder(self) -> int | None:
        """The unit that has it in hand; None where it is with nobody."""
        assignment = self.assignment
        return assignment.lead if assignment and not assignment.over else None

    @property
    def working_until(self) -> date | None:
        """The day its unit is told now."""
        return self.assignment.work_until if self.assignment else None

    @property
    def undated(self) -> bool:
        """Whether the feedback that stands does not say when the unit was done."""
        claim = self.assignment.claim if self.assignment else None
        return claim is not None and claim.on is None

    @property
    def assignment(self) -> Assignment | None:
        """The latest assignment."""
        return self.assignments[-1] if self.assignments else None
