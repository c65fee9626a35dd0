"""What flows in on the board: what others and we ourselves saved, and what could not be saved."""

from __future__ import annotations

from core.changes import Changes
from core.day import kanban
from tui.board.detail import Detail
from tui.board.marks import Marks
from tui.board.shown import ColumnsShown
from tui.board.widgets.board_view import BoardView
from tui.messages import ClosedRead, Committed, Failed, Refused
from tui.places.saved import one_problem, told_of_items
from tui.places.unsaved import Unsaved
from tui.session.session import Session
from tui.words.texts import say


class Inflow:
    """Brings the town, and what is shown of it, up to what the session tells."""

    def __init__(
        self, session: Session, view: BoardView, shown: ColumnsShown, marks: Marks, detail: Detail
    ) -> None:
        self._session = session
        self._view = view
        self._shown = shown
        self._marks = marks
        self._detail = detail
        self._failed = ""
        """Why the store can no longer be followed."""
        self.unsaved = Unsaved()

    def saved(self, changes: Changes) -> None:
        """Bring columns and details up to a transaction, touching only what it names."""
        town = self._session.town
        if not 0 < changes.seq <= town.seq:  # a town read anew may be ahead of what was told before
            town.apply(changes)
        items, asked = changes.of("items"), changes.asked_about
        self._detail.forget([*(change.id for change in items), *asked])
        if any(changes.of(table) for table in ("zones", "units", "settings")):
            self._shown.rebuild()
        elif items or asked:
            self._shown.update(changes)
        self._marks.keep([i.id for i in self._marks.items if i.state in kanban.COLUMNS])

    def own(self, message: Committed) -> tuple[str, bool]:
        """What is said of one's own change, and whether it is a warning; the cursor is on the one it was about."""
        one = one_problem(message.changes)
        if one is not None:
            self._view.go_to(one.id)
        return told_of_items(message.changes, self._session.town)

    def closed(self, message: ClosedRead) -> None:
        """Closed items arrive after the first frame."""
        town = self._session.town
        town.load("items", message.items)
        town.complete = message.complete
        if message.complete:
            town.shelf = None
        if message.items:
            self._shown.rebuild()

    def anew(self) -> None:
        """The store was read anew."""
        self._failed = ""
        self._session.anew()
        items = self._session.town.items
        self._detail.forget(list(items))
        self._say_trouble()
        self._shown.rebuild()
        self._marks.keep(items)

    def kept(self, message: Refused) -> bool:
        """What could only not be saved stays in sight until it is; False where it is refused for good."""
        if message.kept:
            self.unsaved.waits(message)
            self._say_trouble()
        else:
            self.settled(message.ticket, refused=True)
        return message.kept

    def settled(self, ticket: int, *, refused: bool = False) -> None:
        """What was sent is saved, refused or given up."""
        self._marks.settled(ticket, refused=refused)
        if self.unsaved.settled(ticket):
            self._say_trouble()

    def failed(self, message: Failed) -> str:
        """The store can no longer be followed: why stays in sight until it can again."""
        self._failed = say(message.error) if message.error is not None else ""
        self._say_trouble()
        return self._failed

    def _say_trouble(self) -> None:
        self._shown.say_trouble(self._failed or self.unsaved.why)
