"""Going from the board to places that return a query for it; each is loaded when it is first gone to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.board.searching import Searching
from tui.places.destinations import is_of_liaisons
from tui.places.place import Place
from tui.words.i18n import _

if TYPE_CHECKING:
    from tui.verbs.fields import Answers


class Going(Searching):
    """A board from which one goes elsewhere."""

    _origin: tuple[str, Place[str | None] | None] = ("", None)
    """The search a place has led to, and the place to go back to."""

    def action_zones(self) -> None:
        """The zones."""
        from tui.registers.zones import ZonesScreen

        self.go_to(ZonesScreen(self.session), "zones")

    def action_units(self) -> None:
        """The units."""
        from tui.registers.units import UnitsScreen

        self.go_to(UnitsScreen(self.session), "units")

    def action_today(self) -> None:
        """The morning's queues."""
        from tui.day.today import TodayScreen

        self.go_to(TodayScreen(self.session), "today")

    def action_register(self, table: str) -> None:
        """A register without a list of its own."""
        from core.registers import REGISTERS
        from tui.registers.screen import RegisterScreen

        self.go_to(RegisterScreen(self.session, REGISTERS[table]), "register")

    def action_rounds(self) -> None:
        """The year's inspections."""
        from tui.rounds.rounds import RoundsScreen

        self.go_to(RoundsScreen(self.session), "rounds")

    def action_statistics(self) -> None:
        """The figures of a month."""
        from tui.rounds.statistics import StatisticsScreen

        self.go_to(StatisticsScreen(self.session), "statistics")

    def action_overview(self) -> None:
        """Zones by categories, and the last months."""
        from tui.rounds.overview import OverviewScreen

        self.go_to(OverviewScreen(self.session), "overview")

    def action_circulars(self) -> None:
        """Appraisal circulars."""
        from tui.rounds.circulars import CircularsScreen

        self.go_to(CircularsScreen(self.session), "circulars")

    def action_year(self, name: str, year: str = "") -> None:
        """A place of the year by its name, over a year where one is said; the hub where it is named so."""
        from core.calendar.periods import read_period
        from tui.year.opening import place_of

        today = self.session.moment.today
        over = (read_period(year, today),) if year else ()
        self.go_to(place_of(name)(self.session, *over), name)

    def action_find_anywhere(self) -> None:
        """Whatever one knows a word of."""
        from tui.day.anywhere import FoundScreen
        from tui.verbs.fields import Field, Form
        from tui.verbs.screen import FormScreen

        field = Field(key="words", label=_("Words"), required=True)

        def answered(answers: Answers | None) -> None:
            if answers is not None:
                self.go_to(FoundScreen(self.session, answers["words"].split()))

        if not self.session.town.complete:
            self.session.read_all_closed()
        form = Form(_("Find anywhere: problems, papers, shops, the log"), (field,))
        self.app.push_screen(FormScreen(form, ""), answered)

    def go_to(self, place: Place[str | None], name: str = "") -> None:
        """Open a place; what it returns narrows the board. One that shows the whole town is named and closed to a
        liaison."""
        if name and self.own_only and not is_of_liaisons(name):
            self.tell(_("That is for the office; a liaison sees what is their unit's."))
            return
        self.app.push_screen(place, lambda query: self._chosen(query, place.again()))

    def _chosen(self, query: str | None, again: Place[str | None] | None = None) -> None:
        if query is not None:
            self.filter_by(query)
            self._origin = (query, again)

    def leave_search(self) -> None:
        """Show everything again; or the place, as it was, whose number led to the search."""
        query, again = self._origin
        here, self._origin = self._query, ("", None)
        self.filter_by("")
        if again is not None and query == here:
            self.go_to(again)
