"""责任区: the zones and who answers for them."""

from typing import Any

from core.actions import Action, AddZone, AssignZone, EditZone
from core.facts import Facts
from core.model import Zone
from core.query import Term, written
from core.reading import read_number
from core.summary import ZoneTally, by_zone, in_tree
from tui import details, keys
from tui.display import shown
from tui.fields import Answers, Field, Form
from tui.i18n import _
from tui.screens.masters import MastersScreen, changed
from tui.texts import date_text, name_of

BAR = 8
"""Cells of the bar of the zone with the most items this month."""


def bar(count: int, most: int) -> str:
    """A count with a bar in proportion to the largest."""
    return f"{count:>2} {'=' * max(1, round(BAR * count / most))}" if count else ""


class ZonesScreen(MastersScreen):
    """责任区."""

    TABLE = "zones"
    NAME = "Zones"
    KEYS = keys.ZONES
    BINDINGS = keys.bindings(keys.ZONES)

    @property
    def _zone(self) -> Zone | None:
        return self.session.town.zones.get(self.cursor)

    def fill(self) -> None:
        """The tree: code, name, who leads, open, overdue, last look, this month as a bar."""
        town, today = self.session.town, self.session.moment.today
        counts = by_zone(town, today)
        most = max((tally.found for tally in counts.values()), default=0)
        rows = []
        for depth, zone in in_tree(town.zones):
            lead = town.lead_of(zone.id, today)
            tally = counts.get(zone.id, ZoneTally())
            name = zone.name if zone.active else _("{name} (retired)").format(name=zone.name)
            looked = tally.looked_on
            rows.append(
                (
                    zone.id,
                    (
                        shown(zone.code),
                        "  " * depth + shown(name),
                        shown(lead.name) if lead else "",
                        str(tally.open),
                        str(tally.overdue),
                        f"{looked:%m-%d}" if looked else "",
                        bar(tally.found, most),
                    ),
                )
            )
        self.rows.show(
            (
                name_of("code"),
                name_of("name"),
                name_of("lead_unit"),
                _("Open"),
                _("Overdue"),
                _("Looked"),
                _("This month"),
            ),
            (6, 0, 16, -7, -7, 6, BAR + 3),
            rows,
        )

    def paragraphs(self, key: int) -> details.Paragraphs:
        """Fields of a zone and who answered for it when."""
        town = self.session.town
        zone = town.zones[key]
        parent = town.zones.get(zone.parent or 0)
        values = {
            "kind": zone.kind,
            "scope": zone.scope,
            "parent": f"{parent.code} {parent.name}" if parent else "",
            "area": zone.area,
            "households": zone.households,
            "population": zone.population,
            "note": zone.note,
        }
        said: details.Paragraphs = [("head", shown(f"{zone.code} {zone.name}"))]
        said += [
            ("text", f"{name_of(name)}: {shown(str(value))}")
            for name, value in values.items()
            if value not in (None, "")
        ]
        held = sorted(
            (r for r in town.responsibilities.values() if r.zone == key and not r.empty),
            key=lambda r: r.since,
            reverse=True,
        )
        said += [
            (
                "text",
                shown(f"{town.units[r.unit].name} {date_text(r.since)} - {date_text(r.until)}"),
            )
            for r in held
        ]
        return said

    def _form(self, title: str, zone: Zone | None) -> Form:
        parents = self.forms.zones(zone.parent if zone else None)
        number = "" if zone is None else shown(zone.code)

        def text(name: str) -> str:
            value = getattr(zone, name) if zone else None
            return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)

        fields = [
            Field(key="code", label=name_of("code"), value=number, required=True),
            Field(key="name", label=name_of("name"), value=text("name"), required=True),
            Field(key="kind", label=name_of("kind"), value=text("kind")),
            Field(key="scope", label=name_of("scope"), value=text("scope")),
            Field(
                key="parent",
                label=name_of("parent"),
                choices=parents,
                value=self.forms.zone_name(zone.parent if zone else None),
            ),
            Field(key="area", label=name_of("area"), value=text("area")),
            Field(key="households", label=name_of("households"), value=text("households")),
            Field(key="population", label=name_of("population"), value=text("population")),
            Field(key="note", label=name_of("note"), value=text("note")),
        ]
        if zone is None:
            fields.insert(
                2, Field(key="lead", label=name_of("lead_unit"), choices=self.forms.units())
            )
        return Form(title, tuple(fields))

    def action_add(self) -> None:
        """A new zone, and who answers for it from today."""

        def make(answers: Answers) -> list[Action]:
            return [AddZone(fields=_zone_fields(answers), lead=answers["lead"])]

        self.ask(self._form(_("Add a zone"), None), make)

    def action_edit(self) -> None:
        """Changed attributes."""
        zone = self._zone
        if zone is not None:
            self.ask(
                self._form(_("Edit a zone"), zone),
                lambda a: (
                    [EditZone(zone=zone.id, fields=c)]
                    if (c := changed(zone, _zone_fields(a)))
                    else []
                ),
            )

    def chased(self) -> int | None:
        """The unit that answers for it."""
        lead = self.session.town.lead_of(self.cursor, self.session.moment.today)
        return lead.id if lead else None

    def action_walk(self) -> None:
        """A list to take along on a walk through the zone."""
        zone = self._zone
        if zone is None:
            return
        from core.walking import to_walk
        from store.papers.walk import walk_text
        from tui.screens.reading import ReadingScreen

        facts = Facts(self.session.town, self.session.moment.today)
        lead = self.session.town.lead_of(zone.id, facts.today)
        text = walk_text(zone, to_walk(zone.id, facts), facts, lead.name if lead else "")
        said = [("text", shown(line)) for line in text.split("\n")]
        self.app.push_screen(ReadingScreen(shown(f"{zone.code} {zone.name}"), said, text))

    def action_assign(self) -> None:
        """A unit answers for it from a day on; the history stays."""
        zone = self._zone
        if zone is None:
            return
        today = self.session.moment.today
        form = Form(
            _("Give the zone to a unit"),
            (
                Field(key="unit", label=name_of("unit"), choices=self.forms.units(), required=True),
                Field(key="since", label=name_of("since"), value=today.isoformat(), required=True),
            ),
        )
        forms = self.forms
        self.ask(
            form,
            lambda a: [
                AssignZone(
                    zone=zone.id, unit=a["unit"], since=forms.day(a["since"], "since") or today
                )
            ],
            shown(f"{zone.code} {zone.name}"),
        )

    def action_retire(self) -> None:
        """Out of use, or back in use."""
        zone = self._zone
        if zone is not None:
            self.submit([EditZone(zone=zone.id, fields={"active": not zone.active})])

    def action_choose(self) -> None:
        """Show its items on the board."""
        zone = self._zone
        if zone is not None:
            self.dismiss(written(Term("zone", zone.code)))


def _zone_fields(answers: Answers) -> dict[str, Any]:
    """Answers as attributes of a zone. Raises `RuleError("bad_number")`."""
    fields: dict[str, Any] = {
        name: answers[name] for name in ("code", "name", "kind", "scope", "note", "parent")
    }
    for name in ("area", "households", "population"):
        number = read_number(answers[name], name)
        fields[name] = number if name == "area" or number is None else int(number)
    return fields
