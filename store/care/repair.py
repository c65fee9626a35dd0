"""Repair: the same history written anew from whatever can be read, beside a copy of everything.

No readable change is dropped. A line with one flipped bit is set right where its hash proves it; one
that reads but was altered is taken as it reads; one that cannot be read leaves its number, and what
a sound snapshot still knows of it. What was done is said, and noted in the new history.
"""

import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from core.changes import Change, Changes, stamp
from core.model import Record
from core.roles import Actor
from store.care.check import LOST, doubts_named, faults_named, graves_of
from store.care.survey import Found, Replay, Worth, survey, verify
from store.disk.custody import open_kept
from store.disk.files import replace_file, write_all
from store.errors import Damaged, NoStore, NotSaved
from store.history import journal, snapshot
from store.history.bits import set_right
from store.history.bridge import Bridge, is_bridge
from store.history.format import FORMAT
from store.history.journal import HASH_LENGTH, Header, Line
from store.history.lock import LOCK, WAIT, Lock
from store.history.newer import refuse_newer, unknown_in
from store.history.replacing import (
    Replacement,
    finish,
    mark_of,
    pending,
    replace_store,
    set_aside_foreign,
    stage,
)
from store.history.snapshot import Snapshot

LONGEST_MENDED = 16 * 1024
"""Bytes of a line in which a flipped bit is looked for; the work grows with their square."""


class Mended(Struct, frozen=True):
    """What a repair did."""

    kept: Path
    """Where everything is as it was."""
    restored: tuple[int, ...]
    """Transactions set right to the bit."""
    altered: tuple[int, ...]
    """Transactions taken as they read."""
    lost: tuple[int, ...]
    """Transactions of which only what others know is left."""
    unfit: tuple[int, ...]
    """Transactions some of whose records could not be understood."""
    records: tuple[str, ...] = ()
    """Records of archived journals that the snapshot no longer tells, by number or name where that reads."""
    mended: tuple[str, ...] = ()
    """Tables whose archived part was set right to the bit."""
    doubted: tuple[str, ...] = ()
    """Tables whose archived part could be read and is not proven to be what was saved."""


