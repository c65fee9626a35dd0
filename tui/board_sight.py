"""The town as a board has it: a copy of its own, as far as its person sees (docs/gate.md 5)."""

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from core.changes import Changes
from core.model import Event
from core.roles import Actor
from core.sight import is_limited, seen_by
from core.town.town import Town
from store.history.repository import Repository


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
        return [event for event in events if seen.tells(event)]

    def of(self, changes: Changes) -> Changes:
        """A transaction as it is; for a person of limited sight the items of it they hold, and nothing else."""
        if not self.limited:
            return changes
        seen = seen_by(self._repository.town, self._who(self._repository.town))
        mine = (c for c in changes.of("items") if c.id in seen.town.items)
        return replace(changes, changes=tuple(c for c in mine if c.id not in seen.until))


def mirror(town: Town) -> Town:
    """A town of its own over the same frozen records."""
    twin = Town()
    for table, rows in town.tables.items():
        twin.load(table, rows.values())
    twin.seq, twin.complete, twin.shelf = town.seq, town.complete, town.shelf
    return twin
