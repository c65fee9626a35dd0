"""A ledger on the desk: its rows as they were read, and what a person has said of them before it is saved.

Nothing here is saved; every look reads the rows anew, so that one mended cell or one name told settles every row
it is about.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from datetime import date
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from core.actions.registers import Remember
from core.actions.wish import Wish
from core.errors import Doubt
from core.ledger.outcome import JOINABLE, Entry, Incoming, Place, RowChoice, Skipped, filled
from core.ledger.row_reader import Reader
from core.ledger.rows.splitting import problems_in
from core.ledger.weight import MILD, weight_of
from core.model import Item
from core.roles import Actor
from core.town.town import Town
from core.words.cells import plain
from core.words.text import clean

_ALSO_SAME = frozenset({"number_twice", "same_says"})
"""Doubts that count also where a row changes nothing."""


class MovesIn(Protocol):
    """Reads rows as items that move in."""

    def each(self, rows: Iterable[Incoming | Skipped]) -> list[Entry | Skipped]:
        """What each row comes to."""


Moving = Callable[[Mapping[str, int]], MovesIn]
"""A mover, by the units that were told."""


class DeskLine(Struct, frozen=True):
    """One row and what it comes to."""

    row: Incoming | Skipped
    result: Entry | Skipped
    left_out: bool = False

    @property
    def state(self) -> str:
        """new, update, same, conflict, doubtful, rejected, skipped or left_out."""
        if self.left_out:
            return "left_out"
        if isinstance(self.result, Skipped):
            return "rejected" if self.result.rejected else "skipped"
        if self.result.action == "conflict":
            return "conflict"
        if self.result.action == "same" and not any(d.code in _ALSO_SAME for d in self.doubts):
            return "same"
        return "doubtful" if self.pressing else self.result.action

    @property
    def joinable(self) -> bool:
        """Whether a new row may be about an item here, to which it can be added instead."""
        return isinstance(self.result, Entry) and any(d.code in JOINABLE for d in self.doubts)

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """What is in doubt, what asks for an answer first; of a row that is no record, why."""
        if isinstance(self.result, Skipped):
            return (self.result.why,)
        return tuple(sorted(self.result.doubts, key=lambda d: (d.code in MILD, weight_of(d))))

    @property
    def pressing(self) -> bool:
        """Whether a doubt asks for an answer."""
        return isinstance(self.result, Entry) and any(d.code not in MILD for d in self.doubts)


def remembering(
    senders: Iterable[str],
    layouts: Iterable[str],
    headers: Mapping[str, str],
    units: Mapping[str, int],
    words: Mapping[str, str] | None = None,
) -> list[Wish]:
    """What was told, to be remembered: names and words of each sender, headers of each sender or layout."""
    found: list[Wish] = []
    if units or words:
        found += [
            Wish(Remember(sender=name, units=dict(units), words=dict(words or {})))
            for name in senders
        ]
    if headers:
        found += [Wish(Remember(sender=name, headers=dict(headers))) for name in layouts]
    return found


class _State(Struct):
    """What can be taken back as one."""

    rows: list[Incoming | Skipped]
    left_out: frozenset[int] = frozenset()
    units: dict[str, int] = {}
    headers: dict[str, str] = {}
    values: dict[str, str] = {}
    chosen: dict[Place, RowChoice] = {}


class Desk:
    """One file before it is saved."""

    def __init__(
        self, rows: list[Incoming | Skipped], senders: list[str], layouts: list[str] | None = None
    ) -> None:
        """`senders` are those who filled it in, `layouts` whose headers they are; what is told is
        remembered of them."""
        self._layouts = senders if layouts is None else layouts
        self._now = _State(rows)
        self._before: list[_State] = []
        self._senders = senders

    @property
    def rows(self) -> Sequence[Incoming | Skipped]:
        """The rows, as they were mended."""
        return self._now.rows

    @property
    def omitted(self) -> frozenset[int]:
        """Which of them are left out."""
        return self._now.left_out

    @property
    def touched(self) -> bool:
        """Whether anything was said that leaving would lose."""
        return bool(self._before)

    @property
    def told(self) -> list[Wish]:
        """What is to be remembered of the senders."""
        now = self._now
        return remembering(self._senders, self._layouts, now.headers, now.units)

    @property
    def headers(self) -> dict[str, str]:
        """Fields by header, as they were told here."""
        return self._now.headers

    def read(
        self,
        town: Town,
        actor: Actor,
        today: date,
        year: int | None,
        handed: Mapping[int, Item],
        mover: Moving | None = None,
    ) -> list[DeskLine]:
        """What every row comes to now; by `mover`, of the units told so far, where the file moves in."""
        now = self._now
        rows = filled(now.rows, now.values)
        if mover is not None:
            results = mover(now.units).each(rows)
        else:
            reader = Reader(town, actor, today, year, now.units, handed)
            results = reader.each(rows, now.chosen)
        return [
            DeskLine(row, result, at in now.left_out)
            for at, (row, result) in enumerate(zip(rows, results, strict=True))
        ]

    def mend(self, at: int, cells: Mapping[str, str]) -> None:
        """Other texts in some cells of a row; an empty one is taken out."""
        row = self._now.rows[at]
        if not isinstance(row, Incoming):
            return
        changed = {key: clean(text) for key, text in cells.items()}
        kept = {k: v for k, v in {**row.cells, **changed}.items() if v not in (None, "")}
        doubts = tuple(doubt for doubt in row.doubts if doubt.field not in changed)
        self._put(at, [replace(row, cells=kept, doubts=doubts, was=row.was or row)])

    def split(self, at: int) -> int:
        """A row of several problems as a row each; how many it makes."""
        row = self._now.rows[at]
        if not isinstance(row, Incoming):
            return 1
        parts = problems_in(plain(row.cells.get("description")))
        if len(parts) > 1:
            was = row.was or row
            self._put(
                at, [replace(row, cells={**row.cells, "description": p}, was=was) for p in parts]
            )
        return len(parts)

    def leave_out(self, at: int) -> None:
        """Do not save a row, or save it after all."""
        self._keep().left_out = self._now.left_out ^ {at}

    @property
    def values(self) -> dict[str, str]:
        """What was said for every row that leaves it empty."""
        return self._now.values

    def tell_values(self, values: Mapping[str, str]) -> None:
        """What holds for the whole file, where a row leaves it empty."""
        self._keep().values = {key: text for key, text in values.items() if text}

    def tell_unit(self, written: str, unit: int) -> None:
        """A name stands for a unit, in every row and from now on."""
        self._keep().units = {**self._now.units, written: unit}

    def tell_header(self, written: str, field: str, rows: list[Incoming | Skipped]) -> None:
        """A column is a field, from now on; `rows` are the file's, read anew by that.

        What was mended in single rows is lost with it, and comes back when it is taken back.
        """
        state = self._keep()
        state.headers = {**state.headers, written: field}
        state.rows, state.left_out, state.chosen = rows, frozenset(), {}

    def choose(self, at: int, choice: RowChoice) -> None:
        """What holds where a row and an item here differ, or may be the same."""
        row = self._now.rows[at]
        self._keep().chosen = {**self._now.chosen, (row.sheet, row.row): choice}

    def back(self) -> bool:
        """Take the last of it back; False where nothing was said."""
        if not self._before:
            return False
        self._now = self._before.pop()
        return True

    def _put(self, at: int, rows: list[Incoming]) -> None:
        state = self._keep()
        state.rows = [*self._now.rows[:at], *rows, *self._now.rows[at + 1 :]]
        behind = len(rows) - 1
        moved = {n if n <= at else n + behind for n in state.left_out}
        parts = range(at, at + len(rows)) if at in state.left_out else ()
        state.left_out = frozenset({*moved, *parts})

    def _keep(self) -> _State:
        """A copy to change, the one before kept."""
        self._before.append(self._now)
        self._now = copy(self._now)
        return self._now
