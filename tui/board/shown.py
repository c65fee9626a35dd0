"""What the board shows: the columns, the title over them, the keys below."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

from core.changes import Changes
from core.day import kanban
from core.day.kanban import Column, Grouping, Sorting
from core.errors import RuleError
from core.model import Item, State
from core.town.facts import Facts
from tui.board.drawn.cards import Names
from tui.board.drawn.margins import fitting, late_said, offered, ordered
from tui.board.marks import Marks
from tui.board.narrowing import Narrowing
from tui.board.widgets.board_view import BoardView
from tui.frame.key_bar import KeyBar
from tui.frame.lines import TitleBar
from tui.session.session import Session
from tui.terminal.display import shown
from tui.words.i18n import _
from tui.words.texts import say

if TYPE_CHECKING:
    from core.finding.query import Keep

T = TypeVar("T")


class ColumnsShown:
    """Brings what stands on the screen up to the town, touching only what has changed."""

    def __init__(
        self,
        session: Session,
        title: TitleBar,
        view: BoardView,
        bar: KeyBar,
        marks: Marks,
        narrowing: Narrowing,
    ) -> None:
        self._session = session
        self._title = title
        self._view = view
        self._bar = bar
        self._marks = marks
        self._narrowing = narrowing
        self._columns: list[Column] = []
        self._titled_for = 0
        """Width the title was said for."""
        self.grouping = Grouping.NONE
        self.sorting = Sorting.PRESSING
        self._trouble = ""
        """What stands in the title instead, until it is over."""

    @property
    def _facts(self) -> Facts:
        return Facts(self._session.town, self._session.moment.today)

    # Columns

    def rebuild(self) -> None:
        """Every column anew; a query that is no longer understood is given up, and that is said."""
        try:
            keep = self._narrowing.keep()
        except RuleError as error:
            self._narrowing.give_up()
            keep = None
            self._bar.say(say(error), warning=True)
        self._columns = [self._column(state, keep) for state in kanban.COLUMNS]
        self._show()

    def update(self, changes: Changes) -> None:
        """Only the columns that an item has left, entered or changed in."""
        items = self._session.town.items
        records = (record for c in changes.of("items") for record in (c.old, c.new))
        states = {kanban.stands_in(record.state) for record in records if isinstance(record, Item)}
        states |= {items[key].state for key in changes.asked_about}
        try:
            keep = self._narrowing.keep()
        except RuleError:  # a unit or zone the query names has been renamed
            self.rebuild()
            return
        self._columns = [
            self._column(column.state, keep) if column.state in states else column
            for column in self._columns
        ]
        self._show()

    def _column(self, state: State, keep: Keep | None) -> Column:
        left = self._narrowing.everywhere
        return kanban.column(self._facts, state, self.grouping, keep, self.sorting, left=left)

    def _show(self) -> None:
        names = Names.of(self._session.town, zones=self.grouping != Grouping.ZONE)
        self._view.show(self._columns, names, self._facts)
        self.say_around()

    def regroup(self) -> None:
        """Divide the columns the next way."""
        self.grouping = _next(Grouping, self.grouping)
        self._view.unfold_groups()
        self.rebuild()

    def resort(self) -> None:
        """Put the next thing first in every column."""
        self.sorting = _next(Sorting, self.sorting)
        self.rebuild()
        if self.sorting == Sorting.PRESSING:
            self._bar.say(_("What presses most first."))

    # Around them

    def say_around(self) -> None:
        """Title and keys, of what is under the cursor now."""
        self.say_title()
        self._bar.show(offered(self._marks.targets, self._session.actor))

    def arranged(self, *, strip: bool) -> None:
        """Other columns are in sight: the title again where that makes it another one."""
        width = self._view.app.size.width
        if width != self._titled_for or strip:
            self._titled_for = width
            self.say_title()

    def say_trouble(self, text: str) -> None:
        """What stands in the title instead, until it is over; nothing for none."""
        self._trouble = text
        self.say_title()

    def say_title(self) -> None:
        """What one is looking at, how it is ordered, what is late, marked or out of sight."""
        if self._trouble:
            self._title.say(self._trouble)
            return
        right = [late_said(self._columns), *self._view.out_of_sight]
        if self._marks.keys:
            right.insert(0, _("marked {count}").format(count=len(self._marks.keys)))
        left = [
            shown(self._session.town.settings.office),
            shown(self._narrowing.name) or _("all"),
            *self._narrowing.cases(),
            *ordered(self.grouping, self.sorting),
        ]
        login = shown(self._session.actor.login)
        self._title.say(*fitting(left, right, login, self._view.app.size.width))


def _next(kinds: Iterable[T], kind: T) -> T:
    every = list(kinds)
    return every[(every.index(kind) + 1) % len(every)]
