"""A wish: an action together with what the person saw when asking for it."""

from typing import Any

from msgspec import Struct

from core.actions.action import Action
from core.changes import Changes


class Undo(Action, frozen=True, kw_only=True):
    """The inverse of an earlier transaction. Undoing an undo is redo."""

    earlier: Changes


class Wish(Struct, frozen=True):
    """`basis`, where given, is the revision of the record the person looked at.

    A wish whose record has moved on since is decided on what is there now; it is refused with
    the name of who changed it where a field the person saw is no longer so.
    """

    action: Action
    basis: int | None = None
    seen: dict[str, Any] = {}
    """Fields of the record as the person saw them."""
