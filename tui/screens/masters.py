"""Zones and units: a list, what belongs to the row under the cursor, and how to change it."""

from collections.abc import Callable, Sequence
from typing import Any

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Resize
from textual.screen import Screen

from core.actions import Action, AddUnit, AddZone, AssignZone, EditUnit, EditZone, Wish
from core.errors import RuleError
from core.model import Event, Unit, Zone
from core.summary import Tally, by_unit, by_zone
from tui import details, keys
from tui.display import shown
from tui.forms import Answers, Field, Form, Forms, names
from tui.history import Historian
from tui.i18n import _
from tui.messages import Committed, HistoryRead
from tui.screens.form import FormScreen
from tui.screens.reading import ReadingScreen
from tui.session import Session
from tui.texts import date_text, name_of, say
from tui.widgets.key_bar import KeyBar
from tui.widgets.lines import Page, RowList, TitleBar

WIDE = 110
"""Columns from which details get more room."""


class MastersScreen(Screen[str | None]):
    """What the two places share; returns a query for the board where one was chosen."""

    TABLE = ""
    PLACE = ""
    KEYS: tuple[keys.Key, ...] = ()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
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
        self.reworded()
        self.query_one(RowList).focus()

    def on_resize(self, event: Resize) -> None:
        """More room for details where there is some."""
        self.set_class(event.size.width >= WIDE, "-wide")

    def reworded(self) -> None:
        """Say everything again."""
        self.query_one("#title", TitleBar).say(
            f"{shown(self._session.town.settings.office)}  {_(self.PLACE)}"
        )
        self.query_one(KeyBar).show([])
        self.query_one(KeyBar).show([key for key in self.KEYS if key.bar])
        self.fill()

    def fill(self) -> None:
        """Show every row."""

    def paragraphs(self, key: int) -> details.Paragraphs:
        """What is said beside the list."""
        return []

    def take_in(self, message: Committed) -> None:
        """Show what was saved; the board has brought the town up to it."""
        self._events.clear()
        self.fill()

    def tell(self, text: str, *, warning: bool = False) -> None:
        """A sentence in the last line."""
        self.query_one(KeyBar).say(text, warning=warning)

    def take_history(self, message: HistoryRead) -> None:
        """A history that was asked for."""
        if message.table == self.TABLE:
            self._events[message.record] = message.events
            self._show_detail()

    def on_row_list_rested(self, event: RowList.Rested) -> None:
        """Details follow the cursor."""
        self._show_detail()

    def _show_detail(self) -> None:
        key = self.query_one(RowList).cursor
        if key is None:
            self.query_one("#detail", Page).show([])
            return
        paragraphs = self.paragraphs(key)
        events = self._events.get(key)
        if events is None:
            self._session.ask_history(self.TABLE, key)
        else:
            historian = Historian(self._session.town)
            paragraphs.append(("head", _("History")))
            paragraphs += [("text", shown(historian.line(e))) for e in reversed(events)]
        self.query_one("#detail", Page).show(paragraphs)

    @property
    def forms(self) -> Forms:
        """Forms of the town as it is now."""
        return Forms(self._session.town, self._session.actor, self._session.moment)

    @work
    async def ask(
        self, form: Form, make: Callable[[Answers], Sequence[Action]], about: str = ""
    ) -> None:
        """Show a form until it is right or given up, then ask for what it makes."""
        problem = ""
        while True:
            answers: dict[str, Any] | None = await self.app.push_screen_wait(
                FormScreen(form, about, problem)
            )
            if answers is None:
                return
            try:
                actions = make(answers)
            except RuleError as error:
                problem = say(error)
                form = form.with_answers(answers)
                continue
            if actions:
                self._session.submit([Wish(action) for action in actions])
            return

    def action_move(self, step: int) -> None:
        """Move by rows."""
        self.query_one(KeyBar).hush()
        self.query_one(RowList).move(step)

    def action_page(self, step: int) -> None:
        """Move by screenfuls."""
        self.query_one(RowList).page(step)

    def action_undo(self) -> None:
        """Take back one's own last change."""
        self._session.undo()

    def action_language(self) -> None:
        """中文 / English."""
        self.app.action_language()  # type: ignore[attr-defined]

    def action_help(self) -> None:
        """The keys of this place."""
        self.app.push_screen(ReadingScreen(_("Help"), details.of_help(self.PLACE)))

    def action_leave(self) -> None:
        """Back to the board."""
        self.dismiss(None)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """A second click chooses."""
        self.action_choose()

    def action_choose(self) -> None:
        """Show its items on the board."""


