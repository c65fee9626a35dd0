"""How the table of states and verbs is written: a verb, where it leads, who may do it."""

from msgspec import Struct

from core.asks import ASKS, Ask, needs_of
from core.model import Role, State


class Transition(Struct, frozen=True, kw_only=True):
    """One verb: from which states, to which, by whom, with what."""

    ref: str
    """Its number in docs/domain.md 3."""
    verb: str
    sources: tuple[State, ...]
    """States it may start from; empty for the verb that makes an item."""
    targets: tuple[State, ...] = ()
    """States it may end in; empty where the state stays as it is."""
    roles: tuple[Role, ...]
    guards: tuple[str, ...] = ()
    """Names of the functions of `GUARDS` that may refuse it."""
    approves: tuple[Role, ...] = ()
    """Who must agree before it takes effect."""
    level: int | None = None
    """The 督办级别 it raises an item to."""
    confirmed: bool = False
    """Whether a leader must confirm it on items that are severe or supervised."""
    whole: bool = False
    """Whether it may be done to a problem in parts; any other verb is done to its parts."""

    @property
    def asks(self) -> tuple[Ask, ...]:
        """What it asks, in the order it is asked for."""
        return ASKS[self.verb]

    @property
    def needs(self) -> tuple[Ask, ...]:
        """What of that must be known, or has a default."""
        return needs_of(self.asks)


def step(
    ref: str,
    verb: str,
    sources: tuple[State, ...],
    targets: tuple[State, ...],
    roles: tuple[Role, ...],
    *,
    guards: tuple[str, ...] = (),
    approves: tuple[Role, ...] = (),
    level: int | None = None,
    confirmed: bool = False,
    whole: bool = False,
) -> Transition:
    return Transition(
        ref=ref,
        verb=verb,
        sources=sources,
        targets=targets,
        roles=roles,
        guards=guards,
        approves=approves,
        level=level,
        confirmed=confirmed,
        whole=whole,
    )
