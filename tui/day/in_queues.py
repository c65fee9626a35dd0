"""Where one is in the morning's queues: which item is in hand, what was done with those before it."""

from collections.abc import Iterable

from core.day import triage
from core.day.today import Queue
from core.model import Event, Item
from tui.day.triage_text import Progress
from tui.session.session import Session

NOT_HANDLED = frozenset({"split", "correct", "attach", "note"})
"""What leaves an item in its queue: it is only set right."""


class InQueues:
    """The queues of one person, without what was dealt with or passed over."""

    def __init__(self, session: Session, progress: Progress) -> None:
        self._session = session
        self._progress = progress
        self.batch = False
        """Whether something was done in the queue in hand."""

    @property
    def queues(self) -> list[Queue]:
        """Every queue of the person's roles, in order."""
        session = self._session
        return triage.inbox(session.town, session.moment.today, session.actor.roles)

    @property
    def queue(self) -> Queue | None:
        """The queue in hand, or the next one with something left in it."""
        found = [q for q in self.queues if self.left(q)]
        return next(
            (q for q in found if q.code == self._progress.queue), found[0] if found else None
        )

    def left(self, queue: Queue) -> list[Item]:
        """What is still to be dealt with in a queue."""
        gone = self._progress.skipped | self._progress.handled
        return [item for item in queue.items if item.id not in gone]

    @property
    def item(self) -> Item | None:
        """The item in hand."""
        queue = self.queue
        if queue is None:
            return None
        left = self.left(queue)
        return next((i for i in left if i.id == self._progress.item), left[0])

    def count(self, events: Iterable[Event]) -> None:
        """What was done, and to whom items went."""
        done, issued = self._progress.done, self._progress.issued
        self.batch = True
        for event in events:
            if event.table == "items":
                if event.action not in NOT_HANDLED:
                    self._progress.handled.add(event.record)
                done[event.action] = done.get(event.action, 0) + 1
                if event.action == "assign" and event.unit_after is not None:
                    issued.setdefault(event.unit_after, []).append(event.record)

    def take_back(self, items: set[int]) -> bool:
        """Items whose handling was taken back are in their queues again; whether one of them is in hand now."""
        self._progress.handled -= items
        self._progress.skipped -= items
        for queue in self.queues:
            again = next((item for item in queue.items if item.id in items), None)
            if again is not None:
                self._progress.queue, self._progress.item = queue.code, again.id
                self.batch = False
                return True
        return False