class ZonesScreen(MastersScreen):
    """责任区."""

    TABLE = "zones"
    PLACE = "Zones"
    KEYS = keys.ZONES
    BINDINGS = keys.bindings(keys.ZONES)

    @property
    def _zone(self) -> Zone | None:
        key = self.query_one(RowList).cursor
        return self._session.town.zones.get(key or 0)

    def fill(self) -> None:
        """Code, name, who leads, open, overdue; retired ones last."""
        town, today = self._session.town, self._session.moment.today
        counts = by_zone(town, today)
        rows = []
        for zone in sorted(town.zones.values(), key=lambda z: (not z.active, z.code)):
            lead = town.lead_of(zone.id, today)
            tally = counts.get(zone.id, Tally())
            name = zone.name if zone.active else _("{name} (retired)").format(name=zone.name)
            rows.append(
                (
                    zone.id,
                    (
                        shown(zone.code),
                        shown(name),
                        shown(lead.name) if lead else "",
                        str(tally.open),
                        str(tally.overdue),
                    ),
                )
            )
        self.query_one(RowList).show(
            (name_of("code"), name_of("name"), name_of("lead_unit"), _("Open"), _("Overdue")),
            (5, 0, 16, -6, -6),
            rows,
        )

    def paragraphs(self, key: int) -> details.Paragraphs:
        """Fields of a zone and who answered for it when."""
        town = self._session.town
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
            (r for r in town.responsibilities.values() if r.zone == key),
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
            fields = _zone_fields(answers)
            actions: list[Action] = [AddZone(fields=fields)]
            if answers["lead"] is not None:
                actions.append(
                    AssignZone(
                        zone=self._session.town.next_ids["zones"],
                        unit=answers["lead"],
                        since=self._session.moment.today,
                    )
                )
            return actions

        self.ask(self._form(_("Add a zone"), None), make)

    def action_edit(self) -> None:
        """Changed attributes."""
        zone = self._zone
        if zone is not None:
            self.ask(
                self._form(_("Edit a zone"), zone),
                lambda a: [EditZone(zone=zone.id, fields=_zone_fields(a))],
            )

    def action_assign(self) -> None:
        """A unit answers for it from a day on; the history stays."""
        zone = self._zone
        if zone is None:
            return
        today = self._session.moment.today
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
            self._session.submit([Wish(EditZone(zone=zone.id, fields={"active": not zone.active}))])

    def action_choose(self) -> None:
        """Show its items on the board."""
        zone = self._zone
        if zone is not None:
            self.dismiss(f"zone:{zone.code}")


def _zone_fields(answers: Answers) -> dict[str, Any]:
    """Answers as attributes of a zone. Raises `RuleError("bad_number")`."""
    fields: dict[str, Any] = {
        name: answers[name] for name in ("code", "name", "kind", "scope", "note", "parent")
    }
    for name in ("area", "households", "population"):
        text = answers[name]
        try:
            number = float(text) if text else None
        except ValueError:
            raise RuleError("bad_number", value=text) from None
        fields[name] = number if name == "area" or number is None else int(number)
    return fields


class UnitsScreen(MastersScreen):
    """责任单位."""

    TABLE = "units"
    PLACE = "Units"
    KEYS = keys.UNITS
    BINDINGS = keys.bindings(keys.UNITS)
    _TEXTS = ("name", "short", "kind", "group", "leader_post", "liaison_post", "phone")

    @property
    def _unit(self) -> Unit | None:
        key = self.query_one(RowList).cursor
        return self._session.town.units.get(key or 0)

    def fill(self) -> None:
        """Name, aliases, open, overdue; retired ones last."""
        town = self._session.town
        counts = by_unit(town, self._session.moment.today)
        rows = []
        for unit in sorted(town.units.values(), key=lambda u: (not u.active, u.id)):
            tally = counts.get(unit.id, Tally())
            name = unit.name if unit.active else _("{name} (retired)").format(name=unit.name)
            rows.append(
                (
                    unit.id,
                    (
                        shown(name),
                        shown("、".join(unit.aliases)),
                        str(tally.open),
                        str(tally.overdue),
                    ),
                )
            )
        self.query_one(RowList).show(
            (name_of("name"), name_of("aliases"), _("Open"), _("Overdue")), (18, 0, -6, -6), rows
        )

    def paragraphs(self, key: int) -> details.Paragraphs:
        """Fields of a unit and the zones it answers for."""
        town, today = self._session.town, self._session.moment.today
        unit = town.units[key]
        said: details.Paragraphs = [("head", shown(unit.name))]
        said += [
            ("text", f"{name_of(name)}: {shown(getattr(unit, name))}")
            for name in self._TEXTS
            if name != "name" and getattr(unit, name)
        ]
        if unit.aliases:
            said.append(("text", f"{name_of('aliases')}: {shown('、'.join(unit.aliases))}"))
        zones = [
            town.zones[r.zone]
            for r in town.responsibilities.values()
            if r.unit == key and r.holds(today)
        ]
        said += [("text", shown(f"{z.code} {z.name}")) for z in zones]
        return said

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
                lambda a: [EditUnit(unit=unit.id, fields=self._fields(a))],
            )

    def action_retire(self) -> None:
        """Out of use, or back in use."""
        unit = self._unit
        if unit is not None:
            self._session.submit([Wish(EditUnit(unit=unit.id, fields={"active": not unit.active}))])

    def action_choose(self) -> None:
        """Show its items on the board."""
        unit = self._unit
        if unit is not None:
            self.dismiss(f'unit:"{unit.name}"')
