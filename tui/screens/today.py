"""今日: the morning's queues with their counts and first items; Enter shows one on the board."""

from collections.abc import Sequence

from textual.app import ComposeResult

from core.today import Queue, queues
from tui import keys
from tui.display import shown
from tui.i18n import _
from tui.messages import Committed
from tui.queue_text import first_of
from tui.screens.place import Place
from tui.texts import QUEUE_NAMES
from tui.widgets.key_bar import KeyBar
from tui.widgets.lines import RowList, TitleBar


class TodayScreen(Place[str | None]):
    """Returns the query of the queue that was chosen."""

    NAME = "Today"
    CSS_PATH = "../styles/masters.tcss"
    BINDINGS = keys.bindings(keys.TODAY)

    def compose(self) -> ComposeResult:
        """Title, queues, keys."""
        yield TitleBar(id="title")
        yield RowList()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the day."""
        self.reworded()
        self.query_one(RowList).focus()

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
        self.query_one(RowList).show(
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
        at = self.query_one(RowList).cursor
        if at is not None and self._queues:
            self.dismiss(self._queues[at].query)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """A second click chooses."""
        self.action_choose()

    def action_move(self, step: int) -> None:
        """Move by rows."""
        self.query_one(KeyBar).hush()
        self.query_one(RowList).move(step)

    def action_page(self, step: int) -> None:
        """Move by screenfuls."""
        self.query_one(RowList).page(step)

    def action_edge(self, step: int) -> None:
        """Move to the first or the last row."""
        self.query_one(RowList).move(step * 1_000_000)

    def action_leave(self) -> None:
        """Back to the board."""
        self.dismiss(None)
