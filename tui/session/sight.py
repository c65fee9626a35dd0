"""The town as a board has it: a copy of its own, as far as its person sees (docs/gate.md 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from core.changes import Changes
from core.model import CLOSED_STATES, Event, Item, Record
from core.registers import TABLES
from core.roles import Actor
from core.sight.seen import seen_by
from core.sight.whose import is_limited
from core.town.facts import CLOSED_SHOWN
from core.town.sharing import Shared
from core.town.shelf import S
from core.town.town import Town
from store.history.repository import Repository

if TYPE_CHECKING:
    from core.calendar.spans import Span
    from core.stats.tabulated import By, FigureTable

MANY = 2_000
"""Closed items beyond which a board reads those of the last weeks only, the others when asked for."""


class BoardSight:
    """What a board is handed of the store's town, lines of history and changes; used by the thread that owns the store."""

    def __init__(self, repository: Repository, who: Callable[[Town], Actor]) -> None:
        self._repository = repository
        self._who = who

    @property
    def limited(self) -> bool:
        """Whether the person sees only what is their unit's."""
        full = self._repository.town
        return is_limited(full, self._who(full))

    @property
    def town(self) -> Town:
        """A town for the board."""
        full = self._repository.town
        return mirror(seen_by(full, self._who(full)).town if self.limited else full)

    def told(self, events: Sequence[Event]) -> Sequence[Event]:
        """Of lines of history those the person may see."""
        if not self.limited:
            return events
        seen = seen_by(self._repository.town, self._who(self._repository.town))
        return seen.told(events)

    def of(self, changes: Changes) -> Changes:
        """A transaction as it is; for a person of limited sight the items of it they hold, and nothing else."""
        if not self.limited:
            return changes
        seen = seen_by(self._repository.town, self._who(self._repository.town))
        return replace(changes, changes=tuple(seen.changed(changes.of("items"))))

    def closed(self, today: date, *, every: bool) -> list[Item]:
        """Closed items, read now: all, or of a store with very many the last weeks'."""
        town, shelf = self._repository.town, self._repository.town.shelf
        if not town.complete and shelf is not None and len(shelf) > MANY and not every:
            shared = Shared()
            for key in shelf.closed_since(today - timedelta(days=CLOSED_SHOWN)):
                item = town.held(key)
                if item is not None:
                    shared.share([item])
        elif not town.complete:
            self._repository.load_closed()
        return [item for item in town.items.values() if item.state in CLOSED_STATES]

    def tally(self, span: Span, today: date, by: By, *, cohort: bool) -> FigureTable:
        """The figures of a stretch as a liaison is told them."""
        from core.stats.own_line import own_tally  # not needed by the first frame

        self._repository.load_closed()
        full = self._repository.town
        return own_tally(full, span, today, by, cohort=cohort, unit=self._who(full).unit)


class _Mirrored:
    """A table of another town, taken over when it is asked for."""

    def __init__(self, town: Town, table: str) -> None:
        self._town, self._table = town, table

    def records(self) -> list[Record]:
        return list(self._town.tables[self._table].values())

    def brief(self, kind: type[S]) -> Iterable[S]:
        return self._town.tables.brief(self._table, kind)


def mirror(town: Town) -> Town:
    """A town of its own over the same frozen records."""
    twin = Town()
    for table in TABLES:
        twin.put_off(table, _Mirrored(town, table))
    twin.next_ids.update(town.next_ids)
    twin.seq, twin.complete, twin.shelf = town.seq, town.complete, town.shelf
    return twin
