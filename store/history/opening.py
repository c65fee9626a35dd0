"""Opening a store: from its head start through the journals."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from pathlib import Path

from core.model import Record
from core.registers import TABLES
from core.town.sharing import Shared
from core.town.town import Town
from core.town.trail import take_from_history
from store.disk.custody import cautions, check_directory, first_line
from store.disk.files import readable
from store.errors import Damaged, NoStore
from store.history.head_start import snapshot
from store.history.head_start.bridge import is_bridge
from store.history.head_start.shelf import shelf_of
from store.history.journal_lines import Lines
from store.history.journals import journal
from store.history.journals.format import FOLLOWED
from store.history.journals.lock import LOCK, Lock, has_remains
from store.history.journals.reader import JournalReader
from store.history.replacing import finish, pending
from store.history.unread import OrJournals

MUCH = 8 * 1024 * 1024
"""Bytes of open items from which their texts are held once."""
LONG_TABLE = 1024 * 1024
"""Bytes of a table from which it is proved when it is read: years of circulars would hold up every opening."""


class SnapshotUnfit(Exception):
    """A part of the snapshot that was put off reading is damaged; never leaves this room."""


class Opened(Lines):
    """An open store that is read."""

    def __init__(
        self,
        path: Path,
        *,
        partial: bool = False,
        thrifty: bool = False,
        until: int | None = None,
    ) -> None:
        """Open the store in `path`. Raises `NoStore`, `Damaged`.

        Whoever stays open for long is `thrifty`: equal texts of very many items are held once.

        With `partial`, a damaged store is opened as far as it can be read; `damage` then says
        what is wrong, and nothing is written to it. With `until`, what its journals alone tell up to a
        transaction.
        """
        super().__init__()
        self.path = path
        self._until = until
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
        self._snapshot: snapshot.Snapshot | None = None
        self._reader: JournalReader | None = None
        self._trusted = self._until is None
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
    def reader(self) -> JournalReader:
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
            except SnapshotUnfit:
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
        self._reader = JournalReader(self.path, 1)
        self._read_on(generations)

    def _read_on(self, generations: list[int]) -> None:
        for gen in range(self.reader.gen, generations[-1]):
            if gen not in generations:
                raise Damaged("journal_missing", path=str(journal.path_of(self.path, gen)))
        for line, _ in self.reader.lines(self._until):
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
        bridge = is_bridge(self.path)
        for table in TABLES:
            if table == "items":
                self._load_open(found)
            elif bridge and table != "events":  # archived journals: nothing else has it
                town.load(table, found.records(table, snapshot.ALL))
            elif table != "events":
                self._put_off_table(found, table, meta.seq)
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

    def _put_off_table(self, found: snapshot.Snapshot, table: str, seq: int) -> None:
        """Have a table read when it is asked for."""
        long = found.length(table, snapshot.ALL) > LONG_TABLE
        later = found.later(table, proved=not long)
        self.town.put_off(table, OrJournals(later, partial(self._table_anew, table, seq)))

    def _table_anew(self, table: str, seq: int) -> list[Record]:
        """A table as of a transaction, damaged in the snapshot by the time it was read. Raises `Damaged`."""
        self.warnings.append("snapshot_damaged")
        with closing(Opened(self.path, until=seq)) as store:
            return list(store.town.tables[table].values())

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
        except SnapshotUnfit:
            self._read_without_snapshot()

    def _load_closed(self) -> None:
        if self.town.complete or self._snapshot is None:
            return
        try:
            closed = self._snapshot.records("items", snapshot.CLOSED)
        except Damaged as error:
            raise SnapshotUnfit from error
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
        if self._until is not None:
            return
        while (safe := self._lock.safe()) is not None and safe[0] > self.reader.seq:
            before = self.reader.seq
            for line, _ in self.reader.lines():
                self._replay(line)
            if self.reader.seq == before:
                raise Damaged("older_copy", path=str(self.path), seq=before, safe=safe[0])
