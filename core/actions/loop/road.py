"""登记, 立案, 不予立案, 当场整改, 交办 (docs/domain.md 3, T1-T6)."""

from datetime import date

from core.actions.action import Action, ItemAction
from core.model import File, Proposed, VoidKind
from core.workflow import lacking


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
