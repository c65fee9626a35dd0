"""What zones and units share: a list, what belongs to the row under the cursor, changes to it."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Resize

from core.model import Event
from tui.frame import details
from tui.frame.key_bar import KeyBar
from tui.frame.lines import Page, RowList, TitleBar
from tui.messages import Committed, HistoryRead
from tui.places.listing import Listing
from tui.session import Session
from tui.terminal.display import shown
from tui.words.history import Historian
from tui.words.i18n import _

WIDE = 110
"""Columns from which details get more room."""


class MastersScreen(Listing):
    """Returns a query for the board where a row was chosen."""

    TABLE = ""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._events: dict[int, Sequence[Event]] = {}

    def compose(self) -> ComposeResult:
        """Title, list with details beside it, keys."""
        yield TitleBar(id="title")
        with Horizontal(id="middle"):
            yield RowList()
            yield Page(id="detail")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the town."""
        self.query_one("#detail", Page).can_focus = False
        if not self.session.town.complete:  # what is counted here goes back to the new year
            self.session.read_all_closed()
        super().on_mount()

    def on_resize(self, event: Resize) -> None:
        """More room for details where there is some."""
        self.set_class(event.size.width >= WIDE, "-wide")

    def chased(self) -> int | None:
        """The unit to be reminded, of the row under the cursor."""
        return None

    def action_chase(self) -> None:
        """The messages that remind units, beginning with this one."""
        from tui.papers.chase import ChaseScreen

        def chosen(query: str | None) -> None:
            if query is not None:
                self.dismiss(query)

        self.app.push_screen(ChaseScreen(self.session, self.chased()), chosen)

    def paragraphs(self, key: int) -> details.Paragraphs:
        """What is said beside the list."""
        return []

    @property
    def cursor(self) -> int:
        """Id of the row under the cursor; 0 where there is none."""
        return self.rows.cursor or 0

    def take_in(self, message: Committed) -> None:
        """Show what was saved; the board has brought the town up to it."""
        self._events.clear()
        self.fill()
        if message.own:
            self.tell_named(message.changes, self.TABLE)

    def take_history(self, message: HistoryRead) -> None:
        """A history that was asked for."""
        if message.table == self.TABLE:
            self._events[message.record] = message.events
            self._show_detail()

    def on_row_list_rested(self, event: RowList.Rested) -> None:
        """Details follow the cursor."""
        self._show_detail()

    def _show_detail(self) -> None:
        key = self.cursor
        if not key:
            self.query_one("#detail", Page).show([])
            return
        paragraphs = self.paragraphs(key)
        events = self._events.get(key)
        if events is None:
            self.session.ask_history(self.TABLE, key)
        else:
            historian = Historian(self.session.town)
            paragraphs.append(("head", _("History")))
            paragraphs += [("text", shown(historian.line(e))) for e in reversed(events)]
        self.query_one("#detail", Page).show(paragraphs)
