"""Where one is in the morning's queues: which item is in hand, what was done with those before it."""

from core.changes import Changes
from core.day import triage
from core.day.today import Queue
from core.model import Item
from tui.day.triage_text import Progress
from tui.session.session import Session


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

    def count(self, changes: Changes) -> None:
        """What was done, and to whom items went."""
        self.batch = True
        self._progress.count(changes)

    def take_back(self, changes: Changes) -> bool:
        """Items whose handling was taken back are in their queues again; whether one of them is in hand now."""
        touched = {change.id for change in changes.of("items")}
        self._progress.take_back(changes)
        self._progress.skipped -= touched
        for queue in self.queues:
            again = next((item for item in self.left(queue) if item.id in touched), None)
            if again is not None:
                self._progress.queue, self._progress.item = queue.code, again.id
                self.batch = False
                return True
        return False
