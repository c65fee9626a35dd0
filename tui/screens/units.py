"""责任单位: the units, their names and their zones."""

from typing import Any

from core.actions import AddUnit, EditUnit
from core.model import Unit
from core.query import Term, written
from core.summary import UnitTally, by_unit
from tui import details, keys
from tui.display import shown
from tui.fields import Answers, Field, Form, names
from tui.i18n import _
from tui.screens.masters import MastersScreen, changed
from tui.texts import name_of


class UnitsScreen(MastersScreen):
    """责任单位."""

    TABLE = "units"
    NAME = "Units"
    KEYS = keys.UNITS
    BINDINGS = keys.bindings(keys.UNITS)
    _TEXTS = ("name", "short", "kind", "group", "leader_post", "liaison_post", "phone")

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
                name_of("name"),
                name_of("aliases"),
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
        unit = town.units[key]
        said: details.Paragraphs = [("head", shown(unit.name))]
        said += [
            ("text", f"{name_of(name)}: {shown(getattr(unit, name))}")
            for name in self._TEXTS
            if name != "name" and getattr(unit, name)
        ]
        if unit.aliases:
            said.append(("text", f"{name_of('aliases')}: {shown('、'.join(unit.aliases))}"))
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

    def _form(self, title: str, unit: Unit | None) -> Form:
        fields = [
            Field(
                key=name,
                label=name_of(name),
                required=name == "name",
                value=getattr(unit, name) if unit else "",
            )
            for name in self._TEXTS
        ]
        fields.insert(
            2,
            Field(
                key="aliases",
                label=name_of("aliases"),
                hint=_("names, joined by 、"),
                value="、".join(unit.aliases) if unit else "",
            ),
        )
        return Form(title, tuple(fields))

    def _fields(self, answers: Answers) -> dict[str, Any]:
        return {
            **{name: answers[name] for name in self._TEXTS},
            "aliases": names(answers["aliases"]),
        }

    def action_add(self) -> None:
        """A new unit."""
        self.ask(self._form(_("Add a unit"), None), lambda a: [AddUnit(fields=self._fields(a))])

    def action_edit(self) -> None:
        """Changed attributes."""
        unit = self._unit
        if unit is not None:
            self.ask(
                self._form(_("Edit a unit"), unit),
                lambda a: (
                    [EditUnit(unit=unit.id, fields=c)]
                    if (c := changed(unit, self._fields(a)))
                    else []
                ),
            )

    def action_retire(self) -> None:
        """Out of use, or back in use."""
        unit = self._unit
        if unit is not None:
            self.submit([EditUnit(unit=unit.id, fields={"active": not unit.active})])

    def action_choose(self) -> None:
        """Show its items on the board."""
        unit = self._unit
        if unit is not None:
            self.dismiss(written(Term("lead", unit.name)))
