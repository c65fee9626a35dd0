"""申请: something asked for that takes effect only when whoever may approve it does."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from core.model.base import Record
from core.model.event import Channel


class RequestKind(StrEnum):
    """What may be asked for; the same words as the verbs that ask."""

    RETURN = "return"
    REASSIGN = "reassign"
    EXTEND = "extend"
    SUSPEND = "suspend"
    VOID = "void"
    SUPERVISE = "supervise"
    CONFIRM = "confirm"
    """A passed look at an item that a leader must confirm."""
    APPEAL = "appeal"
    """申诉: that a lateness, a find or points should not count."""


class About(StrEnum):
    """What an appeal is about."""

    LATE = "late"
    """An assignment that the published circular counts as late."""
    FIND = "find"
    POINTS = "points"


class RequestState(StrEnum):
    """What became of a request."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    RECALLED = "recalled"
    LAPSED = "lapsed"
    """The item went another way before anybody decided."""


class Asked(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What is asked for; which fields are set depends on the kind."""

    on: date | None = None
    unit: int | None = None
    co: tuple[int, ...] = ()
    due: date | None = None
    deadline: str = ""
    requirement: str = ""
    responsible: str = ""
    void_kind: str = ""
    measure: str = ""
    reference: str = ""
    finding: str = ""
    feedback_on: date | None = None
    provisional: bool = False
    about: About | None = None
    find: int | None = None
    points: int | None = None


class Request(Record, frozen=True, kw_only=True):
    """One request about one item, and how it was decided."""

    item: int
    """0 for an appeal about a find without an item, or about points."""
    kind: RequestKind
    state: RequestState = RequestState.ASKED
    by: str
    role: str = ""
    assignment: int | None = None
    """Number of the assignment it is about, where the item had one."""
    on_behalf_of: int | None = None
    channel: Channel | None = None
    asked_on: date
    reason: str = ""
    note: str = ""
    asked: Asked = Asked()
    decided_by: str = ""
    decided_role: str = ""
    decided_on: date | None = None
    decision: str = ""
    """Why it was approved or refused."""
