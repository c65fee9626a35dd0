"""Following a store: reading on as others write.

Typed records are the only copy in memory. Whoever follows may read; `store.history.repository` writes.
"""

from __future__ import annotations

import time
from collections.abc import Iterable

from core.changes import Changes
from core.model import Event
from store.disk.files import readable, uncollected
from store.errors import Damaged
from store.history.journals import journal
from store.history.journals.journal import Line
from store.history.opening import Opened, SnapshotUnfit
from store.history.past import Past

LONG = 256 * 1024
"""Bytes of a line that is worth going past, such as an import."""
PATIENCE = 0.8
"""Seconds for which a long line that is being written is not read."""
RELOADED = "reloaded"
"""`op` of the empty changes that say: everything was read anew."""


class Follower(Opened):
    """An open store that is read, and read on."""

    _left_until: float | None = None
    """Until when a long line that is being written is left alone."""

    @property
    def past(self) -> Past:
        """What was saved up to here."""
        return Past(self.path, self._snapshot, self.reader)

    def history(self, record: int | None = None, table: str = "items") -> list[Event]:
        """Lines of history, oldest first: of one record, or of everything."""
        try:
            return self.past.history(record, table)
        except Damaged:
            self._refuse_bridge()
            if self._snapshot is None or journal.generations(self.path)[:1] != [1]:
                raise
            return Past(self.path, None, self.reader).history(record, table)

    def fresh(self) -> bool:
        """Whether others saved something not read yet; costs a few system calls."""
        with readable(self.path):
            if self._unseen or self._must_load or self.reader.replaced:
                return True
            return not self.damage and self.reader.fresh()

    def catch_up(self, *, hurried: bool = False) -> list[Changes]:
        """What others saved since the last call, in order.

        Hurried, items of a long line are left for the next call, and its changes are empty.
        """
        with readable(self.path), uncollected():
            return self._caught_up(hurried)

    def follow(self) -> list[Changes]:
        """What others saved, for whoever only shows it.

        The items of a very long line come a little later, for each process at a moment of its own,
        so that twenty boards do not read one import at the same time.
        """
        self._unseen = self.catch_up(hurried=True)
        return self.catch_up() if self._ready else self._before_put_off()

    @property
    def _ready(self) -> bool:
        """Whether nothing is put off, or the moment for it has come."""
        if self._left_until is not None:
            return False
        return not self._put_off or time.monotonic() >= self._settle_at

    def _before_put_off(self) -> list[Changes]:
        first = self._put_off[0].seq if self._put_off else self.town.seq + 1
        found = [changes for changes in self._unseen if changes.seq < first]
        self._unseen = [changes for changes in self._unseen if changes.seq >= first]
        return found

    def _caught_up(self, hurried: bool) -> list[Changes]:
        if self._must_load or self.reader.replaced:
            return self._reloaded()
        try:
            if not hurried:
                self._settle()
            if not self.damage and self.reader.fresh():
                self._read_further(hurried)
        except SnapshotUnfit:
            self._unseen = []
            self._read_without_snapshot()
            return [Changes(op=RELOADED, seq=self.town.seq)]
        except Damaged:
            return self._reloaded()
        found, self._unseen = self._unseen, []
        return found

    def _read_further(self, hurried: bool) -> None:
        """Read what is there; hurried, go past long lines that the journal behind them tells of."""
        if hurried and self._being_written():
            return
        while hurried and (ahead := self.reader.ahead()) is not None:
            if self.reader.seq < ahead.seq - 1:
                self._take(self.reader.lines(ahead.seq - 1))
            passed = self.reader.pass_by()
            if passed is None:
                break
            self._skip(passed)
        self._take(self.reader.lines())

    def _being_written(self) -> bool:
        """Whether somebody seems to be writing a long line; it is left alone for a little while."""
        unread = self.reader.behind()
        if self._lock.mine or unread <= LONG or self.reader.ahead() is not None:
            self._left_until = None
            return False
        now = time.monotonic()
        if self._left_until is None:
            self._left_until = now + PATIENCE
        if now < self._left_until:
            return True
        self._left_until = None
        return False

    def _take(self, lines: Iterable[tuple[Line, memoryview]]) -> None:
        for line, _payload in lines:
            taken = self._replay(line)
            self._unseen.append(taken)  # behind what taking it has settled

    def _reloaded(self) -> list[Changes]:
        """Read everything anew. Raises `Damaged` where that does not help."""
        self._unseen = []
        self._settle_replacement()  # which may have to wait, and what is open stays open till then
        if self._reader is not None:
            self._reader.close()
        if self._snapshot is not None:
            self._snapshot.close()
            self._snapshot = None
        self._trusted = True
        self._load()
        return [Changes(op=RELOADED, seq=self.town.seq)]

    def missed(self) -> list[Changes]:
        """What others had saved before the last commit and nobody was told of yet."""
        if not self._ready:
            return self._before_put_off()
        try:
            self._settle()
        except Damaged:
            return self._reloaded()
        found, self._unseen = self._unseen, []
        return found
