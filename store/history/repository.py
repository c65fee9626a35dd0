"""The repository: decides wishes under the lock and saves them, a line a transaction.

One thread at a time may use it. What decides is loaded with the first wish, so that a board is
there before it.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from core.changes import Changes
from core.errors import NotFound, Refusal, RuleError
from core.model import Document, Item
from core.roles import Actor
from core.town.rebasing import CountedFrom, rebased
from core.town.town import Moment
from store.disk.custody import open_kept
from store.disk.files import uncollected, write_all
from store.errors import Busy, Damaged, NotSaved, StoreError
from store.history.follower import LONG, Follower
from store.history.head_start import snapshot
from store.history.journals import journal
from store.history.journals.format import FORMAT
from store.history.journals.lock import WAIT, exclusive
from store.history.journals.rotation import begin_next, meta_at
from store.history.journals.torn_tail import settle_tail
from store.history.past import NEVER_UNDONE, Past
from store.history.prepared import (
    PROVED,
    Prepared,
    Saved,
    about,
    check_not_imported,
    may_be_about_any,
    signed_in,
    why_of,
)
from store.history.replacing import pending

if TYPE_CHECKING:
    from core.actions.wish import Undo, Wish
    from store.disk.photos import Photos

SNAPSHOT_LOCK = "snapshot.lock"
TURNS = 4
SIGNING_TURNS = 50
"""How often a paper is written anew where others take its number meanwhile."""
ROTATE = 4 * 1024 * 1024
"""Bytes after which a new journal begins."""


class Repository(Follower):
    """An open store that is written to as well."""

    def __init__(self, path: Path, *, partial: bool = False, thrifty: bool = False) -> None:
        """Open the store in `path`. Raises `NoStore`, `Damaged`."""
        self._writer: tuple[int, int] | None = None
        self._refuses = False
        self._swept = False
        self._of_format = 0
        """The journal known to be of the present format."""
        super().__init__(path, partial=partial, thrifty=thrifty)

    def close(self) -> None:
        """Let go of every file."""
        self._let_go_of_writer()
        super().close()

    def _let_go_of_writer(self) -> None:
        if self._writer is not None:
            os.close(self._writer[1])
            self._writer = None

    def _reloaded(self) -> list[Changes]:
        self._let_go_of_writer()
        return super()._reloaded()

    def preview(
        self, wishes: Sequence[Wish], actor: Actor, now: datetime, *, op: str = "", source: str = ""
    ) -> Prepared:
        """What `commit` would do, decided without the lock. Raises `RuleError`."""
        self.refresh()
        changes = self._decided(wishes, actor, now, op, source)
        return Prepared(self.town.seq, self.reader.hash, changes, CountedFrom.of(self.town))

    def _still(self, prepared: Prepared, wishes: Sequence[Wish]) -> Changes | None:
        """A prepared decision as it holds now, or None where it must be made anew."""
        from core.actions.coming_in import TakeIn

        if (prepared.base, prepared.hash) == (self.town.seq, self.reader.hash):
            return prepared.changes
        if prepared.base >= self.town.seq:
            return None  # another store was put in place meanwhile
        if self.town.ruled > prepared.base or not all(isinstance(w.action, TakeIn) for w in wishes):
            return None
        self._settle()
        check_not_imported(wishes, self._unseen)
        return rebased(prepared.changes, prepared.ground, self.town)

    def _decided(
        self, wishes: Sequence[Wish], actor: Actor, now: datetime, op: str, source: str
    ) -> Changes:
        self._ensure(wishes)
        check_not_imported(wishes, self._unseen)
        from core.deciding import decide_all

        moment = Moment.of(now, self.town)
        try:
            return decide_all(self.town, wishes, actor, moment, op=op, source=source)
        except RuleError as error:
            raise self._blamed(error) from None

    def _blamed(self, error: RuleError) -> RuleError:
        """A clash with the name of whoever changed the field last, and when (UTC)."""
        no = error.refusal
        if no.code not in ("conflict", "built_on"):
            return error
        found = self.past.last_touch(
            no.fields["table"], no.fields["record"], no.fields["field"], no.fields["revision"]
        )
        if found is None:
            return error
        at = datetime.fromisoformat(found.t)
        who, when = self.town.person(found.who), self.town.settings.local(at)
        return RuleError.of(Refusal(no.code, {**no.fields, "who": who, "when": when}, no.kind))

    def commit(
        self,
        wishes: Sequence[Wish],
        actor: Actor,
        now: datetime,
        *,
        op: str = "",
        source: str = "",
        wait: float = WAIT,
        prepared: Prepared | None = None,
    ) -> Changes:
        """Decide on what is there now and save it, all or nothing.

        Raises `RuleError` (refused), `Busy`, `NotSaved`, `Damaged`, and `FileRefused` where a paper that
        is signed could not be written; nothing is changed then.
        """
        for _turn in range(SIGNING_TURNS):
            papers = self._proved(wishes, actor, now)
            with self.writing(wait, hurried=True), uncollected():
                changes = self._still(prepared, wishes) if prepared is not None else None
                if changes is None:
                    changes = self._decided(wishes, actor, now, op, source)
                if papers is None or papers == signed_in(changes):
                    return self._append(changes)
        raise Busy("busy", seconds=0)  # others sign all the time, and each took the number

    def _proved(
        self, wishes: Sequence[Wish], actor: Actor, now: datetime
    ) -> dict[int, Document] | None:
        """The papers these wishes would sign, each written once in memory; None where they sign none.

        It is done before the lock is taken, with the numbers that are free next. Raises `FileRefused`,
        `RuleError`.
        """
        from core.actions.papers import SignPaper

        if not any(isinstance(wish.action, SignPaper) for wish in wishes):
            return None
        from store.papers.issuing import prove

        papers = signed_in(self.preview(wishes, actor, now).changes)
        for document in papers.values():
            prove(document, self.town, self.photos)
        return papers

    def save(self, changes: Changes, wait: float = WAIT) -> Changes:
        """Save changes that were not decided by a rule, such as a note of a repair."""
        with self.writing(wait):
            return self._append(changes)

    @contextmanager
    def writing(self, wait: float = WAIT, *, hurried: bool = False) -> Iterator[None]:
        """Hold the lock over several commits, on what is there now. Raises as `commit` does.

        Where others have saved much, such as an import, it is read before the lock is held, so that
        reading it holds up nobody. Hurried, its items may still be put off (`catch_up`).
        """
        for turn in reversed(range(TURNS)):
            if self.damage is None and self.fresh():
                self.refresh(hurried=hurried)
            with self._lock.held(wait):
                try:
                    if turn and not self._lock.nested and self.reader.behind() > LONG:
                        continue
                    self._catch_up_to_write(hurried)
                except OSError as error:
                    raise NotSaved(
                        "cannot_write", path=str(self.path), why=why_of(error)
                    ) from error
                yield
                return

    def refresh(self, *, hurried: bool = False) -> None:
        """Read what others saved; `catch_up` and `missed` still tell of it."""
        self._unseen = self.catch_up(hurried=hurried)

    def _catch_up_to_write(self, hurried: bool) -> None:
        if self._refuses:
            raise NotSaved("disk_refuses", path=str(self.path))
        if pending(self.path):  # whoever put another store here was stopped: that goes first
            self._unseen = self._reloaded()
        self.refresh(hurried=hurried)
        if self.damage is not None:  # somebody may have mended it meanwhile
            self._unseen = self._reloaded()
            if self.damage is not None:
                raise self.damage
        if self._withdrawn():
            # What was read here was withdrawn after a failed sync, and another line took its place.
            self._unseen = self._reloaded()
        settle_tail(self.reader, self._lock)
        if not self._swept:
            self._swept = True
            self.photos.sweep()

    def _withdrawn(self) -> bool:
        """Whether the last line read here is not the one that was saved under its number."""
        safe, read = self._lock.safe(), self.reader.line_hash
        return bool(read) and safe is not None and safe[0] == self.reader.seq and safe[1] != read

    def _ensure(self, wishes: Sequence[Wish]) -> None:
        """Have in the town whatever the wishes may be about, put off or closed though it was."""
        named = (
            [about(w, self.town) for w in wishes] if self._put_off or not self.town.complete else []
        )
        if self._put_off and any(
            keys is None or not all(key in self.town.items for key in keys) for keys in named
        ):
            self._settle()
        if not self.town.complete and any(
            may_be_about_any(wish) or not all(self.town.held(key) for key in keys or ())
            for wish, keys in zip(wishes, named, strict=True)
        ):
            self.load_closed()

    def _append(self, changes: Changes) -> Changes:
        """Write one line, sync it, and only then take it in. The lock is held."""
        self._begin_format()
        changes = changes.numbered(self.reader.seq + 1)
        line, hash16 = journal.framed(self.reader.hash, changes)
        if len(line) > journal.LONGEST_LINE:
            raise NotSaved("too_large", size=len(line))
        payload = memoryview(line)[journal.BEFORE_JSON : -1]
        if len(line) < PROVED and not journal.reads_back(payload, changes):
            raise NotSaved("unfit")
        self.town.tables.have(
            change.table for change in changes
        )  # what cannot be read fails here, before the line is there
        descriptor = self._open_writer()
        begin = self.reader.offset
        try:
            write_all(descriptor, line)
            os.fdatasync(descriptor)
        except OSError as error:
            self._take_back(descriptor, begin)
            code = "no_space" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "cannot_write"
            raise NotSaved(code, path=str(self.path), why=why_of(error)) from error
        self.reader.advance(len(line), hash16, changes.seq)
        self.town.apply(changes)
        Saved.count += 1
        self._after_saving(changes, len(line), hash16)
        return changes

    def _begin_format(self) -> None:
        """Have a journal of the present format to write to. Raises `NotSaved`."""
        if self._of_format == self.reader.gen:
            return
        try:
            if self.reader.format < FORMAT:
                begin_next(self.reader)
        except OSError as error:
            raise NotSaved("cannot_write", path=str(self.path), why=why_of(error)) from error
        self._of_format = self.reader.gen

    def _open_writer(self) -> int:
        if self._writer is not None:
            if self._writer[0] == self.reader.gen:
                return self._writer[1]
            os.close(self._writer[1])
            self._writer = None
        try:
            descriptor = open_kept(self.reader.path, os.O_WRONLY | os.O_APPEND)
        except OSError as error:
            raise NotSaved("cannot_write", path=str(self.path), why=why_of(error)) from error
        self._writer = (self.reader.gen, descriptor)
        return descriptor

    def _take_back(self, descriptor: int, begin: int) -> None:
        """Withdraw a line that may be half there."""
        try:
            os.ftruncate(descriptor, begin)
            os.fdatasync(descriptor)
        except OSError:
            self._refuses = True

    def _after_saving(self, changes: Changes, size: int, hash16: str) -> None:
        """Housekeeping behind the point of success: whatever fails here is left for next time."""
        try:
            self._lock.mark(self.reader.seq, hash16)
            made = journal.made_by(changes) if size > LONG else None
            if made is not None or self.reader.offset > ROTATE:
                begin_next(self.reader, made)
        except (OSError, StoreError):
            self.warnings.append("housekeeping")

    def snapshot_due(self) -> bool:
        """Whether reading from the last snapshot on has become long, or it lacks its index."""
        if self._unshelved:
            return True
        if self._snapshot is None:
            return self.reader.gen > 1 or self.reader.offset > ROTATE // 8
        return self.reader.gen > self._snapshot.meta.gen

    def write_snapshot(self) -> bool:
        """Write the head start anew; holds nobody up.

        False where another process is at it, or where it failed: nothing depends on it.
        """
        self._unshelved = False  # tried once
        try:
            return self._write_snapshot()
        except (OSError, StoreError):
            self.warnings.append("housekeeping")
            return False

    def _write_snapshot(self) -> bool:
        from store.history.head_start.writing import write_snapshot

        with exclusive(self.path / SNAPSHOT_LOCK) as mine:
            if not mine:
                return False
            self.refresh()
            self.load_closed()
            meta = meta_at(self.reader)
            try:
                events = self.past.events_since_snapshot()
                write_snapshot(self.path, self.town, meta, self._snapshot, events)
            except Damaged:  # the history in the head start; the journals have it too
                events = Past(self.path, None, self.reader).events_since_snapshot()
                write_snapshot(self.path, self.town, meta, None, events)
            if self._snapshot is not None:
                self._snapshot.close()
            self._snapshot = snapshot.Snapshot(self.path / snapshot.NAME)
        return True

    def transactions(self) -> list[Changes]:
        """Every transaction there are journals of, without its records; oldest first."""
        return [journal.changes_of(head) for head, _payload in self.past.backwards()][::-1]

    def undoable(self, login: str) -> Changes | None:
        """The last transaction of `login` that is neither taken back nor itself a taking back."""
        return self.past.undoable(login)

    @property
    def photos(self) -> Photos:
        """The photos beside the store."""
        from store.disk.photos import Photos

        return Photos(self.path)

    def as_of(self, revisions: Mapping[int, int]) -> dict[int, Item]:
        """Items by id as they were at a revision of each, where the journals still say so."""
        items = {key: self.town.items[key] for key in revisions if key in self.town.items}
        return self.past.as_of(items, revisions) if items else {}

    def undoing(self, seq: int) -> Undo:
        """The wish that takes transaction `seq` back. Raises `RuleError` where there is none."""
        from core.actions.wish import Undo

        line = self.past.line(seq)
        if line is None or line.op in NEVER_UNDONE:
            raise NotFound("no_transaction", value=str(seq))
        self.load_closed()
        return Undo(earlier=self._decoded(line, events=True, current=True))
