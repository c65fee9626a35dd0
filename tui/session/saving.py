"""What a board asks to be saved: in order, and again where the trouble may pass by itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from core.changes import Changes
from core.errors import NotFound, RuleError
from core.roles import Actor
from core.town.town import Town
from store.errors import Busy, NotSaved, StoreError
from store.history.repository import Repository
from tui.messages import GivenUp, Refused

if TYPE_CHECKING:
    from core.actions.wish import Wish

DECIDED_UNDER_LOCK = 100
"""Wishes of one transaction above which they are decided before the lock is taken."""
AGAIN = 2.0
"""Seconds between two tries to save what could not be saved."""
PASSING = frozenset({"busy", "no_space", "cannot_write"})
"""Troubles of saving that may pass by themselves."""


class Waiting(NamedTuple):
    """Wishes of one transaction, its ticket, and what the history says of it besides."""

    wishes: Sequence[Wish]
    ticket: int
    op: str = ""
    source: str = ""


class Follows(Protocol):
    """Whoever tells the board what is in the store."""

    def tell(self, changes: Changes, ticket: int = 0) -> None:
        """Publish what was saved; `ticket` is what was given for it, 0 where somebody else saved it."""

    def look(self) -> None:
        """Publish what others saved."""

    def publish(self, message: Any) -> None:
        """Send the board a message."""


class Saver:
    """Saves for one person, in the thread that owns the repository."""

    def __init__(
        self,
        repository: Repository,
        who: Callable[[Town], Actor],
        clock: Callable[[], datetime],
        follower: Follows,
    ) -> None:
        """`who` says what the person may do in a town as it is now; `clock` tells the instant, UTC."""
        self._repository = repository
        self._who = who
        self._clock = clock
        self._follower = follower
        self._kept: list[Waiting] = []
        """What could not be saved yet, oldest first."""
        self._try_at = 0.0

    def save(self, waiting: Waiting) -> None:
        """Save it, behind what was asked for first."""
        self._kept.append(waiting)
        self._try_again()

    def again(self) -> None:
        """Save what could not be saved before, where it is time to try."""
        if self._kept and time.monotonic() >= self._try_at:
            self._try_again()

    def undo(self, ticket: int) -> None:
        """Take back the last change of this person: one that is not saved yet is given up."""
        if self._kept:
            self._follower.publish(GivenUp(self._kept.pop().ticket))
            return
        from core.actions.wish import Wish

        try:
            last = self._repository.undoable(self._who(self._repository.town).login)
            undoing = self._repository.undoing(last.seq) if last is not None else None
        except StoreError as error:
            self._follower.publish(Refused(error, ticket))
            return
        if undoing is None:
            self._follower.publish(Refused(NotFound("nothing_to_undo"), ticket))
            return
        self.save(Waiting([Wish(undoing)], ticket))

    def _try_again(self) -> None:
        """Save what was kept, in order, as far as that goes now."""
        waiting, self._kept = self._kept, []
        while waiting:
            first = waiting.pop(0)
            try:
                self._attempt(first, behind=waiting)
            except StoreError:
                self._kept = waiting
                raise
            if self._kept:
                return

    def _attempt(self, waiting: Waiting, behind: list[Waiting]) -> None:
        repository = self._repository
        wishes, ticket, op, source = waiting
        try:
            who, now = self._who(repository.town), self._clock()
            prepared = None
            if len(wishes) > DECIDED_UNDER_LOCK:
                prepared = repository.preview(wishes, who, now, op=op, source=source)
            changes = repository.commit(wishes, who, now, op=op, source=source, prepared=prepared)
        except (RuleError, StoreError) as error:
            if isinstance(error, Busy | NotSaved) and error.code in PASSING:
                self._keep([waiting, *behind], error)
                return
            try:
                self._follower.look()
            finally:
                self._follower.publish(Refused(error, ticket))
            return
        for missed in repository.missed():
            self._follower.tell(missed)
        self._follower.tell(changes, ticket)
        if repository.snapshot_due():
            repository.write_snapshot()

    def _keep(self, waiting: list[Waiting], error: StoreError) -> None:
        """Try again later, and say so."""
        self._kept = waiting
        self._try_at = time.monotonic() + AGAIN
        for each in waiting:
            self._follower.publish(Refused(error, each.ticket, kept=True))
