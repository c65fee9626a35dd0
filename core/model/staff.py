"""People who may change something, and in which role."""

from datetime import date
from enum import StrEnum

from core.model.base import Former, Record


class Role(StrEnum):
    """Roles in the order in which an acting role is chosen (docs/domain.md 4)."""

    CLERK = "clerk"
    INSPECTOR = "inspector"
    LIAISON = "liaison"
    LEADER = "leader"
    ADMIN = "admin"
    VIEWER = "viewer"


class Staff(Record, frozen=True, kw_only=True):
    """A login and what its owner may do; `name` is a post, not a person, in samples."""

    login: str
    name: str = ""
    roles: tuple[Role, ...] = ()
    unit: int | None = None
    """The unit a liaison speaks for."""
    language: str = ""
    active: bool = True
    until: date | None = None
    """The day they left."""
    expires: date | None = None
    """The last day on which they may come in."""
    former: tuple[Former, ...] = ()
    """Posts they were listed under before."""

    def expired(self, today: date | None) -> bool:
        """Whether their time was up before a day."""
        return self.expires is not None and today is not None and self.expires < today
