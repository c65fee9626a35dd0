"""Whose sight is limited, and to what: a liaison's to their unit, a guest's to what is no telephone and no draft
(docs/gate.md 5)."""

from core.errors import NotAllowed
from core.model import Role
from core.roles import ALL_HANDS, Actor
from core.town.town import Town

POSTS = frozenset(ALL_HANDS)
"""Whose posts everybody knows."""
SEE_ALL = POSTS | {Role.VIEWER}
OWN_PLACES = frozenset(
    [
        "today",
        "chase",
        "papers",
        "statistics",
        "overview",
        "circulars",
        "zones",
        "facets",
        "logs",
        "shops",
        "duties",
    ]
)
"""Where a liaison who sees only their unit's sees something true; other places are of the whole town, as pledges are: who
has not signed is nobody's of whom nothing is told."""


def is_limited(town: Town, actor: Actor) -> bool:
    """Whether somebody does not see the whole town."""
    return is_guest(actor) or sees_own(town, actor)


def is_guest(actor: Actor) -> bool:
    """Whether somebody only looks on, through the gate: an inspector of the county, a guest."""
    return bool(actor.key) and Role.VIEWER in actor.roles and not POSTS & set(actor.roles)


def sees_own(town: Town, actor: Actor) -> bool:
    """Whether somebody sees only what is their unit's: a liaison and nothing else, by the setting or through the gate."""
    reads = town.settings.liaison_reads or ("own" if actor.key else "all")
    return reads == "own" and Role.LIAISON in actor.roles and not SEE_ALL & set(actor.roles)


NO_UNIT = 0
"""No record has this id: nothing is of it."""


def kept_to(town: Town, actor: Actor) -> int | None:
    """The unit whose own a liaison is told and nobody else's, `NO_UNIT` of one without a unit; None for whoever is not
    kept to one."""
    return (actor.unit or NO_UNIT) if sees_own(town, actor) else None


def line_of(town: Town, actor: Actor, asked: int | None) -> int | None:
    """The unit whose line alone is told, of the one asked about. Raises `NotAllowed("figures_of_others")`."""
    own = kept_to(town, actor)
    if own is not None and asked not in (None, own):
        raise NotAllowed("figures_of_others")
    return asked if own is None else own
