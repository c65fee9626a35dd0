"""One thread that owns the repository: saves in order, follows what others save.

It knows no widget. What it finds goes to `publish`, which must be safe to call from a thread;
the board keeps a `Town` of its own, made before the thread starts and kept up by what is
published, so that nobody but the thread touches the repository's.
"""

from __future__ import annotations

import itertools
import queue
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from core.changes import Changes
from core.errors import NotFound, RuleError
from core.model import File, Item, Shows
from core.roles import Actor
from core.sight.whose import sees_own
from core.town.town import Moment, Town
from store.errors import Busy, NotSaved, StoreError
from store.history.follower import RELOADED
from store.history.repository import Repository
from tui.board_sight import BoardSight
from tui.kept_code import keep_code
from tui.messages import (
    ClosedRead,
    Committed,
    Died,
    Failed,
    GivenUp,
    HistoryRead,
    Refused,
    Reloaded,
)

if TYPE_CHECKING:
    from core.actions import Wish
    from core.calendar.spans import Span
    from core.stats.cells import By, Table
    from store.disk.photos import Photos

DECIDED_UNDER_LOCK = 100
"""Wishes of one transaction above which they are decided before the lock is taken."""
AGAIN = 2.0
"""Seconds between two tries to save what could not be saved."""
PASSING = frozenset({"busy", "no_space", "cannot_write", "disk_refuses"})
"""Troubles of saving that may pass by themselves."""
POLL = 0.4
"""Seconds between two looks at whether others have saved."""
Job = Callable[[], None]
_T = TypeVar("_T")


class Waiting(NamedTuple):
    """Wishes of one transaction, its ticket, and what the history says of it besides."""

    wishes: Sequence[Wish]
    ticket: int
    op: str = ""
    source: str = ""


