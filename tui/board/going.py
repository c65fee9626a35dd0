"""Going elsewhere from the board; what a place returns narrows it. Each is loaded when it is first gone to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from core.changes import Changes
from tui.board.marks import Marks
from tui.board.narrowing import Narrowing
from tui.places.place import Place
from tui.words.i18n import _

if TYPE_CHECKING:
    from tui.day.triage_text import Progress


class Going:
    """The ways from the board, by the names of the places."""

    def __init__(self, board: Place[Any], marks: Marks, narrowing: Narrowing) -> None:
        self._board = board
        self._session = board.session
        self._marks = marks
        self._narrowing = narrowing
        self._progress: Progress | None = None
        """Where one is in triage."""
        self._own: dict[str, Callable[[], None]] = {
            "triage": self._to_triage,
            "chase": self._to_chase,
            "papers": self._to_papers,
            "facets": self._to_facets,
            "incoming": self._to_incoming,
            "find_anywhere": self._to_words,
        }
        """Those that begin with something of the board."""

    def open(self, name: str, year: str = "") -> None:
        """Go to a place or to the list of a register by its name, over a year where one is said; what shows the whole
        town is closed to a liaison, which is said."""
        way = self._own.get(name)
        if way is not None:
            way()
            return
        from tui.places.destinations import is_of_liaisons

        if self._board.own_only and not is_of_liaisons(name):
            self._board.tell(_("That is for the office; a liaison sees what is their unit's."))
            return
        self.to(self._place(name, year))

    def _place(self, name: str, year: str) -> Place[str | None]:
        from core.calendar.periods import read_period
        from core.registers import REGISTERS
        from tui.places.screens import SCREENS, screen_of

        if name not in SCREENS:
            from tui.registers.screen import RegisterScreen

            return RegisterScreen(self._session, REGISTERS[name])
        over = (read_period(year, self._session.moment.today),) if year else ()
        place: Place[str | None] = screen_of(name)(self._session, *over)
        return place

    def to(self, place: Place[str | None]) -> None:
        """Open a place; from the search it led to one comes back to it as it was."""
        narrowing = self._narrowing
        self._board.app.push_screen(place, lambda query: narrowing.led_to(query, place.again()))

    def back(self) -> bool:
        """Leave the search, back to the place that led to it; whether there was one."""
        origin = self._narrowing.leave()
        if origin is not None:
            self.to(origin)
        return origin is not None

    def taken_back(self, changes: Changes) -> None:
        """Something was undone: triage has it to be dealt with again."""
        if self._progress is not None:
            self._progress.take_back(changes)

    # Places that begin with something of the board

    def _to_triage(self) -> None:
        """The day's queues, one item after another; the place in them is kept."""
        from tui.day.triage import TriageScreen
        from tui.day.triage_text import Progress

        self._progress = self._progress or Progress()
        self._board.app.push_screen(TriageScreen(self._session, self._progress))

    @property
    def _unit(self) -> int | None:
        """The unit that leads what is under the cursor."""
        item = self._marks.current
        return item.assignment.lead if item and item.assignment else None

    def _to_chase(self) -> None:
        """What each unit is to be reminded of, beginning with that of the card."""
        from tui.papers.chase import ChaseScreen

        self.to(ChaseScreen(self._session, self._unit))

    def _to_papers(self) -> None:
        """Papers: of the marks, or who is due for one, beginning with the unit of the card."""
        from tui.papers.papers import PapersScreen

        self._board.app.push_screen(PapersScreen(self._session, self._marks.items, self._unit))

    def _to_facets(self) -> None:
        """Saved views, and what can be narrowed to, each with its count."""
        from tui.registers.views import FacetsScreen

        screen = FacetsScreen(self._session, self._narrowing.query)
        self._board.app.push_screen(screen, self._narrowing.led_to)

    def _to_incoming(self) -> None:
        """A ledger on this server, row by row before it is saved."""
        from tui.ledger.bringing import ask_for_ledger

        if self._session.town.complete:
            ask_for_ledger(self._board)
            return
        self._session.read_all_closed()
        self._board.tell(_("Still reading what was closed; in a moment."), warning=True)

    def _to_words(self) -> None:
        """Whatever one knows a word of."""
        from tui.day.anywhere import ask_words

        ask_words(self._board, self.to)
