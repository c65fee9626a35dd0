"""What a sample office does beside its problems: steps by their instant, done as far as a day has come."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from random import Random

from core.actions.action import Action
from core.actions.wish import Wish
from core.roles import Actor
from store.history.repository import Repository

Step = tuple[datetime, Callable[[], None]]


class Agenda:
    """Steps in the order of their instants."""

    def __init__(self, steps: Iterable[Step]) -> None:
        self._steps = sorted(steps, key=lambda step: step[0])
        self._done = 0

    def until(self, when: datetime) -> None:
        """Everything up to an instant."""
        while self._done < len(self._steps) and self._steps[self._done][0] <= when:
            self._steps[self._done][1]()
            self._done += 1


class Planner(ABC):
    """Plans steps of one kind, and carries them out."""

    KIND = ""
    """What its chances are drawn by, beside the seed."""
    MADE: tuple[str, ...] = ()
    """Tables whose new records its steps must find again."""

    def __init__(
        self,
        repository: Repository,
        last: date,
        seed: int,
        at: Callable[[date, int], datetime],
        people: tuple[Actor, tuple[Actor, ...], Actor],
    ) -> None:
        self._repository = repository
        self._random = Random(f"{self.KIND} {seed}")
        self._last, self._at = last, at
        self._clerk, self._inspectors, self._leader = people

    @abstractmethod
    def planned(self) -> Iterator[Step]:
        """Every step."""

    def _commit(self, actor: Actor, day: date, hour: int, *actions: Action) -> list[int]:
        """One transaction; the ids of its new records."""
        wishes = [Wish(a) for a in actions]
        changes = self._repository.commit(wishes, actor, self._at(day, hour))
        return [c.id for c in changes if c.table in self.MADE and c.old is None]

    def _zone(self, code: str) -> int:
        return next(z.id for z in self._repository.town.zones.values() if z.code == code)

    def _unit(self, name: str) -> int:
        held = self._repository.town.unit_named(name)
        return held.id if held else 0