class Salvage:
    """The readable transactions of a damaged store, and what became of the others."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.store = ""
        self.restored: list[int] = []
        self.altered: list[int] = []
        self.lost: list[int] = []
        self.unfit: list[int] = []
        self.torn = False
        """Whether the journals end in a line that is not whole."""
        self.lines = self._collected()

    def _collected(self) -> list[Line]:
        whole: dict[int, Line] = {}
        others: list[tuple[int, Line]] = []
        """Lines that are not proven, each with the number its place implies."""
        follows = 1
        pieces = list(survey(self._path))
        proven = _proven_by_number(pieces)
        for piece in pieces:
            if piece.worth == Worth.WHOLE and piece.line is not None:
                self._refuse_newer(piece)
            self.torn = self.torn or piece.worth == Worth.TORN
            if piece.header is not None:
                self.store = self.store or piece.header.store
                continue
            if piece.worth in (Worth.WHOLE, Worth.UNENDED) and piece.line is not None:
                whole[piece.line.s] = piece.line
                follows = piece.line.s + 1
                continue
            if piece.line is not None and piece.line.s in proven:
                if proven[piece.line.s] is piece and piece.line.s not in whole:
                    whole[piece.line.s] = piece.line
                    self.restored.append(piece.line.s)
                continue
            line = self._line(piece)
            if line is not None:
                others.append((follows, line))
        return self._numbered(whole, others)

    def _refuse_newer(self, piece: Found) -> None:
        """What a newer program wrote is not ours to write anew."""
        if piece.line is not None and unknown_in(piece.line):
            path = journal.path_of(self._path, piece.gen)
            raise Damaged("newer_format", path=str(path))

    def _numbered(self, whole: dict[int, Line], others: list[tuple[int, Line]]) -> list[Line]:
        """Every number from the first; what is proven stands before what only reads."""
        last = max(whole, default=0) + len(others)
        found = dict(whole)
        for implied, line in others:
            seq = line.s
            if seq in found or not implied <= seq <= last:
                while implied in found:
                    implied += 1
                seq = implied
                self.altered += [] if line.s in self.restored else [seq]
            found[seq] = line if line.s == seq else replace(line, s=seq)
        return [found.get(seq) or self._lost(seq) for seq in range(1, max(found, default=0) + 1)]

    def _lost(self, seq: int) -> Line:
        self.lost.append(seq)
        return Line(s=seq, t="", who="", op=LOST)

    def go_on_to(self, seq: int) -> None:
        """Give up what was saved up to `seq` and is not here; no number is used again."""
        self.lines += [self._lost(s) for s in range(len(self.lines) + 1, seq + 1)]

    def _line(self, piece: Found) -> Line | None:
        if piece.worth == Worth.MISSING:
            return None
        right = _restored(piece)
        if right is not None:
            self.restored.append(right.s)
            return right
        if piece.worth == Worth.DOUBLE:
            return None
        if piece.line is not None and piece.worth != Worth.UNPROVEN:
            self.altered.append(piece.line.s)
        return piece.line

    def transactions(self, known: Snapshot | Bridge | None) -> Iterator[Changes]:
        """Every transaction in order; a lost one holds what the snapshot knows of it."""
        patches = self._patches(known)
        replay = Replay()
        for line in self.lines:
            changes = self._read(replay, line)
            if line.s in patches:
                changes = _with(changes, replay, patches[line.s])
            replay.apply(changes)
            yield changes

    def _read(self, replay: Replay, line: Line) -> Changes:
        try:
            return replay.changes(line, patient=True)
        except (KeyError, msgspec.MsgspecError, ValueError):
            if line.s not in self.unfit:
                self.unfit.append(line.s)
        parts: list[Change] = []
        for delta in line.d:
            try:
                parts += replay.changes(replace(line, d=(delta,)), patient=True)
            except (KeyError, msgspec.MsgspecError, ValueError):
                continue
        return replace(replay.changes(replace(line, d=())), changes=tuple(parts))

    def _patches(self, known: Snapshot | Bridge | None) -> dict[int, list[tuple[str, Record]]]:
        """By transaction in doubt, the records that a snapshot knows better than what can be read.

        A record is set right where it was last touched, or at the last doubt before that.
        """
        if known is None:
            return {}
        last = known.seq if isinstance(known, Bridge) else known.meta.seq
        doubted = sorted(s for s in {*self.lost, *self.altered, *self.unfit} if s <= last)
        if not doubted:
            return {}
        replay = Replay()
        for line in self.lines:
            if line.s > last:
                break
            replay.apply(self._read(replay, line))
        patches: dict[int, list[tuple[str, Record]]] = {}
        for name, rows in known.tables().items():
            for key, record in rows.items():
                if replay.tables[name].get(key) != record:
                    place = max((s for s in doubted if s <= record.revision), default=doubted[-1])
                    patches.setdefault(place, []).append((name, record))
        return patches


def _proven_by_number(pieces: list[Found]) -> dict[int, Found]:
    """Lines out of their place which the line before them in number proves whole, each once."""
    hashes: dict[int, set[bytes]] = {}
    for piece in pieces:
        before = piece.line.s if piece.line else piece.header.seq if piece.header else None
        if before is not None:
            hashes.setdefault(before, set()).add(piece.raw[:HASH_LENGTH])
    found: dict[int, Found] = {}
    for piece in pieces:
        if piece.line is None or piece.worth in (Worth.WHOLE, Worth.UNENDED, Worth.TORN):
            continue
        head, payload = piece.raw[:HASH_LENGTH], piece.raw[HASH_LENGTH + 1 :]
        for earlier in hashes.get(piece.line.s - 1, ()):
            if journal.chain(earlier.decode("ascii", "replace"), payload).encode() == head:
                found.setdefault(piece.line.s, piece)
    return found


def _with(changes: Changes, replay: Replay, wanted: list[tuple[str, Record]]) -> Changes:
    """A transaction that leaves these records as well, each over what is here."""
    told = {(name, record.id) for name, record in wanted}
    kept = [c for c in changes if (c.table, c.id) not in told]
    added = [
        Change(name, replay.tables[name].get(r.id), replace(r, revision=changes.seq))
        for name, r in wanted
    ]
    return replace(changes, changes=(*kept, *added))


def _restored(piece: Found) -> Line | None:
    """The line as it was written, where one flipped bit explains what is there."""
    raw = piece.raw
    if piece.worth == Worth.TORN:
        raw = raw if raw.endswith(b"}") else raw[:-1]
    head, payload = raw[:HASH_LENGTH], raw[HASH_LENGTH + 1 :]
    proven = journal.chain(piece.before, payload).encode()
    if sum(a != b for a, b in zip(head, proven, strict=False)) <= 1 and len(head) == HASH_LENGTH:
        return _decoded(payload)
    if len(payload) > LONGEST_MENDED:
        return None
    right = set_right(piece.before.encode() + b"\n", payload, head.decode("ascii", "replace"))
    return _decoded(right) if right is not None else None


def _decoded(payload: bytes) -> Line | None:
    try:
        return journal.decode_line(payload)
    except (msgspec.MsgspecError, ValueError):
        return None


def repair(
    path: Path, actor: Actor, now: datetime, *, older: bool = False, wait: float = WAIT
) -> Mended:
    """Write the store anew from what can be read; everything stays beside it as it was.

    `older` gives up what was saved after an older copy that was put back. Raises `NoStore`,
    `Busy`, `NotSaved`, and `Damaged` where an older copy is not accepted, nothing can be read, or a
    newer program has written it.
    """
    if not journal.generations(path):
        raise NoStore("no_store", path=str(path))
    lock = Lock(path / LOCK)
    try:
        with lock.held(wait):
            refuse_newer(path)
            set_aside_foreign(path, mark_of(now))
            if pending(path):
                finish(path, lock)
            salvage = Salvage(path)
            safe, seq = lock.safe(), len(salvage.lines)
            if safe is not None and safe[0] > seq:
                if not (older or salvage.torn):
                    raise Damaged("older_copy", path=str(path), seq=seq, safe=safe[0])
                salvage.go_on_to(safe[0])
            known = _sound_snapshot(path, salvage)
            staged = stage(path)
            laid = _Laid(staged, salvage, known)
            laid.write(actor, now)
            seq, hash16 = verify(staged)
            made = Replacement(store=laid.store, seq=seq, hash=hash16)
            kept = replace_store(path, mark_of(now), lock, made)
    except OSError as error:
        raise NotSaved("cannot_write", path=str(path), why=str(error.strerror)) from error
    finally:
        lock.close()
    return Mended(
        kept,
        tuple(salvage.restored),
        tuple(sorted(set(salvage.altered))),
        tuple(salvage.lost),
        tuple(sorted(salvage.unfit)),
        tuple(known.lost) if isinstance(known, Bridge) else (),
        tuple(known.mended) if isinstance(known, Bridge) else (),
        tuple(known.damaged) if isinstance(known, Bridge) else (),
    )


def _sound_snapshot(path: Path, salvage: Salvage) -> Snapshot | Bridge | None:
    found: Snapshot | Bridge | None = snapshot.sound(path / snapshot.NAME)
    if found is None and is_bridge(path):
        found = Bridge(path)
        if not found.tables():
            return None
    store = found.meta.store if found is not None and found.meta is not None else ""
    return found if not store or not salvage.store or store == salvage.store else None


class _Laid:
    """One journal with every transaction, chained anew, and one more that says what was done."""

    def __init__(self, staged: Path, salvage: Salvage, known: Snapshot | Bridge | None) -> None:
        self._path = journal.path_of(staged, 1)
        self._salvage, self._known = salvage, known
        meta = known.meta if known is not None else None
        self.store = salvage.store or (meta.store if meta else os.urandom(8).hex())
        self._before = ""

    def write(self, actor: Actor, now: datetime) -> None:
        """Lay it; what is unsound in it after all is named in its last line."""
        try:
            replace_file(self._path, self._transactions(now), open_kept)
        finally:
            if self._known is not None:
                self._known.close()
        faults = graves_of(self._path.parent)
        told = Changes(
            seq=len(self._salvage.lines) + 1,
            at=stamp(now),
            who=actor.login,
            via=actor.via,
            op="repair",
            why="; ".join(
                part
                for part in (
                    _summary(self._salvage),
                    doubts_named(self._known.damaged if isinstance(self._known, Bridge) else ()),
                    faults_named(faults),
                )
                if part
            ),
        )
        line, self._before = journal.frame(self._before, journal.encode(told))
        descriptor = open_kept(self._path, os.O_WRONLY | os.O_APPEND)
        try:
            write_all(descriptor, line)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def _transactions(self, now: datetime) -> Iterator[bytes]:
        header = Header(format=FORMAT, store=self.store, gen=1, seq=0, t=stamp(now))
        framed, self._before = journal.frame("", journal.encode_header(header))
        yield framed
        for changes in self._salvage.transactions(self._known):
            framed, self._before = journal.frame(self._before, journal.encode(changes))
            yield framed


def _summary(salvage: Salvage) -> str:
    parts = (
        ("restored", salvage.restored),
        ("altered", sorted(set(salvage.altered))),
        ("lost", salvage.lost),
        ("unfit", salvage.unfit),
    )
    return "; ".join(f"{name} {spans(seqs)}" for name, seqs in parts if seqs)


def spans(numbers: Iterable[int]) -> str:
    """Numbers as ranges, such as 3, 7-9."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in found)
