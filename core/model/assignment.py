"""交办记录: one giving of an item to a lead unit, the thing all statistics count."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from core.model.event import Channel


class Outcome(StrEnum):
    """What became of a feedback."""

    PENDING = "pending"
    PASSED = "passed"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


class Feedback(
    Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False, forbid_unknown_fields=True
):
    """反馈整改 (T9): the unit says the problem is put right."""

    on: date | None = None
    """The day the unit finished; None where a ledger claims it without a date."""
    measure: str = ""
    progress: str = ""
    photos: tuple[str, ...] = ()
    by: str = ""
    """Login of who typed it."""
    on_behalf_of: int | None = None
    """The unit that said it, where somebody else typed it (代录)."""
    channel: Channel | None = None
    outcome: Outcome = Outcome.PENDING


class Inspection(
    Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False, forbid_unknown_fields=True
):
    """A look on the spot (T11, T12, T13)."""

    on: date | None = None
    inspector: str = ""
    passed: bool = False
    finding: str = ""


class End(StrEnum):
    """Why an assignment is over."""

    CLOSED = "closed"
    RETURNED = "returned"
    REASSIGNED = "reassigned"
    MERGED = "merged"
    VOID = "void"


class Assignment(
    Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False, forbid_unknown_fields=True
):
    """Two dates live here: `due` decides timeliness, `work_until` is what the unit is told now."""

    no: int = 1
    lead: int | None = None
    """Unit; None only on items moved in from a ledger that names none."""
    co: tuple[int, ...] = ()
    responsible: str = ""
    requirement: str = ""
    issued_on: date | None = None
    deadline: str = ""
    """The deadline as it was worded, such as 3个工作日."""
    counted_from: date | None = None
    """The day those words count from, where that is not the day of issue."""
    orig_due: date | None = None
    due: date | None = None
    work_until: date | None = None
    provisional: bool = False
    """Counted over days of a year whose holidays were not published yet (暂定)."""
    extensions: int = 0
    """How often `due` was moved by an approved extension."""
    received_on: date | None = None
    measure: str = ""
    progress: str = ""
    """What the unit says of the work while it goes on, without claiming it done."""
    feedbacks: tuple[Feedback, ...] = ()
    inspections: tuple[Inspection, ...] = ()
    ended_on: date | None = None
    end: End | None = None
    """Why it is over; without `ended_on` on a day the ledger it was moved in from does not name."""
    exempt_on: date | None = None
    """The day a leader upheld an appeal (T25): its lateness does not count, and stays told."""
    exempt_why: str = ""

    @property
    def over(self) -> bool:
        """Whether it is no unit's work any more."""
        return self.ended_on is not None or self.end is not None

    @property
    def feedback(self) -> Feedback | None:
        """The latest feedback that was not withdrawn."""
        for feedback in reversed(self.feedbacks):
            if feedback.outcome is not Outcome.WITHDRAWN:
                return feedback
        return None

    @property
    def claim(self) -> Feedback | None:
        """The feedback that stands: pending or passed, neither failed nor withdrawn."""
        latest = self.feedback
        return latest if latest and latest.outcome != Outcome.FAILED else None

    @property
    def inspection(self) -> Inspection | None:
        """The latest look on the spot."""
        return self.inspections[-1] if self.inspections else None
