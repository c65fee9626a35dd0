"""今日: the morning's queues with their counts and first items; Enter shows one on the board."""

from collections.abc import Sequence

from textual.app import ComposeResult

from core.today import Queue, queues
from tui import keys
from tui.display import shown
from tui.i18n import _
from tui.messages import Committed
from tui.queue_text import first_of
from tui.screens.listing import Listing
from tui.texts import QUEUE_NAMES
from tui.widgets.key_bar import KeyBar
from tui.widgets.lines import RowList, TitleBar


class TodayScreen(Listing):
    """Returns the query of the queue that was chosen."""

    NAME = "Today"
    BINDINGS = keys.bindings(keys.TODAY)

    def compose(self) -> ComposeResult:
        """Title, queues, keys."""
        yield TitleBar(id="title")
        yield RowList()
        yield KeyBar()

    def reworded(self) -> None:
        """Say everything again."""
        today = self.session.moment.today
        office = shown(self.session.town.settings.office)
        self.query_one("#title", TitleBar).say(f"{office}  {_(self.NAME)}  {today.isoformat()}")
        self.query_one(KeyBar).show([key for key in keys.TODAY if key.bar])
        self.query_one(KeyBar).refresh()
        self._fill()

    def _fill(self) -> None:
        self._queues: Sequence[Queue] = [
            q for q in queues(self.session.town, self.session.moment.today) if q.items
        ]
        self.rows.show(
            (_("Queue"), _("Items"), _("First")),
            (22, -6, 0),
            [
                (at, (_(QUEUE_NAMES[q.code]), str(len(q.items)), first_of(q)))
                for at, q in enumerate(self._queues)
            ],
        )

    def take_in(self, message: Committed) -> None:
        """The board has brought the town up to it."""
        self._fill()

    def action_choose(self) -> None:
        """Show its items on the board."""
        at = self.rows.cursor
        if at is not None and self._queues:
            self.dismiss(self._queues[at].query)
