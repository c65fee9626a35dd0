"""责任单位: the units, their names and their zones."""

from core.day.tallies import UnitTally, by_unit
from core.finding.terms import Term, written
from core.model import Unit
from core.registers.units import UNITS
from tui.frame import details, keys
from tui.registers.screen import RegisterScreen
from tui.session.session import Session
from tui.terminal.display import shown
from tui.words.i18n import _
from tui.words.texts import name_of


class UnitsScreen(RegisterScreen):
    """责任单位."""

    NAME = "Units"
    KEYS = keys.UNITS
    BINDINGS = keys.bindings(keys.UNITS)

    def __init__(self, session: Session) -> None:
        super().__init__(session, UNITS)

    @property
    def _unit(self) -> Unit | None:
        return self.session.town.units.get(self.cursor)

    def fill(self) -> None:
        """Name, aliases, open, overdue, highest level, timeliness this year; retired ones last."""
        town = self.session.town
        self._tallies = by_unit(town, self.session.moment.today)
        rows = []
        for unit in sorted(town.units.values(), key=lambda u: (not u.active, u.id)):
            tally = self._tallies.get(unit.id, UnitTally())
            name = unit.name if unit.active else _("{name} (retired)").format(name=unit.name)
            rows.append(
                (
                    unit.id,
                    (
                        shown(name),
                        shown("、".join(unit.aliases)),
                        str(tally.open),
                        str(tally.overdue),
                        str(tally.level or ""),
                        shown(tally.rate.percent),
                    ),
                )
            )
        self.rows.show(
            (
                self.label("name"),
                self.label("aliases"),
                _("Open"),
                _("Overdue"),
                name_of("level"),
                _("In time"),
            ),
            (18, 0, -7, -7, -8, -8),
            rows,
        )

    def paragraphs(self, key: int) -> details.Paragraphs:
        """Fields of a unit and the zones it answers for."""
        town, today = self.session.town, self.session.moment.today
        said = super().paragraphs(key)
        tally = self._tallies.get(key, UnitTally())
        rate = _("Closed in time this year: {share}").format(share=shown(str(tally.rate)))
        said.append(("text", rate))
        zones = [
            town.zones[r.zone]
            for r in town.responsibilities.values()
            if r.unit == key and r.holds(today)
        ]
        said += [("text", shown(f"{z.code} {z.name}")) for z in zones]
        return said

    def chased(self) -> int | None:
        """The unit itself."""
        return self.cursor or None

    def action_choose(self) -> None:
        """Show its items on the board."""
        unit = self._unit
        if unit is not None:
            self.dismiss(written(Term("lead", unit.name)))
