"""The repository: opens a store, commits wishes under the lock, follows what others save.

One thread at a time may use it. Typed records are the only copy in memory. What decides is loaded
with the first wish, so that a board is there before it.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from core.changes import Change, Changes
from core.errors import RuleError
from core.model import TABLES, Event, Item, Record
from core.roles import Actor
from core.town import Moment, Town
from store import journal, snapshot
from store.errors import Damaged, NoStore, NotSaved
from store.files import (
    check_directory,
    open_file,
    sync_directory,
    write_all,
)
from store.journal import Header, Line, Reader
from store.lock import WAIT, Lock, exclusive
from store.migrations import FORMAT
from store.past import Past
from store.recovery import settle_tail

if TYPE_CHECKING:
    from core.actions import Undo, Wish

LOCK, SNAPSHOT_LOCK = "lock", "snapshot.lock"
ROTATE = 4 * 1024 * 1024
"""Bytes after which a new journal begins."""
RELOADED = "reloaded"
"""`op` of the empty changes that say: everything was read anew."""


class Prepared(Struct, frozen=True):
    """A decision made outside the lock, good as long as nothing was saved since."""

    base: int
    changes: Changes


def stamp(now: datetime) -> str:
    """An instant as journals have it: UTC, ISO 8601 with Z."""
    return now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _why(error: OSError) -> str:
    return os.strerror(error.errno or 0)


class Repository:
    """An open store."""

    def __init__(self, path: Path) -> None:
        """Open the store in `path`. Raises `NoStore`, `Damaged`."""
        self.path = path
        self.warnings: list[str] = []
        """Codes of what is wrong and does not matter, such as a snapshot left aside."""
        check_directory(path)
        generations = journal.generations(path)
        if not generations:
            remains = (path / snapshot.NAME).exists() or (path / LOCK).exists()
            raise NoStore("remains" if remains else "no_store", path=str(path))
        self._lock = Lock(path / LOCK, create=not (path / LOCK).exists())
        self._writer: tuple[int, int] | None = None
        self._refuses = False
        self._trusted = True
        self._unseen: list[Changes] = []
        self._snapshot: snapshot.Snapshot | None = None
        self._load(generations)

    def _load(self, generations: list[int]) -> None:
        """Read the head start and what came after it."""
        if not generations:
            raise Damaged("journal_missing", path=str(journal.path_of(self.path, 1)))
        self.town = Town()
        self._snapshot = self._usable_snapshot(generations)
        if self._snapshot is not None:
            try:
                self._start_from(self._snapshot)
            except Damaged:
                self._distrust_snapshot()
        if self._snapshot is None:
            self.town = Town()
            if generations[0] != 1:
                raise Damaged(
                    "journal_missing", path=str(journal.path_of(self.path, generations[0] - 1))
                )
            self._reader = Reader(self.path, 1)
        for line, _ in self._reader.lines():
            self._replay(line)
        self._check_not_older()

    def _usable_snapshot(self, generations: list[int]) -> snapshot.Snapshot | None:
        if not self._trusted:
            return None
        try:
            found = snapshot.Snapshot(self.path / snapshot.NAME)
        except FileNotFoundError:
            return None
        except Damaged as error:
            if error.code == "newer_format":
                raise
            self.warnings.append("snapshot_damaged")
            return None
        meta = found.meta
        if meta.gen in generations:
            file = journal.path_of(self.path, meta.gen)
            with file.open("rb") as opened:
                first = opened.readline()
            header = journal.decode_header(first[journal.HASH_LENGTH + 1 :], file)
            if header.store == meta.store and file.stat().st_size >= meta.offset:
                return found
        found.close()
        self.warnings.append("snapshot_foreign")
        return None

    def _start_from(self, found: snapshot.Snapshot) -> None:
        meta = found.meta
        town = self.town
        for table in TABLES:
            if table == "items":
                town.load(table, found.records(table, snapshot.OPEN))
            elif table != "events":
                town.load(table, found.records(table, snapshot.ALL))
        town.next_ids.update(meta.next)
        town.seq = meta.seq
        town.complete = not any(p.length for p in found.parts("items") if p.part == snapshot.CLOSED)
        self._reader = Reader(
            self.path,
            meta.gen,
            before=meta.hash,
            seq=meta.seq,
            offset=meta.offset,
            store=meta.store,
        )

    def _distrust_snapshot(self) -> None:
        self.warnings.append("snapshot_damaged")
        if self._snapshot is not None:
            self._snapshot.close()
        self._snapshot = None
        self._trusted = False

    def load_closed(self) -> None:
        """Read the closed items too, where that has not been done."""
        if self.town.complete or self._snapshot is None:
            return
        try:
            closed = self._snapshot.records("items", snapshot.CLOSED)
        except Damaged:
            self._distrust_snapshot()
            self._reader.close()
            self._load(journal.generations(self.path))
            return
        self.town.complete = True
        self.town.load("items", closed)

    def _check_not_older(self) -> None:
        safe = self._lock.safe()
        if safe is not None and safe[0] > self._reader.seq:
            raise Damaged("older_copy", path=str(self.path), seq=self._reader.seq, safe=safe[0])

    def _replay(self, line: Line) -> Changes:
        """Take one line into the town."""
        changes = self._decoded(line, events=False)
        for delta in line.d:
            if delta.t == "events":
                self.town.next_ids["events"] = max(self.town.next_ids["events"], int(delta.id) + 1)
        self.town.apply(changes)
        return changes

    def _decoded(self, line: Line, *, events: bool, current: bool = False) -> Changes:
        """A line as changes. With `current`, old and new differ from what is there now only in
        the fields the line touched: what undo needs."""
        found: list[Change] = []
        for delta in line.d:
            if delta.t == "events" and not events:
                continue
            if delta.t not in TABLES:
                raise Damaged("unknown_table", path=str(self._reader.path), table=delta.t)
            created = delta.was == journal.NULL
            old: Record | None = None
            if not created:
                old = self._existing(delta.t, int(delta.id))
            try:
                new = journal.decode_delta(delta, old, line.s)
                if current and old is not None:
                    old = journal.decode_delta(
                        journal.Delta(delta.t, delta.id, delta.was, delta.put), new, old.revision
                    )
            except (msgspec.MsgspecError, KeyError) as error:
                raise Damaged("bad_line", path=str(self._reader.path), seq=line.s) from error
            found.append(Change(delta.t, old, new))
        return Changes(
            changes=tuple(found),
            seq=line.s,
            at=line.t,
            who=line.who,
            via=line.via,
            op=line.op,
            why=line.why,
            source=line.src,
            undoes=line.undoes,
        )

    def _existing(self, table: str, key: int) -> Record:
        found = self.town.tables[table].get(key)
        if found is None and table == "items":
            self.load_closed()
            found = self.town.tables[table].get(key)
        if found is None:
            raise Damaged("no_record", path=str(self.path), table=table, id=key)
        return found

    def fresh(self) -> bool:
        """Whether others saved something not read yet; costs a few system calls."""
        return bool(self._unseen) or self._reader.fresh() or self._reader.replaced

    def catch_up(self) -> list[Changes]:
        """What others saved since the last call, in order."""
        found, self._unseen = self._unseen, []
        if self._reader.replaced:
            return self._reloaded()
        if self._reader.fresh():
            try:
                found.extend(self._replay(line) for line, _ in self._reader.lines())
            except Damaged:
                return self._reloaded()
        return found

    def _reloaded(self) -> list[Changes]:
        """Read everything anew. Raises `Damaged` where that does not help."""
        self._reader.close()
        self._load(journal.generations(self.path))
        return [Changes(op=RELOADED, seq=self.town.seq)]

    def missed(self) -> list[Changes]:
        """What others had saved before the last commit and nobody was told of yet."""
        found, self._unseen = self._unseen, []
        return found

    def preview(
        self, wishes: Sequence[Wish], actor: Actor, now: datetime, *, op: str = "", source: str = ""
    ) -> Prepared:
        """What `commit` would do, decided without the lock. Raises `RuleError`."""
        self._unseen = self.catch_up()
        self._ensure(wishes)
        self._check_not_imported(wishes)
        from core.deciding import decide_all

        return Prepared(
            self.town.seq,
            decide_all(
                self.town, wishes, actor, Moment.of(now, self.town.settings), op=op, source=source
            ),
        )

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

        Raises `RuleError` (refused), `Busy`, `NotSaved`, `Damaged`; nothing is changed then.
        """
        with self._lock.held(wait):
            self._catch_up_to_write()
            if prepared is not None and prepared.base == self.town.seq:
                changes = prepared.changes
            else:
                self._ensure(wishes)
                self._check_not_imported(wishes)
                from core.deciding import decide_all

                changes = decide_all(
                    self.town,
                    wishes,
                    actor,
                    Moment.of(now, self.town.settings),
                    op=op,
                    source=source,
                )
            return self._append(changes)

    def save(self, changes: Changes, wait: float = WAIT) -> Changes:
        """Save changes that were not decided by a rule: a new store's first records."""
        with self._lock.held(wait):
            self._catch_up_to_write()
            return self._append(changes)

    def _catch_up_to_write(self) -> None:
        if self._refuses:
            raise NotSaved("disk_refuses", path=str(self.path))
        self._unseen = self.catch_up()
        safe = self._lock.safe()
        if safe is not None and safe[0] == self._reader.seq and safe[1] != self._reader.hash:
            # What was read here was withdrawn after a failed sync, and another line took its place.
            self._unseen = self._reloaded()
        settle_tail(self._reader, self._lock, self.path)

    def _ensure(self, wishes: Sequence[Wish]) -> None:
        """Load the closed items where a wish may be about one."""
        from core.actions import MoveIn, TakeIn, Undo

        if self.town.complete:
            return
        for wish in wishes:
            key = getattr(wish.action, "item", None)
            if isinstance(wish.action, Undo | TakeIn | MoveIn) or (
                isinstance(key, int) and key not in self.town.items
            ):
                self.load_closed()
                return

    def _check_not_imported(self, wishes: Sequence[Wish]) -> None:
        """Refuse a ledger that somebody else brought in since it was compared with the town."""
        from core.actions import TakeIn

        meanwhile = {
            change.new.origin
            for changes in self._unseen
            for change in changes.of("items")
            if change.old is None and isinstance(change.new, Item) and change.new.origin
        }
        if meanwhile and any(
            isinstance(w.action, TakeIn) and w.action.report.origin in meanwhile for w in wishes
        ):
            raise RuleError("imported_meanwhile")

    def _append(self, changes: Changes) -> Changes:
        """Write one line, sync it, and only then take it in. The lock is held."""
        changes = changes.numbered(self._reader.seq + 1)
        payload = journal.encode(changes)
        if len(payload) > journal.LONGEST_LINE:
            raise NotSaved("too_large", size=len(payload))
        line, hash16 = journal.frame(self._reader.hash, payload)
        descriptor = self._open_writer()
        begin = self._reader.offset
        try:
            write_all(descriptor, line)
            os.fdatasync(descriptor)
        except OSError as error:
            self._take_back(descriptor, begin)
            code = "no_space" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "cannot_write"
            raise NotSaved(code, path=str(self.path), why=_why(error)) from error
        self._reader.hash, self._reader.seq = hash16, changes.seq
        self._reader.offset = begin + len(line)
        self.town.apply(changes)
        self._after_saving(hash16)
        return changes

    def _open_writer(self) -> int:
        if self._writer is not None:
            if self._writer[0] == self._reader.gen:
                return self._writer[1]
            os.close(self._writer[1])
            self._writer = None
        try:
            descriptor = open_file(self._reader.path, os.O_WRONLY | os.O_APPEND)
        except OSError as error:
            raise NotSaved("cannot_write", path=str(self.path), why=_why(error)) from error
        self._writer = (self._reader.gen, descriptor)
        return descriptor

    def _take_back(self, descriptor: int, begin: int) -> None:
        """Withdraw a line that may be half there."""
        try:
            os.ftruncate(descriptor, begin)
            os.fdatasync(descriptor)
        except OSError:
            self._refuses = True

    def _after_saving(self, hash16: str) -> None:
        """Housekeeping behind the point of success: whatever fails here is left for next time."""
        try:
            self._lock.mark(self._reader.seq, hash16)
            if self._reader.offset > ROTATE:
                self._rotate()
        except OSError:
            self.warnings.append("housekeeping")

    def _rotate(self) -> None:
        """Begin a new journal; the lock is held, readers are not held up."""
        path = journal.path_of(self.path, self._reader.gen + 1)
        header = Header(
            format=FORMAT,
            store=self._reader.store,
            gen=self._reader.gen + 1,
            seq=self._reader.seq,
            t=stamp(datetime.now(UTC)),
        )
        line, _ = journal.frame(self._reader.hash, journal.encode_header(header))
        temporary = path.with_suffix(".tmp")
        temporary.unlink(missing_ok=True)
        descriptor = open_file(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        try:
            write_all(descriptor, line)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        temporary.replace(path)
        try:
            sync_directory(self.path)
        except OSError:
            path.unlink()
            raise
        self._reader.path.chmod(0o440)
        for _ in self._reader.lines():
            raise Damaged("bad_line", path=str(path))

    def snapshot_due(self) -> bool:
        """Whether reading from the last snapshot on has become long."""
        if self._snapshot is None:
            return self._reader.gen > 1 or self._reader.offset > ROTATE // 8
        return self._reader.gen > self._snapshot.meta.gen

    def write_snapshot(self) -> bool:
        """Write the head start anew; holds nobody up.

        False where another process is at it, or where it failed: nothing depends on it.
        """
        try:
            return self._write_snapshot()
        except (OSError, Damaged):
            self.warnings.append("housekeeping")
            return False

    def _write_snapshot(self) -> bool:
        with exclusive(self.path / SNAPSHOT_LOCK) as mine:
            if not mine:
                return False
            self._unseen = self.catch_up()
            self.load_closed()
            reader = self._reader
            meta = snapshot.Meta(
                format=FORMAT,
                store=reader.store,
                gen=reader.gen,
                offset=reader.offset,
                seq=reader.seq,
                hash=reader.hash,
                next={},
            )
            events = self.past.events_since_snapshot()
            snapshot.write(self.path, self.town, meta, self._snapshot, events)
            if self._snapshot is not None:
                self._snapshot.close()
            self._snapshot = snapshot.Snapshot(self.path / snapshot.NAME)
        return True

    @property
    def past(self) -> Past:
        """What was saved up to here."""
        return Past(self.path, self._snapshot, self._reader)

    def history(self, record: int | None = None, table: str = "items") -> list[Event]:
        """Lines of history, oldest first: of one record, or of everything."""
        return self.past.history(record, table)

    def transactions(self) -> list[Changes]:
        """Every transaction there are journals of, without its records; oldest first."""
        return [head.changes for head, _payload in self.past.backwards()][::-1]

    def undoable(self, login: str) -> Changes | None:
        """The last transaction of `login` that is neither taken back nor itself a taking back."""
        return self.past.undoable(login)

    def undoing(self, seq: int) -> Undo:
        """The wish that takes transaction `seq` back. Raises `RuleError` where there is none."""
        from core.actions import Undo

        line = self.past.line(seq)
        if line is None:
            raise RuleError("no_transaction", value=str(seq))
        self.load_closed()
        return Undo(earlier=self._decoded(line, events=True, current=True))

    def close(self) -> None:
        """Let go of every file."""
        self._reader.close()
        if self._writer is not None:
            os.close(self._writer[1])
            self._writer = None
        if self._snapshot is not None:
            self._snapshot.close()
        self._lock.close()
