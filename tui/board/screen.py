"""The board: composed of its parts; turns keys into what they do, lets what was saved flow in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Resize

from core.day.kanban import Grouping
from tui.board.detail import Detail
from tui.board.going import Going
from tui.board.inflow import Inflow
from tui.board.marks import Marks
from tui.board.narrowing import Narrowing
from tui.board.shown import ColumnsShown
from tui.board.verbs import Verbs
from tui.board.widgets.board_view import BoardView
from tui.board.widgets.headings import ColumnStrip
from tui.frame import keys
from tui.frame.key_bar import KeyBar
from tui.frame.lines import Page, TitleBar
from tui.messages import ClosedRead, Committed, Failed, GivenUp, HistoryRead, Refused, Reloaded
from tui.places.around import around
from tui.places.place import Place
from tui.session.session import Session
from tui.words.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.actions.action import Action
    from core.model import Item

TURN = 20.0
"""Seconds between two looks at whether it is another day."""


class BoardScreen(Place[None]):
    """Where the day's work is done."""

    NAME = "Board"
    BINDINGS = keys.bindings(keys.BOARD)
    AUTO_FOCUS = ""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._title = TitleBar(id="title")
        self._strip = ColumnStrip()
        self.view = BoardView()
        self._bar = KeyBar()
        self.marks = Marks(session, self.view, lambda: self._shown.say_around())
        self.narrowing = Narrowing(self, self.view, self._narrowed)
        self.verbs = Verbs(self, self.marks)
        self._detail = Detail(Page(id="detail"), session, lambda: self.marks.current)
        self._shown = ColumnsShown(
            session, self._title, self.view, self._bar, self.marks, self.narrowing
        )
        self.going = Going(self, self.marks, self.narrowing)
        self.inflow = Inflow(session, self.view, self._shown, self.marks, self._detail)
        self._day = session.moment.today
        self._elsewhere = False
        """Whether another place is open over the board."""

    def compose(self) -> ComposeResult:
        """Title, board with details beside it, keys."""
        yield self._title
        yield self._strip
        with Horizontal(id="middle"):
            yield self.view
            yield self._detail.page
        yield self._bar

    def on_mount(self) -> None:
        """Show the town."""
        self._strip.display = False
        self._detail.page.can_focus = False
        self._shown.rebuild()
        self.set_interval(TURN, self._turn)

    def _turn(self) -> None:
        """A board left open overnight turns to the new day."""
        today = self.session.moment.today
        if today != self._day:
            self._day = today
            around(self).action_reword()

    # What its parts and the terminal tell

    def _narrowed(self) -> None:
        self.hush()
        self._shown.rebuild()
        self._detail.show()

    def on_board_view_arranged(self, event: BoardView.Arranged) -> None:
        """Name the other columns where only one is in sight, and those that are not in sight in the title."""
        event.stop()
        self._strip.display = self.view.is_single
        if self._strip.display:
            self._strip.show(self.view.strip)
        self._shown.arranged(strip=self._strip.display)

    def on_board_view_rested(self, event: BoardView.Rested) -> None:
        """Keys at once, details once the cursor rests."""
        self._shown.say_around()
        self._detail.rested()

    def on_board_view_opened(self, event: BoardView.Opened) -> None:
        """A second click opens."""
        self.action_detail()

    def on_resize(self, event: Resize) -> None:
        """Details beside the board only where there is room."""
        self._detail.place()

    def on_screen_suspend(self) -> None:
        """Something opened over the board: a place, or only a dialog."""
        self._elsewhere = isinstance(self.app.screen, Place)

    def on_screen_resume(self) -> None:
        """Back from another place: what is not in hand stands at its top again."""
        if self._elsewhere:
            self.view.rewind()
        self._elsewhere = False

    # What others and we ourselves saved

    def reworded(self) -> None:
        """Say everything again in another language."""
        self._shown.rebuild()
        self.view.reworded()
        self._bar.refresh()
        self._detail.page.show([])
        self._detail.show()

    def take_in(self, message: Committed) -> None:
        """Bring everything up to a transaction, and say what one's own has done."""
        self.inflow.saved(message.changes)
        self.going.taken_back(message.changes)
        text, warning = self.inflow.own(message) if message.own else ("", False)
        self.tell(text, warning=warning)
        self._detail.show()

    def take_closed(self, message: ClosedRead) -> None:
        """Closed items arrive after the first frame."""
        self.inflow.closed(message)

    def take_anew(self, message: Reloaded) -> None:
        """The store was read anew."""
        self.inflow.anew()

    def take_history(self, message: HistoryRead) -> None:
        """A history that was asked for."""
        if message.table == "items":
            self._detail.take(message.record, message.events)

    def refused(self, message: Refused) -> None:
        """Say why; what could only not be saved stays in sight until it is."""
        if not self.inflow.kept(message):
            super().refused(message)

    def settled(self, message: Committed) -> None:
        """What was sent is saved."""
        super().settled(message)
        self.inflow.settled(message.ticket)

    def given_up(self, message: GivenUp) -> None:
        """What could not be saved is not tried any more."""
        super().given_up(message)
        self.inflow.settled(message.ticket)

    def failed(self, message: Failed) -> None:
        """The store can no longer be followed: say so where it stays, until it can again."""
        self.tell(self.inflow.failed(message), warning=True)

    def submit(self, actions: Sequence[Action], seen: Sequence[Item] = ()) -> int:
        """Send actions; the marks are cleared, and come back where that is refused."""
        ticket = super().submit(actions, seen)
        self.marks.sent(ticket)
        return ticket

    # The cursor

    def action_move(self, across: int, down: int) -> None:
        """Move the cursor."""
        self.hush()
        self.view.move(across, down)

    def action_page(self, step: int) -> None:
        """Move by a screenful."""
        self.view.page(step)

    def action_edge(self, step: int) -> None:
        """Move to the first or last card."""
        self.view.edge(step)

    def action_detail(self) -> None:
        """Details beside the board or, where it is narrow, over it."""
        item = self.marks.current
        if item is not None:
            self._detail.toggle(item)

    # Marks and verbs

    def action_mark(self) -> None:
        """Mark the card and go on."""
        self.marks.toggle()

    def action_mark_range(self) -> None:
        """Mark from the last mark to here."""
        self.marks.reach()

    def action_mark_all(self) -> None:
        """Mark the column, or none of it."""
        self.marks.column()

    def action_mark_everything(self) -> None:
        """Mark everything in sight, or none of it."""
        self.marks.everything()

    def action_do(self, verb: str) -> None:
        """Ask for a verb on the marks or the card."""
        self.verbs.do(verb)

    def action_more(self) -> None:
        """Everything that may be done here, by name."""
        self.verbs.choose()

    def action_decide(self) -> None:
        """What was asked for about the marks or the card; where nothing was, everything that waits."""
        if not self.verbs.decide():
            self.narrowing.to_asked()

    def action_report(self) -> None:
        """登记: a line a problem, or a form with every field."""
        self.verbs.report()

    def action_pairs(self) -> None:
        """整改前后对比 of the marks, else of everything in sight, to a file."""
        from tui.papers.pairs import write_pairs

        write_pairs(self, self.marks.items or self.narrowing.in_sight)

    # What it is narrowed to, and how it is divided

    async def action_search(self) -> None:
        """Open the search line; what is typed behind the key goes into it."""
        from tui.board.search_line import SearchLine

        line = SearchLine(self.narrowing, self.session.town, self._bar)
        await self.mount(line, before=self._bar)
        self.set_focus(line)

    def action_view(self, key: int) -> None:
        """The saved view on a number key; 0 shows everything."""
        self.narrowing.to_view(key)

    def action_jump(self) -> None:
        """Go to a number, or to its last digits."""
        self.narrowing.by_number()

    def action_back(self) -> None:
        """Clear the marks; else the search, back to the place that led to it."""
        if self.marks.keys:
            self.marks.clear()
        elif self.narrowing.query:
            self.going.back()

    def action_group(self) -> None:
        """Divide the columns another way."""
        self._shown.regroup()

    def action_sort(self) -> None:
        """Put another thing first in every column."""
        self._shown.resort()

    def action_fold(self) -> None:
        """Fold the group under the cursor, or the column where there are no groups."""
        self.view.fold(group=self._shown.grouping != Grouping.NONE)

    def action_unfold(self) -> None:
        """Show every column and group again."""
        self.view.unfold()

    def action_open(self, name: str, year: str = "") -> None:
        """Go to a place, or to the list of a register, by its name, over a year where one is said."""
        self.going.open(name, year)

    def action_quit(self) -> None:
        """Leave: from a search back to where it came from first; with something not saved when asked twice."""
        warning = self.inflow.unsaved.warning()
        if warning:
            self.tell(warning, warning=True)
        elif self.narrowing.query:
            if not self.going.back():
                self.tell(_("Everything is shown; q again leaves."))
        else:
            self.app.exit()
