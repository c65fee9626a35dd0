"""Following a store: from its head start through the journals, and on as others write.

Typed records are the only copy in memory. Whoever follows may read; `store.history.repository` writes.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

import msgspec

from core.changes import Change, Changes
from core.model import Event, Record
from core.registers import TABLES
from core.town.sharing import Shared
from core.town.town import Town
from core.town.trail import take_from_history
from store.disk.custody import cautions, check_directory, first_line
from store.disk.files import readable, uncollected
from store.errors import Damaged, NoStore
from store.history.head_start import snapshot
from store.history.head_start.bridge import is_bridge
from store.history.head_start.shelf import shelf_of
from store.history.journals import journal
from store.history.journals.format import FOLLOWED
from store.history.journals.journal import Line
from store.history.journals.lock import LOCK, Lock, has_remains
from store.history.journals.reader import Passed, Reader
from store.history.past import Past
from store.history.replacing import finish, pending

LONG = 256 * 1024
"""Bytes of a line that is worth going past, such as an import."""
MUCH = 8 * 1024 * 1024
"""Bytes of open items from which their texts are held once."""
PATIENCE = 0.8
"""Seconds for which a long line that is being written is not read."""
SPREAD = 4.0
"""Seconds over which twenty boards take in the items of one import."""
RELOADED = "reloaded"
"""`op` of the empty changes that say: everything was read anew."""


class _SnapshotUnfit(Exception):  # never leaves this module
    """A part of the snapshot that was put off reading is damaged."""


class Follower:
    """An open store that is read, and read on."""

    def __init__(self, path: Path, *, partial: bool = False, thrifty: bool = False) -> None:
        """Open the store in `path`. Raises `NoStore`, `Damaged`.

        Whoever stays open for long is `thrifty`: equal texts of very many items are held once.

        With `partial`, a damaged store is opened as far as it can be read; `damage` then says
        what is wrong, and nothing is written to it.
        """
        self.path = path
        self.partial = partial
        self._shared = Shared() if thrifty else None
        self.damage: Damaged | None = None
        self.warnings: list[str] = []
        """Codes of what is wrong and does not matter, such as a snapshot left aside."""
        check_directory(path)
        with readable(path):
            self._open(path)

    def _open(self, path: Path) -> None:
        if not (path / LOCK).exists() and not journal.generations(path):
            raise NoStore("remains" if has_remains(path) else "no_store", path=str(path))
        self._lock = Lock(path / LOCK)
        self._unseen: list[Changes] = []
        self._put_off: list[Passed] = []
        """Lines gone past whose items are not in the town yet; nothing else is missing from it."""
        self._settle_at = 0.0
        self._left_until: float | None = None
        self._snapshot: snapshot.Snapshot | None = None
        self._reader: Reader | None = None
        self._trusted = True
        self._unshelved = False
        """Whether the snapshot has closed items and no index leads to them."""
        self._unopened: Damaged | None = None
        try:
            self._settle_replacement()
            if not journal.generations(path):
                raise NoStore("remains" if has_remains(path) else "no_store", path=str(path))
            self._load()
        except BaseException:
            self.close()
            raise
        self.warnings += cautions(path)
        if not self._lock.writable:
            self.warnings.append("can_only_read")
        if self.town.settings.demo:
            self.warnings = [code for code in self.warnings if code != "in_memory"]

    def close(self) -> None:
        """Let go of every file."""
        if self._reader is not None:
            self._reader.close()
        if self._snapshot is not None:
            self._snapshot.close()
        self._lock.close()

    @property
    def reader(self) -> Reader:
        """Where reading has come to."""
        if self._unopened is not None:
            raise self._unopened
        if self._reader is None:
            raise Damaged("journal_missing", path=str(journal.path_of(self.path, 1)))
        return self._reader

    @property
    def _must_load(self) -> bool:
        """Whether the system refused while everything was being read anew."""
        return self._reader is None and self._unopened is None

    @property
    def head_start(self) -> snapshot.Snapshot | None:
        """The snapshot that reading began with, where one was fit."""
        return self._snapshot

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

    def _settle_replacement(self) -> None:
        """Finish what a restore or a repair began, or wait for whoever is at it."""
        if pending(self.path):
            with self._lock.held():
                finish(self.path, self._lock)

    def _load(self) -> None:
        """Read the head start and what came after it."""
        self.town = Town()
        self._put_off = []
        self.damage = self._unopened = None
        self._reader = None
        try:
            self._read_all()
            self._check_not_older()
        except Damaged as error:
            if not self.partial or error.code == "newer_format" or self._reader is None:
                self._unopened = error
                raise
            self.damage = error

    def _read_all(self) -> None:
        """From the head start, or where that does not fit, from the first journal."""
        self._snapshot = self._usable_snapshot()
        generations = journal.generations(self.path)
        if not generations:
            raise Damaged("journal_missing", path=str(journal.path_of(self.path, 1)))
        if self._snapshot is not None:
            try:
                self._start_from(self._snapshot)
                self._read_on(generations)
                return
            except _SnapshotUnfit:
                pass
            except Damaged as error:
                if error.code == "bad_snapshot":
                    self._refuse_bridge()
                began = self._reader is not None and self._reader.seq > self._snapshot.meta.seq
                if began or generations[0] != 1 or error.code == "newer_format":
                    raise
            self._distrust_snapshot()
            if self._reader is not None:
                self._reader.close()
        self.town = Town()
        if generations[0] != 1:
            self._refuse_bridge()
            raise Damaged(
                "journal_missing", path=str(journal.path_of(self.path, generations[0] - 1))
            )
        self._reader = Reader(self.path, 1)
        self._read_on(generations)

    def _read_on(self, generations: list[int]) -> None:
        for gen in range(self.reader.gen, generations[-1]):
            if gen not in generations:
                raise Damaged("journal_missing", path=str(journal.path_of(self.path, gen)))
        for line, _ in self.reader.lines():
            self._replay(line)

    def _usable_snapshot(self) -> snapshot.Snapshot | None:
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
        if meta.format < FOLLOWED and not is_bridge(self.path):
            found.close()  # the journals tell more
            return None
        file = journal.path_of(self.path, meta.gen)
        if file.exists():
            header = journal.decode_header(first_line(file)[journal.HASH_LENGTH + 1 :], file)
            if header.store == meta.store and file.stat().st_size >= meta.offset:
                return found
        found.close()
        self.warnings.append("snapshot_foreign")
        return None

    def _start_from(self, found: snapshot.Snapshot) -> None:
        meta, town = found.meta, self.town
        for table in TABLES:
            if table == "items":
                self._load_open(found)
            elif table != "events":
                town.put_off(table, found.later(table))
        town.next_ids.update(meta.next)
        town.seq = town.ruled = meta.seq
        check = found.meta.check
        town.shelf = shelf_of(self.path, found.file, check)
        town.complete = not any(p.length for p in found.parts("items") if p.part == snapshot.CLOSED)
        self._unshelved = town.shelf is None and not town.complete
        self._reader = found.reader(self.path)
        if meta.format < FOLLOWED:
            self._load_closed()
            take_from_history(town, found.events())

    def _refuse_bridge(self) -> None:
        """Refuse a damaged snapshot that stands for archived journals: it is data then."""
        if is_bridge(self.path):
            self.warnings = [c for c in self.warnings if not c.startswith("snapshot_")]
            raise Damaged("bridge_damaged", path=str(self.path / snapshot.NAME))

    def _load_open(self, found: snapshot.Snapshot) -> None:
        """Take the open items in; very many of them a few at a time, where memory is dear."""
        shared = self._shared
        if shared is None or found.length("items", snapshot.OPEN) < MUCH:
            self.town.load("items", found.records("items", snapshot.OPEN))
            return
        for items in found.batches("items", snapshot.OPEN):
            shared.share(items)
            self.town.load("items", items)

    def _distrust_snapshot(self) -> None:
        self.warnings.append("snapshot_damaged")
        if self._snapshot is not None:
            self._snapshot.close()
        self._snapshot = None
        self._trusted = False

    def load_unshelved(self) -> None:
        """Read the closed items where no index leads to them: one from before it, or damaged."""
        if self.town.shelf is None:
            self.load_closed()

    def load_closed(self) -> None:
        """Read the closed items too, where that has not been done."""
        try:
            self._load_closed()
        except _SnapshotUnfit:
            self._read_without_snapshot()

    def _load_closed(self) -> None:
        if self.town.complete or self._snapshot is None:
            return
        try:
            closed = self._snapshot.records("items", snapshot.CLOSED)
        except Damaged as error:
            raise _SnapshotUnfit from error
        self.town.complete = True
        self.town.shelf = None
        self.town.load("items", closed)

    def _read_without_snapshot(self) -> None:
        self._distrust_snapshot()
        self.reader.close()
        self._load()

    def _check_not_older(self) -> None:
        """Refuse journals that end before what is known to be safe.

        Others may have saved since we read: then there is more to read.
        """
        while (safe := self._lock.safe()) is not None and safe[0] > self.reader.seq:
            before = self.reader.seq
            for line, _ in self.reader.lines():
                self._replay(line)
            if self.reader.seq == before:
                raise Damaged("older_copy", path=str(self.path), seq=before, safe=safe[0])

    def _replay(self, line: Line) -> Changes:
        """Take one line into the town."""
        changes = self._decoded(line, events=False)
        self.town.apply(changes)
        self._pass_by("events", line)
        return changes

    def _pass_by(self, table: str, line: Line) -> None:
        """Give out no number of its records again."""
        self.town.next_ids[table] = max(self.town.next_ids[table], journal.following(table, line))

    def _skip(self, passed: Passed) -> None:
        """Take of a long line that makes items, such as an import, the numbers only.

        Twenty writers that wait for one import need not read it before their next line.
        """
        counters = tuple(
            Change("counters", self.town.tables["counters"].get(new.id), new)
            for new in passed.made.counters
        )
        self.town.apply(Changes(changes=counters, seq=passed.seq))
        for table, following in passed.made.ids.items():
            self.town.next_ids[table] = max(self.town.next_ids[table], following)
        if not self._put_off:
            from random import uniform

            self._settle_at = time.monotonic() + uniform(0, SPREAD)
        self._put_off.append(passed)
        self._unseen.append(Changes(seq=passed.seq))

    def _settle(self) -> None:
        """Take in what was put off. Raises `Damaged` where it is not what was said of it."""
        while self._put_off:
            at = self._put_off[0]
            reader = Reader(
                self.path,
                at.gen,
                before=at.before,
                seq=at.seq - 1,
                offset=at.offset,
                store=self.reader.store,
            )
            try:
                line, _payload = next(reader.lines(), (None, None))
            finally:
                reader.close()
            if line is None:
                raise Damaged("bad_line", path=str(reader.path), offset=at.offset)
            changes = self._decoded(line, events=False)
            made = journal.made_by(changes)
            ids = {t: journal.following(t, line) for t in {d.t for d in line.d} & journal.NUMBERED}
            if made is None or (made.counters, ids) != (at.made.counters, at.made.ids):
                raise Damaged("bad_header", path=str(journal.path_of(self.path, at.gen + 1)))
            self.town.load("items", (c.new for c in changes.of("items")))
            self._unseen = [changes if c.seq == line.s else c for c in self._unseen]
            del self._put_off[0]

    def _decoded(self, line: Line, *, events: bool, current: bool = False) -> Changes:
        """A line as changes. With `current`, old and new differ from what is there now only in
        the fields the line touched: what undo needs."""
        found: list[Change] = []
        trail = journal.Trail(line, self.town.settings.zone)
        for delta in line.d:
            if delta.t == "events" and not events:
                continue
            if delta.t not in TABLES:
                raise Damaged("newer_format", path=str(self.reader.path), table=delta.t)
            created = delta.was == journal.NULL
            old = None if created else self._existing(delta.t, int(delta.id))
            try:
                new = journal.decode_delta(delta, old, line.s)
                if not current:
                    new = trail.behind(old, new)
                if current and old is not None:
                    old = journal.decode_delta(
                        journal.Delta(delta.t, delta.id, delta.was, delta.put), new, old.revision
                    )
            except (msgspec.MsgspecError, KeyError) as error:
                from store.history.newer import unknown_in  # only where something is wrong

                code = "newer_format" if unknown_in(line) else "bad_line"
                raise Damaged(code, path=str(self.reader.path), seq=line.s) from error
            found.append(Change(delta.t, old, new))
        return journal.changes_of(line, tuple(found))

    def _existing(self, table: str, key: int) -> Record:
        found = self.town.tables[table].get(key)
        if found is None and table == "items":
            self._settle()
            found = self.town.held(key)
            if found is None:
                self._load_closed()
                found = self.town.tables[table].get(key)
        if found is None:
            raise Damaged("no_record", path=str(self.path), table=table, id=key)
        return found

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
        except _SnapshotUnfit:
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
        if self._reader is not None:
            self._reader.close()
        if self._snapshot is not None:
            self._snapshot.close()
        self._trusted = True
        self._settle_replacement()
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
