"""Going from the board to places that return a query for it; each is loaded when it is first gone to."""

from __future__ import annotations

from tui.board.searching import Searching


class Going(Searching):
    """A board from which one goes elsewhere."""

    def action_zones(self) -> None:
        """The zones."""
        from tui.registers.zones import ZonesScreen

        self.app.push_screen(ZonesScreen(self.session), self._chosen)

    def action_units(self) -> None:
        """The units."""
        from tui.registers.units import UnitsScreen

        self.app.push_screen(UnitsScreen(self.session), self._chosen)

    def action_today(self) -> None:
        """The morning's queues."""
        from tui.day.today import TodayScreen

        self.app.push_screen(TodayScreen(self.session), self._chosen)

    def action_register(self, table: str) -> None:
        """A register without a list of its own."""
        from core.registers import REGISTERS
        from tui.registers.screen import RegisterScreen

        self.app.push_screen(RegisterScreen(self.session, REGISTERS[table]), self._chosen)

    def action_rounds(self) -> None:
        """The year's inspections."""
        from tui.rounds.rounds import RoundsScreen

        self.app.push_screen(RoundsScreen(self.session), self._chosen)

    def action_statistics(self) -> None:
        """The figures of a month."""
        from tui.rounds.statistics import StatisticsScreen

        self.app.push_screen(StatisticsScreen(self.session), self._chosen)

    def action_overview(self) -> None:
        """Zones by categories, and the last months."""
        from tui.rounds.overview import OverviewScreen

        self.app.push_screen(OverviewScreen(self.session), self._chosen)

    def action_circulars(self) -> None:
        """Appraisal circulars."""
        from tui.rounds.circulars import CircularsScreen

        self.app.push_screen(CircularsScreen(self.session), self._chosen)

    def _chosen(self, query: str | None) -> None:
        if query is not None:
            self.filter_by(query)
