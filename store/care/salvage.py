"""What still reads of damaged journals: every whole line, each once, and what takes the place of those that do not."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from core.changes import Change, Changes
from core.model import Record
from store.care.survey import Found, Replay, Worth, survey
from store.care.told import LOST
from store.errors import Damaged
from store.history.head_start.bits import set_right
from store.history.head_start.bridge import Bridge
from store.history.head_start.snapshot import Snapshot
from store.history.journals import journal
from store.history.journals.journal import HASH_LENGTH, Line
from store.history.newer import unknown_in

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
        lines: list[Line] = []
        at = found[min(found)].t if found else ""
        for seq in range(1, max(found, default=0) + 1):
            lines.append(found.get(seq) or self._lost(seq, at))
            at = lines[-1].t
        return lines

    def _lost(self, seq: int, at: str) -> Line:
        """What stands for a transaction that is lost, at the instant of the one before."""
        self.lost.append(seq)
        return Line(s=seq, t=at, who="", op=LOST)

    def go_on_to(self, seq: int, now: str) -> None:
        """Give up what was saved up to `seq` and is not here; no number is used again."""
        at = self.lines[-1].t if self.lines else now
        self.lines += [self._lost(s, at) for s in range(len(self.lines) + 1, seq + 1)]

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
