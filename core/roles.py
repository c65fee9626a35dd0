"""Who is acting, and in which of their roles (docs/domain.md 4)."""

from datetime import date

from msgspec import Struct

from core.errors import NotAllowed
from core.model import Role, Staff

ALL_HANDS = (Role.CLERK, Role.INSPECTOR, Role.LEADER, Role.ADMIN)
"""What whoever makes a store, or opens a sample town, holds."""

ORDER = tuple(Role)
"""The order in which an acting role is chosen."""

MASTERS = (Role.CLERK, Role.ADMIN)
"""Who keeps zones, units and responsibilities."""
OFFICE = (Role.CLERK, Role.LEADER, Role.ADMIN)
"""Who keeps what the office looks at and remembers."""
ROUNDS = (Role.CLERK, Role.LEADER)
"""Who plans inspections and enters points."""
SCHEMERS = (Role.LEADER, Role.ADMIN)
"""Who says how rounds are scored."""
ON_SITE = (Role.CLERK, Role.INSPECTOR, Role.LEADER)
"""Who goes round, sees, finds and drafts papers of it; a clerk enters it for an inspector."""
DESK = (Role.CLERK, Role.ADMIN)
"""Who keeps the year's registers: shops, duties, campaigns, the log."""
CHECKERS = (Role.CLERK, Role.INSPECTOR, Role.ADMIN)
"""Who checks shops and counts traces of pests."""
LOGGERS = (Role.CLERK, Role.INSPECTOR, Role.LIAISON, Role.ADMIN)
"""Who enters what happened: an inspector what a duty asked for, a liaison what their own unit did."""
TARGETERS = (Role.LEADER, Role.ADMIN)
"""Who sets targets, says whose figures count, and what the program counts itself."""
ADMINS = (Role.ADMIN,)
"""Who keeps the staff and what holds for the whole store."""


class Actor(Struct, frozen=True):
    """A person as the rules see them."""

    login: str
    roles: tuple[Role, ...] = ()
    unit: int | None = None
    acting: Role | None = None
    """The role asked for with `--as`; else the first that allows."""
    via: str = ""
    key: str = ""
    """The beginning of the fingerprint of the key they came with, through the gate."""

    @classmethod
    def of(
        cls,
        login: str,
        staff: Staff | None,
        *,
        acting: Role | None = None,
        via: str = "",
        demo: bool = False,
        today: date | None = None,
        key: str = "",
    ) -> "Actor":
        """The actor behind a login; an unknown account, and one whose time is up, holds no role and may only look."""
        roles: tuple[Role, ...] = ALL_HANDS if demo else ()
        if staff and staff.active and not staff.expired(today):
            roles = tuple(dict.fromkeys((*staff.roles, *roles)))
        return cls(login, roles, staff.unit if staff else None, acting, via, key)


def acting_role(actor: Actor, allowed: tuple[Role, ...]) -> Role | None:
    """The first role the actor holds, in the order of `Role`, that is among `allowed`."""
    if actor.acting is not None:
        return actor.acting if actor.acting in actor.roles and actor.acting in allowed else None
    for role in ORDER:
        if role in actor.roles and role in allowed:
            return role
    return None


def no_role(actor: Actor) -> str:
    """The code of what is said to whoever lacks a role: who may, or that they have none at all (any more)."""
    return "role" if actor.roles else "no_role"


def require_role(actor: Actor, allowed: tuple[Role, ...]) -> Role:
    """The acting role, or `NotAllowed("role")` naming who may."""
    role = acting_role(actor, allowed)
    if role is None:
        raise NotAllowed(no_role(actor), roles=allowed)
    return role
