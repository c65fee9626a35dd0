"""`zg check`: everything that can be wrong with a store, read without touching it."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from core.changes import Changes
from core.model import Settings
from core.registers import unsound_tables
from core.soundness import StepsFollowed, record_faults
from store.care.survey import Found, Replay, Worth, survey
from store.care.told import LOST, CheckReport, Finding, doubts_in, name_of_fault, names_in
from store.disk.custody import LITTLE_SPACE, OpenFile, file_system, free_space
from store.disk.files import is_there, readable
from store.disk.photos import Photos, kept_files
from store.errors import Damaged, FileRefused, NoStore
from store.history.head_start import shelf, snapshot
from store.history.head_start.bridge import Bridge, is_bridge
from store.history.head_start.snapshot import Snapshot
from store.history.journals import journal
from store.history.journals.format import known_then
from store.history.journals.lock import LOCK, Lock
from store.history.journals.torn_tail import TORN
from store.history.newer import refuse_newer, unknown_in
from store.history.replacing import KEPT, pending

TOLERANCE = 60
"""Seconds a transaction may bear an earlier time than the one before: a long import was begun so."""

Advance = Callable[[int, int], None]


class Check:
    """One reading of a whole store."""

    def __init__(
        self, path: Path, advance: Advance = lambda done, total: None, *, around: bool = True
    ) -> None:
        """Without `around`, the journals only, and not what lies beside them."""
        self._path = path
        self._around = around
        self._named: frozenset[str] = frozenset()
        """Faults that the last repair named: it could not mend them."""
        self._doubted: tuple[int, tuple[str, ...]] = (0, ())
        """The last repair, and the tables of which it could not prove what it took."""
        self._advance = advance
        self._found: list[Finding] = []
        self._replay = Replay()
        self._steps = StepsFollowed()
        self._seq, self._hash, self._count = 0, "", 0
        self._latest = ""
        self._safe = 0
        """The last transaction known to be safe before the journals were read."""
        self._backwards: list[int] = []

    def run(self) -> CheckReport:
        """Read everything. Raises `NoStore` where there is none."""
        if not journal.generations(self._path):
            raise NoStore("no_store", path=str(self._path))
        refuse_newer(self._path)
        self._unfinished()
        self._safe = self._safe_now()
        taken = self._open_snapshot()
        self._journals(taken)
        self._ends_where_it_should()
        for fault in record_faults(self._replay.tables):
            self._grave(fault.code, table=fault.table, **self._about(fault.record, fault.fields))
        self._unsound()
        if self._named:
            self._demote()
        if self._doubted[1]:
            self._note("taken_unproven", seq=str(self._doubted[0]), tables=self._doubted[1])
        if self._around:
            self._photos()
            self._surroundings()
        return CheckReport(
            tuple(self._found),
            self._count,
            self._replay.problems,
            len(self._replay.tables["events"]),
            self._seq,
            self._hash,
        )

    def _unsound(self) -> None:
        """What an older program left so: no damage, and each has a command that puts it right."""
        for fault in unsound_tables(self._replay.tables, self._day()):
            fields = {"table": fault.table, **self._about(fault.record, fault.fields)}
            self._found.append(Finding(f"unsound_{fault.code}", False, fields, unsound=True))

    def _day(self) -> date:
        """The office's day of the last transaction."""
        settings = self._replay.tables["settings"].get(1)
        known = settings if isinstance(settings, Settings) else Settings(id=1)
        try:
            return known.local(datetime.fromisoformat(self._latest)).date()
        except ValueError:
            return date.min

    def _demote(self) -> None:
        """Faults that the last repair named are worth knowing; damage is what came since."""
        known = [f for f in self._found if f.grave and name_of_fault(f) in self._named]
        if known:
            self._found = [f for f in self._found if f not in known]
            self._found += [Finding(f.code, False, f.fields) for f in known]

    def _unfinished(self) -> None:
        try:
            if pending(self._path):
                self._grave("replacement_unfinished")
        except Damaged as error:
            self._grave(error.code, **error.fields)

    def _grave(self, code: str, **fields: Any) -> None:
        self._found.append(Finding(code, True, fields))

    def _note(self, code: str, **fields: Any) -> None:
        self._found.append(Finding(code, False, fields))

    @staticmethod
    def _about(record: int, fields: dict[str, Any]) -> dict[str, Any]:
        return {"number": str(record)} | fields

    # The journals

    def _journals(self, taken: Snapshot | None) -> None:
        total = sum(
            journal.path_of(self._path, g).stat().st_size for g in journal.generations(self._path)
        )
        done = 0
        bridged = is_bridge(self._path)
        if bridged:
            self._cross(taken)
        for found in survey(self._path):
            done += len(found.raw) + 1
            self._advance(done, total)
            self._tell(found)
            if found.header is not None:
                self._hash = found.raw[: journal.HASH_LENGTH].decode("ascii", "replace")
            if found.line is None or found.worth in (Worth.DOUBLE, Worth.TORN):
                continue
            if found.line.s > self._seq:
                self._take(found)
            if taken is not None and found.line.s == taken.meta.seq and not bridged:
                self._compare(taken)
        if taken is not None:
            if self._seq < taken.meta.seq:
                self._grave("snapshot_ahead", value=str(taken.meta.seq))
            taken.close()

    def _safe_now(self) -> int:
        if not (self._path / LOCK).exists():
            return 0
        lock = Lock(self._path / LOCK)
        try:
            mark = lock.safe()
        finally:
            lock.close()
        return mark[0] if mark else 0

    def _tell(self, found: Found) -> None:
        at = {"path": journal.path_of(self._path, found.gen).name, "line": str(found.number)}
        match found.worth:
            case Worth.MISSING:
                self._grave("line_missing_journal", path=at["path"])
            case Worth.LOST:
                self._grave("line_lost", **at)
            case Worth.ALTERED | Worth.UNENDED:
                seq = found.line.s if found.line else 0
                self._grave("line_altered", seq=str(seq), **at)
            case Worth.DOUBLE:
                self._grave("line_double", **at)
            case Worth.UNPROVEN if found.line is not None and found.line.s > self._seq + 1:
                self._grave("line_gap", first=str(self._seq + 1), last=str(found.line.s - 1), **at)
            case Worth.TORN if self._safe > self._seq:
                self._grave("line_torn_safe", **at)
            case Worth.TORN:
                self._note("line_torn", **at)
            case Worth.WHOLE | Worth.UNPROVEN:
                return

    def _take(self, found: Found) -> None:
        line = found.line
        assert line is not None
        try:
            changes = self._replay.changes(line)
        except (KeyError, msgspec.MsgspecError, ValueError) as error:
            if found.worth == Worth.WHOLE and unknown_in(line):
                path = journal.path_of(self._path, found.gen)
                raise Damaged("newer_format", path=str(path)) from error
            self._grave("line_unfit", seq=str(line.s))
            changes = Changes(seq=line.s)
        if self._latest and _seconds(line.t) < _seconds(self._latest) - TOLERANCE:
            self._backwards.append(line.s)
        self._latest = max(self._latest, line.t)
        pairs = [(change.old, change.new) for change in changes if change.table != "events"]
        told = () if line.op == LOST else self._steps.faults(pairs, changes.events)
        for fault in told:  # of a lost transaction only what came of it is known
            self._grave(fault.code, seq=str(line.s), **self._about(fault.record, fault.fields))
        self._replay.apply(changes)
        if line.op == "repair":
            self._named = names_in(line.why)
            self._doubted = line.s, doubts_in(line.why)
        self._seq, self._count = line.s, self._count + 1
        self._hash = found.raw[: journal.HASH_LENGTH].decode("ascii", "replace")

    def _ends_where_it_should(self) -> None:
        torn = any(finding.code == "line_torn_safe" for finding in self._found)
        if self._safe > self._seq and not torn:
            self._grave(
                "older_copy", seq=str(self._seq), safe=str(self._safe), path=str(self._path)
            )

    # The snapshot

    def _open_snapshot(self) -> Snapshot | None:
        path = self._path / snapshot.NAME
        if not is_there(path):
            return None
        found = snapshot.sound(path)
        self._index(path)
        if found is None and not is_bridge(self._path):
            self._grave("snapshot_unreadable", path=str(path))
        return found

    def _index(self, taken: Path) -> None:
        """Whether the index is whole; one of another snapshot is only old."""
        path = self._path / shelf.NAME
        if not is_there(path):
            return
        try:
            shelf.ClosedShelf(self._path, OpenFile(taken))
        except (Damaged, NoStore, OSError):
            self._grave("snapshot_unreadable", path=str(path))

    def _cross(self, taken: Snapshot | None) -> None:
        """Earlier journals were archived: the snapshot stands for them."""
        known: Snapshot | Bridge = taken or Bridge(self._path)
        if isinstance(known, Bridge):
            path, tables = str(self._path / snapshot.NAME), (*known.damaged, *known.mended)
            self._grave("bridge_damaged", path=path, tables=tables, value=str(len(known.lost)))
        self._seq = known.meta.seq if isinstance(known, Snapshot) else known.seq
        self._note("archived", value=str(self._seq))
        for name, rows in known.tables().items():
            self._replay.tables[name].update(rows)

    def _compare(self, taken: Snapshot) -> None:
        try:
            theirs = taken.tables()
        except Damaged:
            self._grave("snapshot_unreadable", path=str(taken.path))
            return
        for name, rows in theirs.items():
            mine = known_then(self._replay.tables[name], taken.meta.format)
            if mine != rows:
                keys = [k for k in {**mine, **rows} if mine.get(k) != rows.get(k)]
                self._grave("snapshot_differs", table=name, value=str(len(keys)))

    # What lies around

    def _photos(self) -> None:
        """Whether every photo a record names is there, and is what it was."""
        photos = Photos(self._path)
        for label, file in kept_files(self._replay.tables):
            try:
                photos.read(file)
            except FileRefused as error:
                self._grave(error.code, number=label, file=file.name)
        for path in photos.strangers():
            self._grave("foreign_file", path=str(path))

    def _surroundings(self) -> None:
        path = self._path
        settings = self._replay.tables["settings"].get(1)
        sample = isinstance(settings, Settings) and settings.demo  # built in any order of days
        if self._backwards and not sample:
            count, first = len(self._backwards), self._backwards[0]
            self._note("clock_back", value=str(count), seq=str(first))
        for entry in (path, *sorted(path.iterdir())):
            if entry.is_symlink() or not (entry.is_file() or entry.is_dir()):
                self._grave("foreign_file", path=str(entry))
            elif entry.stat().st_mode & 0o007:
                self._note("open_to_all", path=str(entry))
            if entry.name.startswith(KEPT):
                self._note("kept_store", path=str(entry))
        torn = path / TORN
        if torn.is_dir() and any(torn.iterdir()):
            self._note("torn_kept", value=str(len(list(torn.iterdir()))), path=str(torn))
        free = free_space(path)
        if free < LITTLE_SPACE:
            self._note("little_space", path=str(path))
        self._note("lies_on", value=file_system(path) or "?", free=str(free // (1024 * 1024)))


def check(path: Path, advance: Advance = lambda done, total: None) -> CheckReport:
    """Read a whole store and say what is wrong with it.

    Raises `NoStore`, and `Damaged("newer_format")`: what a newer program wrote is not damage.
    """
    with readable(path):
        return Check(path, advance).run()


def _seconds(t: str) -> float:
    try:
        return datetime.fromisoformat(t).timestamp()
    except ValueError:
        return 0.0
