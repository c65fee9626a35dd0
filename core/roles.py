"""Who is acting, and in which of their roles (docs/domain.md 4)."""

from msgspec import Struct

from core.errors import RuleError
from core.model import Role, Staff

ALL_HANDS = (Role.CLERK, Role.INSPECTOR, Role.LEADER, Role.ADMIN)
"""What whoever makes a store, or opens a sample town, holds."""

MASTERS = (Role.CLERK, Role.ADMIN)
"""Who keeps zones, units and responsibilities."""


class Actor(Struct, frozen=True):
    """A person as the rules see them."""

    login: str
    roles: tuple[Role, ...] = ()
    unit: int | None = None
    acting: Role | None = None
    """The role asked for with `--as`; else the first that allows."""
    via: str = ""

    @classmethod
    def of(
        cls,
        login: str,
        staff: Staff | None,
        *,
        acting: Role | None = None,
        via: str = "",
        demo: bool = False,
    ) -> "Actor":
        """The actor behind a login; an unknown account holds no role and may only look."""
        roles: tuple[Role, ...] = ALL_HANDS if demo else ()
        if staff and staff.active:
            roles = tuple(dict.fromkeys((*staff.roles, *roles)))
        return cls(login, roles, staff.unit if staff else None, acting, via)


def acting_role(actor: Actor, allowed: tuple[Role, ...]) -> Role | None:
    """The first role the actor holds, in the order of `Role`, that is among `allowed`."""
    held = (actor.acting,) if actor.acting in actor.roles else ()
    candidates = held if actor.acting else tuple(r for r in Role if r in actor.roles)
    return next((role for role in candidates if role in allowed), None)


def require_role(actor: Actor, allowed: tuple[Role, ...]) -> Role:
    """The acting role, or `RuleError("role")` naming who may."""
    role = acting_role(actor, allowed)
    if role is None:
        raise RuleError("role", roles=allowed)
    return role
