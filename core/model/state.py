"""The states an item can be in (docs/domain.md 3)."""

from enum import StrEnum


class State(StrEnum):
    """Flow state of an item; everything else about it is derived."""

    REPORTED = "reported"
    ACCEPTED = "accepted"
    RECTIFYING = "rectifying"
    AWAITING = "awaiting"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    MERGED = "merged"
    VOID = "void"


OPEN_STATES = frozenset(
    {State.REPORTED, State.ACCEPTED, State.RECTIFYING, State.AWAITING, State.SUSPENDED}
)
CLOSED_STATES = frozenset(State) - OPEN_STATES
LEFT_STATES = (State.MERGED, State.VOID)
"""Closed without having been put right: such an item is no problem any more."""
