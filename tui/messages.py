"""What the session tells the board."""

from __future__ import annotations

from collections.abc import Sequence

from textual.message import Message

from core.changes import Changes
from core.errors import RuleError
from core.model import Event, Item
from store.errors import StoreError


class Committed(Message):
    """Something was saved, here or by somebody else; `ticket` is what `submit` returned, or 0."""

    def __init__(self, changes: Changes, ticket: int = 0) -> None:
        super().__init__()
        self.changes = changes
        self.ticket = ticket

    @property
    def own(self) -> bool:
        """Whether it was asked for here."""
        return self.ticket > 0


class Warned(Message):
    """Something of the store is not as it should be, and nothing is lost by it."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code


class Reloaded(Message):
    """The store was read anew; everything on screen is to be built again."""


class Refused(Message):
    """A wish was refused or could not be saved; nothing was changed.

    What is `kept` is tried again until it is saved, refused or given up.
    """

    def __init__(self, error: RuleError | StoreError, ticket: int, *, kept: bool = False) -> None:
        super().__init__()
        self.error = error
        self.ticket = ticket
        self.kept = kept


class GivenUp(Message):
    """What could not be saved is not tried any more."""

    def __init__(self, ticket: int) -> None:
        super().__init__()
        self.ticket = ticket


class ClosedRead(Message):
    """Closed items have been read from disk: all of them, or those of the last weeks."""

    def __init__(self, items: Sequence[Item], *, complete: bool = True) -> None:
        super().__init__()
        self.items = items
        self.complete = complete


class HistoryRead(Message):
    """The history of one record, oldest first."""

    def __init__(self, table: str, record: int, events: Sequence[Event]) -> None:
        super().__init__()
        self.table = table
        self.record = record
        self.events = events


class Failed(Message):
    """The store can no longer be followed; without an error it can again."""

    def __init__(self, error: StoreError | None) -> None:
        super().__init__()
        self.error = error


class Died(Message):
    """The thread that saves has ended by a fault; nothing can be saved any more."""

    def __init__(self, error: BaseException | None) -> None:
        super().__init__()
        self.error = error
