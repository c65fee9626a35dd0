"""The board: composes it, turns keys into actions, lets what was saved flow in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Resize

from core.changes import Changes
from core.day import kanban
from core.day.kanban import Column, Grouping, Sorting
from core.errors import RuleError
from core.model import Item, Request, State
from core.model.parts import problems_in, worked_on
from core.town.facts import Facts
from tui.board.board_view import BoardView
from tui.board.detail import Detail
from tui.board.drawn.around import fitting, late_said, offered, ordered
from tui.board.drawn.cards import Names
from tui.board.going import Going
from tui.board.headings import ColumnStrip
from tui.frame import keys
from tui.frame.key_bar import KeyBar
from tui.frame.lines import Page, TitleBar
from tui.messages import (
    ClosedRead,
    Committed,
    Failed,
    GivenUp,
    HistoryRead,
    Refused,
    Reloaded,
)
from tui.places.place import Place
from tui.session.session import Session
from tui.terminal.display import shown
from tui.words.i18n import _, ngettext
from tui.words.texts import say, verb_name

if TYPE_CHECKING:
    from core.finding.query import Keep
    from tui.day.triage_text import Progress

TURN = 20.0
"""Seconds between two looks at whether it is another day."""
WIDE = 110
"""Columns from which details stand beside the board."""


class BoardScreen(Going):
    """Where the day's work is done."""

    NAME = "Board"
    BINDINGS = keys.bindings(keys.BOARD)
    AUTO_FOCUS = ""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._grouping = Grouping.NONE
        self._sorting = Sorting.PRESSING
        self._day = session.moment.today
        self._unsaved: dict[int, str] = {}
        """Why what was sent is not saved yet, by its ticket."""
        self._leaving = False
        self._elsewhere = False
        """Whether another place is open over the board."""
        self._columns: list[Column] = []
        self._titled_for = 0
        """Width the title was said for."""
        self._trouble = ""
        self._progress: Progress | None = None
        """Where one is in triage."""

    def compose(self) -> ComposeResult:
        """Title, board with details beside it, keys."""
        yield TitleBar(id="title")
        yield ColumnStrip()
        with Horizontal(id="middle"):
            yield BoardView()
            yield Page(id="detail")
        yield KeyBar()

    def on_board_view_arranged(self, event: BoardView.Arranged) -> None:
        """Name the other columns where only one is in sight, and those that are not in sight in the title."""
        event.stop()
        strip = self.query_one(ColumnStrip)
        strip.display = self.view.is_single
        if strip.display:
            strip.show(self.view.strip)
        if self.app.size.width != self._titled_for or strip.display:
            self._titled_for = self.app.size.width
            self._say_title()

    def on_mount(self) -> None:
        """Show the town."""
        self.query_one(ColumnStrip).display = False
        self.query_one("#detail", Page).can_focus = False
        self._detail = Detail(self, self.session)
        self._rebuild()
        self.set_interval(TURN, self._turn)

    def on_screen_suspend(self) -> None:
        """Something opened over the board: a place, or only a dialog."""
        self._elsewhere = isinstance(self.app.screen, Place)

    def on_screen_resume(self) -> None:
        """Back from another place: what is not in hand stands at its top again."""
        if self._elsewhere:
            self.view.rewind()
        self._elsewhere = False

    def _turn(self) -> None:
        """A board left open overnight turns to the new day."""
        today = self.session.moment.today
        if today != self._day:
            self._day = today
            self.app.action_reword()  # type: ignore[attr-defined]

    # What is shown

    @property
    def _today(self) -> date:
        return self.session.moment.today

    @property
    def _facts(self) -> Facts:
        return Facts(self.session.town, self._today)

    def _rebuild(self) -> None:
        """Every column anew."""
        try:
            keep = self._compiled(self._query)
        except RuleError as error:
            self._query, keep = "", None
            self.tell(say(error), warning=True)
        self._columns = [self._column(state, keep) for state in kanban.COLUMNS]
        self._show()

    def _update_columns(self, changes: Changes) -> None:
        """Only the columns that an item has left, entered or changed in."""
        states = {
            kanban.stands_in(record.state)
            for change in changes.of("items")
            for record in (change.old, change.new)
            if isinstance(record, Item)
        } | {self.session.town.items[key].state for key in _asked_about(changes)}
        try:
            keep = self._compiled(self._query)
        except RuleError:  # a unit or zone the query names has been renamed
            self._rebuild()
            return
        self._columns = [
            self._column(column.state, keep) if column.state in states else column
            for column in self._columns
        ]
        self._show()

    def _column(self, state: State, keep: Keep | None) -> Column:
        facts, left = self._facts, self._everywhere
        return kanban.column(facts, state, self._grouping, keep, self._sorting, left=left)

    def _show(self) -> None:
        names = Names.of(self.session.town, zones=self._grouping != Grouping.ZONE)
        self.view.show(self._columns, names, self._facts)
        self._say_title()
        self._say_keys()

    def _say_title(self) -> None:
        trouble = self._trouble or next(iter(self._unsaved.values()), "")
        if trouble:
            self.query_one("#title", TitleBar).say(trouble)
            return
        right = [late_said(self._columns), *self.view.out_of_sight]
        if self._marks:
            right.insert(0, _("marked {count}").format(count=len(self._marks)))
        left = [
            shown(self.session.town.settings.office),
            shown(self.view_name or self._query) or _("all"),
            *self._cases(),
            *ordered(self._grouping, self._sorting),
        ]
        login = shown(self.session.actor.login)
        self.query_one("#title", TitleBar).say(*fitting(left, right, login, self.app.size.width))

    def _say_keys(self) -> None:
        """The keys that do something for what is under the cursor."""
        self.query_one(KeyBar).show(offered(self._targets(), self.session.actor))

    def reworded(self) -> None:
        """Say everything again in another language."""
        self._rebuild()
        self.view.reworded()
        self.query_one(KeyBar).refresh()
        self._detail.page.show([])
        self._detail.show()

    # What others and we ourselves saved

    def take_in(self, message: Committed) -> None:
        """Bring columns and details up to a transaction, touching only what it names."""
        changes = message.changes
        town = self.session.town
        town.apply(changes)
        items = changes.of("items")
        asked = _asked_about(changes)
        self._detail.forget([*(change.id for change in items), *asked])
        if changes.of("zones") or changes.of("units") or changes.of("settings"):
            self._rebuild()
        elif items or asked:
            self._update_columns(changes)
        gone = {key for key in self._marks if town.items[key].state not in kanban.COLUMNS}
        if gone:
            self._set_marks(self._marks - gone)
        if message.own:
            self._tell_saved(changes)
        self._detail.show()

    def _tell_saved(self, changes: Changes) -> None:
        items = worked_on(c.new for c in changes.of("items") if isinstance(c.new, Item))
        asked = _asked_about(changes)
        what = verb_name(changes.op)
        if asked and not items:
            waits = any(self.session.town.pending(key) for key in asked)
            text = _("{verb}: waits for approval") if waits else _("{verb}: done")
            self.tell(text.format(verb=what))
            return
        if not items:
            return  # `bring` names what it was
        from tui.words.history import provisional_texts

        doubts, count = provisional_texts(changes), problems_in(items)
        if doubts:
            self.tell(doubts[0], warning=True)
        elif count == 1:
            label = shown(items[0].label if len(items) == 1 else items[0].whole)
            self.tell(_("{verb}: {number}").format(verb=what, number=label))
        else:
            text = ngettext("{verb}: {count} item", "{verb}: {count} items", count)
            self.tell(text.format(verb=what, count=count))
        if changes.op == "assign" and not doubts:
            self.tell(_("Assigned. Q has the assignment list."))
        if count == 1:
            self.view.go_to(items[0].id)

    def take_closed(self, message: ClosedRead) -> None:
        """Closed items arrive after the first frame."""
        town = self.session.town
        town.load("items", message.items)
        town.complete = message.complete
        if message.complete:
            town.shelf = None
        if message.items:
            self._rebuild()

    def take_anew(self, message: Reloaded) -> None:
        """The store was read anew."""
        self._trouble = ""
        self.session.anew()
        items = self.session.town.items
        self._detail.forget(list(items))
        self._rebuild()
        self._set_marks(frozenset(key for key in self._marks if key in items))

    def take_history(self, message: HistoryRead) -> None:
        """A history that was asked for."""
        if message.table == "items":
            self._detail.take(message.record, message.events)

    def refused(self, message: Refused) -> None:
        """Say why; what could only not be saved stays in sight until it is."""
        if message.kept:
            why = _("Not saved yet, trying again (u gives it up): {why}")
            self._unsaved[message.ticket] = why.format(why=say(message.error))
            self._say_title()
        else:
            self._saved_at_last(message.ticket)
            super().refused(message)

    def settled(self, message: Committed) -> None:
        """What was sent is saved."""
        super().settled(message)
        self._saved_at_last(message.ticket)

    def _saved_at_last(self, ticket: int) -> None:
        if self._unsaved.pop(ticket, None) is not None:
            self._leaving = False
            self._say_title()

    def given_up(self, message: GivenUp) -> None:
        """What could not be saved is not tried any more."""
        super().given_up(message)
        self._saved_at_last(message.ticket)

    def failed(self, message: Failed) -> None:
        """The store can no longer be followed: say so where it stays."""
        self._trouble = say(message.error)
        self._say_title()
        self.tell(self._trouble, warning=True)

    def marked(self) -> None:
        """The marks have changed."""
        self._say_title()
        self._say_keys()

    def narrowed(self) -> None:
        """The query has changed."""
        self._rebuild()
        self._detail.show()

    # The cursor and its details

    def on_board_view_rested(self, event: BoardView.Rested) -> None:
        """Keys at once, details once the cursor rests."""
        self._say_keys()
        self._say_title()
        self._detail.rested()

    def on_board_view_opened(self, event: BoardView.Opened) -> None:
        """A second click opens."""
        self.action_detail()

    def on_resize(self, event: Resize) -> None:
        """Details beside the board only where there is room."""
        self._detail.place(beside=self._beside)

    @property
    def _beside(self) -> bool:
        return self.app.size.width >= WIDE

    def action_detail(self) -> None:
        """Details beside the board or, where it is narrow, over it."""
        item = self.current
        if item is not None:
            self._detail.toggle(item, beside=self._beside)

    # Moving

    def action_move(self, across: int, down: int) -> None:
        """Move the cursor."""
        self.query_one(KeyBar).hush()
        self.view.move(across, down)

    def action_page(self, step: int) -> None:
        """Move by a screenful."""
        self.view.page(step)

    def action_edge(self, step: int) -> None:
        """Move to the first or last card."""
        self.view.edge(step)

    def action_back(self) -> None:
        """Clear the marks; else the search."""
        if self._marks:
            self._set_marks(frozenset())
        elif self._query:
            self.leave_search()

    def action_group(self) -> None:
        """Divide the columns another way."""
        every = list(Grouping)
        self._grouping = every[(every.index(self._grouping) + 1) % len(every)]
        self.view.unfold_groups()
        self._rebuild()

    def action_sort(self) -> None:
        """Put another thing first in every column."""
        every = list(Sorting)
        self._sorting = every[(every.index(self._sorting) + 1) % len(every)]
        self._rebuild()
        if self._sorting == Sorting.PRESSING:
            self.tell(_("What presses most first."))

    def action_fold(self) -> None:
        """Fold the group under the cursor, or the column where there are no groups."""
        self.view.fold(group=self._grouping != Grouping.NONE)

    def action_unfold(self) -> None:
        """Show every column and group again."""
        self.view.unfold()

    def action_quit(self) -> None:
        """Leave: from a search back to everything first; with something not saved when asked twice."""
        if self._unsaved and not self._leaving:
            self._leaving = True
            count = len(self._unsaved)
            text = ngettext(
                "{count} change is not saved; q again leaves without it.",
                "{count} changes are not saved; q again leaves without them.",
                count,
            )
            self.tell(text.format(count=count), warning=True)
        elif self._query:
            self.filter_by("")
            self.tell(_("Everything is shown; q again leaves."))
        else:
            self.app.exit()

    # Other places

    def action_triage(self) -> None:
        """The day's queues, one item after another; the place in them is kept."""
        from tui.day.triage import TriageScreen
        from tui.day.triage_text import Progress

        if self._progress is None:
            self._progress = Progress()
        self.app.push_screen(TriageScreen(self.session, self._progress))

    def action_chase(self) -> None:
        """What each unit is to be reminded of, beginning with that of the card."""
        from tui.papers.chase import ChaseScreen

        item = self.current
        unit = item.assignment.lead if item and item.assignment else None
        self.app.push_screen(ChaseScreen(self.session, unit), self._chosen)

    def action_papers(self) -> None:
        """Papers: of the marks, or who is due for one, beginning with the unit of the card."""
        from tui.papers.papers import PapersScreen

        item = self.current
        unit = item.assignment.lead if item and item.assignment else None
        marked = self._targets() if self._marks else ()
        self.app.push_screen(PapersScreen(self.session, marked, unit))


def _asked_about(changes: Changes) -> set[int]:
    """The items that requests of a transaction are about; appeals against points are about none."""
    requests = (c.new for c in changes.of("requests") if isinstance(c.new, Request))
    return {request.item for request in requests if request.item}
