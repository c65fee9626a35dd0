"""How the table of states and verbs is written: a verb, where it leads, who may do it, what it needs."""

from msgspec import Struct

from core.model import Role, State

TODAY = "today"
"""The default of a day."""


class Need(Struct, frozen=True):
    """Something a verb must know, from the wish or from before; it has a default or is refused when missing."""

    name: str
    default: str = ""
    """What stands where nobody says it: a value, or `TODAY`. What is known before comes first."""
    when: str = ""
    """When it is needed, where that is at times only: somebody speaks for the unit (for_unit), it is no row of a
    ledger (not_by_ledger), the feedback has no day (undated), the look did not pass (not_passed), no unit had been
    told (not_issued), what is corrected counts in figures (weighty)."""


ON = Need("on", default=TODAY)
CHANNEL = Need("channel", when="for_unit")
LEAD = Need("lead", when="not_issued")


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
    needs: tuple[Need, ...] = ()
    """What must be known, in the order it is asked for."""
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


def step(
    ref: str,
    verb: str,
    sources: tuple[State, ...],
    targets: tuple[State, ...],
    roles: tuple[Role, ...],
    *needs: str | Need,
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
        needs=tuple(need if isinstance(need, Need) else Need(need) for need in needs),
        guards=guards,
        approves=approves,
        level=level,
        confirmed=confirmed,
        whole=whole,
    )
