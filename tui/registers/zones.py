"""责任区: the zones and who answers for them."""

from typing import Any

from core.actions.action import Action
from core.actions.registers import AddZone, AssignZone
from core.actions.year import TellFacts
from core.day.tallies import ZoneTally, by_zone, in_tree
from core.errors import RuleError
from core.finding.terms import Term, written
from core.model import FACTS, Zone
from core.registers.zones import ZONES
from core.town.facts import Facts
from core.words.dates import iso
from core.year.zone_words import read_facts, read_parts
from tui.frame import details, keys
from tui.registers.screen import RegisterScreen
from tui.session.session import Session
from tui.terminal.display import shown
from tui.verbs.fields import Answers, Field, Form
from tui.words.i18n import _
from tui.words.texts import name_of, say

BAR = 8
"""Cells of the bar of the zone with the most items this month."""


def bar(count: int, most: int) -> str:
    """A count with a bar in proportion to the largest."""
    return f"{count:>2} {'=' * max(1, round(BAR * count / most))}" if count else ""


class ZonesScreen(RegisterScreen):
    """责任区."""

    NAME = "Zones"
    KEYS = keys.ZONES
    BINDINGS = keys.bindings(keys.ZONES)

    def __init__(self, session: Session) -> None:
        super().__init__(session, ZONES)

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
                self.label("code"),
                self.label("name"),
                self.label("lead_unit"),
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
        said = super().paragraphs(key)
        held = sorted(
            (r for r in town.responsibilities.values() if r.zone == key and not r.empty),
            key=lambda r: r.since,
            reverse=True,
        )
        said += [
            (
                "text",
                shown(f"{town.units[r.unit].name} {iso(r.since)} - {iso(r.until)}"),
            )
            for r in held
        ]
        return said

    def making(self, fields: dict[str, Any], answers: Answers) -> list[Action]:
        """A new zone, and who answers for it from today."""
        return [AddZone(fields=fields, lead=answers["lead_unit"])]

    def chased(self) -> int | None:
        """The unit that answers for it."""
        lead = self.session.town.lead_of(self.cursor, self.session.moment.today)
        return lead.id if lead else None

    def action_walk(self) -> None:
        """A list to take along on a walk through the zone."""
        zone = self._zone
        if zone is None:
            return
        from core.day.walk import to_walk
        from store.papers.walk import walk_text
        from tui.frame.page import ReadingScreen

        facts = Facts(self.session.town, self.session.moment.today)
        lead = self.session.town.lead_of(zone.id, facts.today)
        text = walk_text(zone, to_walk(zone.id, facts), facts, lead.name if lead else "")
        said = [("text", shown(line)) for line in text.split("\n")]
        self.app.push_screen(ReadingScreen(shown(f"{zone.code} {zone.name}"), said, text))

    def action_facts(self) -> None:
        """概况 of the zone as of a day; earlier ones stay told."""
        zone = self._zone
        if zone is None:
            return
        today = self.session.moment.today
        known = [(name, zone.fact_on(name, today)) for name in FACTS]
        said = " ".join(f"{name}={fact.value:g}" for name, fact in known if fact is not None)
        hint = "户数=320 人口=1102"
        form = Form(
            _("What the zone is like"),
            (
                Field(
                    key="facts", label=_("Facts"), value=said, required=True, hint=hint, long=True
                ),
                Field(key="on", label=name_of("on"), value=today.isoformat(), required=True),
            ),
        )

        def make(answers: Answers) -> list[Action]:
            told = read_facts(answers["facts"].split())
            before = {name: fact.value for name, fact in known if fact is not None}
            new = {name: number for name, number in told.items() if before.get(name) != number}
            return (
                [TellFacts(zone=zone.id, facts=new, on=self.forms.day(answers["on"]))]
                if new
                else []
            )

        self.ask(form, make, shown(f"{zone.code} {zone.name}"))

    def action_divide(self, text: str = "", problem: str = "") -> None:
        """Its parts, then what lies in it is sorted into them."""
        zone = self._zone
        if zone is None or not zone.active:
            return
        from tui.registers.zone_split import DividingScreen
        from tui.verbs.screen import FormScreen

        today = self.session.moment.today.isoformat()
        hint = f"{zone.code}A={zone.name}东 {zone.code}B={zone.name}西"
        fields = (
            Field(key="parts", label=_("Parts"), value=text, required=True, hint=shown(hint)),
            Field(key="on", label=name_of("on"), value=today, required=True),
        )

        def answered(answers: Answers | None) -> None:
            if answers is None:
                return
            try:
                parts = read_parts(answers["parts"].replace("、", " ").split(), zone.name)
                on = self.forms.day(answers["on"])
            except RuleError as error:
                self.action_divide(answers["parts"], say(error))
                return
            self.app.push_screen(DividingScreen(self.session, zone, parts, on))

        about = shown(f"{zone.code} {zone.name}")
        self.app.push_screen(
            FormScreen(Form(_("Divide the zone"), fields), about, problem), answered
        )

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

    def action_choose(self) -> None:
        """Show its items on the board."""
        zone = self._zone
        if zone is not None:
            self.dismiss(written(Term("zone", zone.code)))
