"""One thread that owns the repository: saves in order, follows what others save.

It knows no widget. What it finds goes to `publish`, which must be safe to call from a thread;
the board keeps a `Town` of its own, made before the thread starts and kept up by what is
published, so that nobody but the thread touches the repository's. The one exception are tables left on disk
until they are asked for, which whoever asks first reads, under a lock of their own (`core.town.shelf`).
"""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from core.changes import Changes
from core.model import Event, File, Item, Shows
from core.roles import Actor
from core.sight.whose import sees_own
from core.town.town import Moment, Town
from store.errors import StoreError
from store.history.follower import RELOADED
from store.history.repository import Repository
from tui.kept_code import keep_code
from tui.messages import (
    ClosedRead,
    Committed,
    Died,
    Failed,
    HistoryRead,
    Refused,
    Reloaded,
    Warned,
)
from tui.session.saving import Saver, Waiting
from tui.session.sight import BoardSight

if TYPE_CHECKING:
    from core.actions.wish import Wish
    from core.calendar.spans import Span
    from core.stats.tabulated import By, FigureTable
    from store.disk.photos import Photos

POLL = 0.4
"""Seconds between two looks at whether others have saved."""
Job = Callable[[], None]
_T = TypeVar("_T")


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
        self.town = town or self._sight.town
        self._publish_to: Callable[[Any], object] = lambda message: None
        self._saver = Saver(repository, who, clock, self)
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._live, name="store", daemon=True)
        self._trouble: StoreError | None = None
        self._unread: Callable[[], None] | None = None
        """What of the closed items could not be read yet."""
        self._warned: set[str] = set()
        self._tickets = itertools.count(1)

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
        self._publish_to = publish
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
        self._jobs.put(lambda: self._saver.save(Waiting(wishes, ticket, op, source)))
        return ticket

    def as_of(self, revisions: Mapping[int, int]) -> dict[int, Item]:
        """Items as they were at a revision of each, read by the thread and waited for."""
        if not revisions:
            return {}
        return self._asked(lambda: self._repository.as_of(revisions))

    def tally(self, span: Span, by: By, *, cohort: bool = False) -> FigureTable:
        """The figures of a stretch as the person is told them; every item must have been read."""
        from core.stats.tally import tally

        today = self.moment.today
        if sees_own(self.town, self.actor):
            return self._asked(lambda: self._sight.tally(span, today, by, cohort=cohort))
        return tally(self.town, span, today, by, cohort=cohort)

    def _asked(self, read: Callable[[], _T]) -> _T:
        """What the thread reads for whoever asks, waited for. Raises `StoreError`."""
        done: queue.SimpleQueue[_T | BaseException] = queue.SimpleQueue()

        def answer() -> None:
            try:
                done.put(read())
            except BaseException as error:
                done.put(error)
                if not isinstance(error, StoreError):
                    raise  # the thread ends by it

        self._jobs.put(answer)
        while True:
            alive = self._thread.is_alive()
            try:
                found = done.get(timeout=POLL if alive else 0)
                break
            except queue.Empty:
                if not alive:
                    raise RuntimeError("the store thread ended") from None
        if isinstance(found, BaseException):
            raise found
        return found

    @property
    def photos(self) -> Photos:
        """The photos beside the store."""
        from store.disk.photos import Photos

        return Photos(self.path)

    def undo(self) -> None:
        """Take back this person's last change."""
        self._jobs.put(partial(self._saver.undo, next(self._tickets)))

    def ask_history(self, table: str, record: int) -> None:
        """Ask for a history; `HistoryRead` follows."""
        self._jobs.put(lambda: self._read_history(table, record))

    def _read_history(self, table: str, record: int) -> None:
        events: Sequence[Event] = ()
        try:
            events = self._sight.told(self._repository.history(record, table))
        except StoreError as error:
            self.publish(Refused(error, 0))
        self.publish(HistoryRead(table, record, events))

    def _live(self) -> None:
        """Run; a thread that ends by itself says so, for nothing can be saved after it."""
        try:
            self._run()
        except BaseException as error:
            self.publish(Died(error))
            raise

    def _run(self) -> None:
        while True:
            self._warn()
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

    def publish(self, message: Any) -> None:
        """Send the board a message; from the thread."""
        self._publish_to(message)

    def _warn(self) -> None:
        """Say once each what is not as it should be, at opening or since."""
        for code in self._repository.warnings:
            if code not in self._warned:
                self._warned.add(code)
                self.publish(Warned(code))

    def _fail(self, error: StoreError) -> None:
        """Say once that the store can no longer be followed."""
        if self._trouble is None or self._trouble.code != error.code:
            self._trouble = error
            self.publish(Failed(error))

    def _follow(self) -> None:
        """Save what could not be saved before, and publish what others saved."""
        self._saver.again()
        self.look()
        job, self._unread = self._unread, None
        if job is not None:
            job()
        if self._trouble is not None and self._repository.damage is None:
            self._trouble = None
            self.publish(Failed(None))

    def look(self) -> None:
        """Publish what others saved."""
        for changes in self._repository.follow() if self._repository.fresh() else ():
            self.tell(changes)

    def tell(self, changes: Changes, ticket: int = 0) -> None:
        if changes.op != RELOADED:
            seen = self._sight.of(changes)
            if seen is changes or ticket:
                self.publish(Committed(seen, ticket))
            if seen is not changes:  # what it brings about is read anew, as far as it is seen
                self.publish(Reloaded())
            return
        self._trouble = None
        self.publish(Reloaded())
        self._jobs.put(self._read_closed)
        if self._repository.damage is not None:
            self._fail(self._repository.damage)

    def read_all_closed(self) -> None:
        """Ask for every closed item, where only those of the last weeks are here."""
        self._jobs.put(lambda: self._read_closed(every=True))

    def _read_closed(self, *, every: bool = False) -> None:
        """Closed items behind the first frame: all, or of a store with very many the last weeks'."""
        self._unread = partial(self._read_closed, every=every)  # until they are
        items = self._sight.closed(self.moment.today, every=every)
        self._unread = None
        if self._sight.limited:
            self.publish(Reloaded())
        else:
            self.publish(ClosedRead(items, complete=self._repository.town.complete))

    def anew(self) -> Town:
        """The town after `Reloaded`, read by the thread and handed over."""
        self.town = self._asked(lambda: self._sight.town)
        return self.town