class Session:
    """The board's way to the store."""

    def __init__(
        self,
        repository: Repository,
        who: Callable[[Town], Actor],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        town: Town | None = None,
    ) -> None:
        """`who` says what the person may do in a town as it is now; `clock` tells the instant, UTC; `town` was drawn."""
        self._repository = repository
        self._clock = clock
        self._who = who
        self._sight = BoardSight(repository, who)
        self.path = repository.path
        self.store = repository.reader.store
        """Identity of the store."""
        self.warnings = tuple(repository.warnings)
        self.town = town or self._sight.town
        self._publish: Callable[[Any], object] = lambda message: None
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._live, name="store", daemon=True)
        self._trouble: StoreError | None = None
        self._tickets = itertools.count(1)
        self._kept: list[Waiting] = []
        """What could not be saved yet, oldest first."""
        self._try_at = 0.0

    @property
    def actor(self) -> Actor:
        """The person, with the roles they hold now."""
        return self._who(self.town)

    @property
    def now(self) -> datetime:
        """The instant, UTC."""
        return self._clock()

    @property
    def moment(self) -> Moment:
        """The instant and the office's day."""
        return Moment.of(self.now, self.town)

    def keep(self, path: str, shows: Shows) -> File:
        """Keep a photo beside the store. Raises `FileRefused`, `NotSaved`.

        It is written at once and by whoever asks: nothing of the store is touched.
        """
        from tui.photo_files import kept_photo

        return kept_photo(self.photos, path, shows)

    def start(self, publish: Callable[[Any], object]) -> None:
        """Begin to follow the store; `publish` is called from the thread."""
        self._publish = publish
        if self._repository.damage is not None:
            self._fail(self._repository.damage)
        self._thread.start()
        self._jobs.put(self._read_closed)

    def stop(self) -> None:
        """Finish what was asked for, then let go of the store."""
        if self._thread.is_alive():
            self._jobs.put(None)
            self._thread.join()
        self._repository.close()

    def submit(self, wishes: Sequence[Wish], *, op: str = "", source: str = "") -> int:
        """Ask for a transaction; `Committed` or `Refused` follows and bears the ticket returned.

        The history says `op` instead of the verb of the first wish, and which file was the `source`.
        """
        ticket = next(self._tickets)
        self._jobs.put(lambda: self._commit(Waiting(wishes, ticket, op, source)))
        return ticket

    def as_of(self, revisions: Mapping[int, int]) -> dict[int, Item]:
        """Items as they were at a revision of each, read by the thread and waited for."""
        if not revisions:
            return {}
        return self._asked(lambda: self._repository.as_of(revisions))

    def tally(self, span: Span, by: By, *, cohort: bool = False) -> Table:
        """The figures of a stretch as the person is told them; every item must have been read."""
        from core.stats.tally import tally

        today = self.moment.today
        if sees_own(self.town, self.actor):
            return self._asked(lambda: self._sight.tally(span, today, by, cohort=cohort))
        return tally(self.town, span, today, by, cohort=cohort)

    def _asked(self, read: Callable[[], _T]) -> _T:
        """What the thread reads for whoever asks, waited for. Raises `StoreError`."""
        done: queue.SimpleQueue[_T | StoreError] = queue.SimpleQueue()

        def answer() -> None:
            try:
                done.put(read())
            except StoreError as error:
                done.put(error)

        self._jobs.put(answer)
        found = done.get()
        if isinstance(found, StoreError):
            raise found
        return found

    @property
    def photos(self) -> Photos:
        """The photos beside the store."""
        from store.disk.photos import Photos

        return Photos(self.path)

    def undo(self) -> None:
        """Take back this person's last change."""
        self._jobs.put(partial(self._undo, next(self._tickets)))

    def ask_history(self, table: str, record: int) -> None:
        """Ask for a history; `HistoryRead` follows."""
        self._jobs.put(lambda: self._read_history(table, record))

    def _read_history(self, table: str, record: int) -> None:
        events = self._sight.told(self._repository.history(record, table))
        self._publish(HistoryRead(table, record, events))

    def _live(self) -> None:
        """Run; a thread that ends by itself says so, for nothing can be saved after it."""
        try:
            self._run()
        except BaseException as error:
            self._publish(Died(error))
            raise

    def _run(self) -> None:
        while True:
            try:
                job = self._jobs.get(timeout=POLL)
            except queue.Empty:
                keep_code()
                job = self._follow
            if job is None:
                return
            try:
                job()
            except StoreError as error:
                self._fail(error)

    def _fail(self, error: StoreError) -> None:
        """Say once that the store can no longer be followed."""
        if self._trouble is None or self._trouble.code != error.code:
            self._trouble = error
            self._publish(Failed(error))

    def _follow(self) -> None:
        """Save what could not be saved before, and publish what others saved."""
        if self._kept and time.monotonic() >= self._try_at:
            self._try_again()
        self._look()

    def _look(self) -> None:
        """Publish what others saved."""
        for changes in self._repository.follow() if self._repository.fresh() else ():
            self._tell(changes)

    def _tell(self, changes: Changes, ticket: int = 0) -> None:
        if changes.op != RELOADED:
            seen = self._sight.of(changes)
            if seen is changes or ticket:
                self._publish(Committed(seen, ticket))
            if seen is not changes:  # what it brings about is read anew, as far as it is seen
                self._publish(Reloaded())
            return
        self._trouble = None
        self._publish(Reloaded())
        self._jobs.put(self._read_closed)
        if self._repository.damage is not None:
            self._fail(self._repository.damage)

    def _commit(self, waiting: Waiting) -> None:
        self._kept.append(waiting)  # what was asked for first is saved first
        self._try_again()

    def _attempt(self, waiting: Waiting, behind: list[Waiting]) -> None:
        repository = self._repository
        wishes, ticket, op, source = waiting
        try:
            who, now = self._who(repository.town), self.now
            prepared = None
            if len(wishes) > DECIDED_UNDER_LOCK:
                prepared = repository.preview(wishes, who, now, op=op, source=source)
            changes = repository.commit(wishes, who, now, op=op, source=source, prepared=prepared)
        except (RuleError, StoreError) as error:
            if isinstance(error, Busy | NotSaved) and error.code in PASSING:
                self._keep([waiting, *behind], error)
                return
            try:
                self._look()
            finally:
                self._publish(Refused(error, ticket))
            return
        for missed in repository.missed():
            self._tell(missed)
        self._tell(changes, ticket)
        if self._repository.snapshot_due():
            self._repository.write_snapshot()

    def _keep(self, waiting: list[Waiting], error: StoreError) -> None:
        """Try again later, and say so."""
        self._kept = waiting
        self._try_at = time.monotonic() + AGAIN
        for each in waiting:
            self._publish(Refused(error, each.ticket, kept=True))

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

    def _undo(self, ticket: int) -> None:
        if self._kept:  # the last change of this person is one that is not saved yet
            self._publish(GivenUp(self._kept.pop().ticket))
            return
        last = self._repository.undoable(self._who(self._repository.town).login)
        if last is None:
            self._publish(Refused(NotFound("nothing_to_undo"), ticket))
            return
        from core.actions import Wish

        self._commit(Waiting([Wish(self._repository.undoing(last.seq))], ticket))

    def read_all_closed(self) -> None:
        """Ask for every closed item, where only those of the last weeks are here."""
        self._jobs.put(lambda: self._read_closed(every=True))

    def _read_closed(self, *, every: bool = False) -> None:
        """Closed items behind the first frame: all, or of a store with very many the last weeks'."""
        items = self._sight.closed(self.moment.today, every=every)
        if self._sight.limited:
            self._publish(Reloaded())
        else:
            self._publish(ClosedRead(items, complete=self._repository.town.complete))

    def anew(self) -> Town:
        """The town after `Reloaded`, read by the thread and handed over."""
        self.town = self._asked(lambda: self._sight.town)
        return self.town
