"""Lines of the journals taken into a town; long ones may be put off."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from pathlib import Path

import msgspec

from core.changes import Change, Changes
from core.model import Record
from core.registers import TABLES
from core.town.town import Town
from store.errors import Damaged
from store.history.journals import journal
from store.history.journals.delta import NULL, Delta, decode_delta
from store.history.journals.journal import Line
from store.history.journals.reader import JournalReader, Passed

SPREAD = 4.0
"""Seconds over which twenty boards take in the items of one import."""


class Lines(ABC):
    """A town that lines are taken into."""

    path: Path
    town: Town

    def __init__(self) -> None:
        self._unseen: list[Changes] = []
        self._put_off: list[Passed] = []
        """Lines gone past whose items are not in the town yet; nothing else is missing from it."""
        self._settle_at = 0.0

    @property
    @abstractmethod
    def reader(self) -> JournalReader:
        """Where reading has come to."""

    @abstractmethod
    def _load_closed(self) -> None:
        """Read the closed items too, where that has not been done."""

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
            reader = JournalReader(
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
            created = delta.was == NULL
            old = None if created else self._existing(delta.t, int(delta.id))
            try:
                new = decode_delta(delta, old, line.s)
                if not current:
                    new = trail.behind(old, new)
                if current and old is not None:
                    old = decode_delta(
                        Delta(delta.t, delta.id, delta.was, delta.put), new, old.revision
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
