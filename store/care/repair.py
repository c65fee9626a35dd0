"""Repair: the same history written anew from whatever can be read, beside a copy of everything.

No readable change is dropped. A line with one flipped bit is set right where its hash proves it; one
that reads but was altered is taken as it reads; one that cannot be read leaves its number, and what
a sound snapshot still knows of it. What was done is said, and noted in the new history.
"""

import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from core.changes import Changes, stamp
from core.roles import Actor
from store.care.check import Check
from store.care.salvage import Mended, Salvage
from store.care.survey import verify
from store.care.told import Finding, doubts_named, faults_named
from store.disk.custody import open_kept
from store.disk.files import replace_file, write_all
from store.errors import Damaged, NoStore, NotSaved
from store.history.head_start import snapshot
from store.history.head_start.bridge import Bridge, is_bridge
from store.history.head_start.snapshot import Snapshot
from store.history.journals import journal
from store.history.journals.format import FORMAT
from store.history.journals.journal import Header
from store.history.journals.lock import LOCK, WAIT, Lock
from store.history.replacing import (
    Replacement,
    made_ready,
    mark_of,
    replace_store,
    stage,
)


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
            made_ready(path, mark_of(now), lock)
            salvage = Salvage(path)
            safe, seq = lock.safe(), len(salvage.lines)
            if safe is not None and safe[0] > seq:
                if not (older or salvage.torn):
                    raise Damaged("older_copy", path=str(path), seq=seq, safe=safe[0])
                salvage.go_on_to(safe[0], stamp(now))
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
        faults = _graves_of(self._path.parent)
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
        line, self._before = journal.framed(self._before, told)
        descriptor = open_kept(self._path, os.O_WRONLY | os.O_APPEND)
        try:
            write_all(descriptor, line)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def _transactions(self, now: datetime) -> Iterator[bytes]:
        header = Header(format=FORMAT, store=self.store, gen=1, seq=0, t=stamp(now))
        first, self._before = journal.frame("", journal.encode_header(header))
        yield first
        for changes in self._salvage.transactions(self._known):
            line, self._before = journal.framed(self._before, changes)
            yield bytes(line)


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


def _graves_of(directory: Path) -> list[Finding]:
    """What is damaged in journals that were just laid, whatever lies around them."""
    return [f for f in Check(directory, around=False).run().findings if f.grave]
