"""责任书: who has signed for the year and who has not."""

import re

from core.actions.action import Action
from core.actions.year import SignPledge
from core.errors import RuleError
from core.measures.indicators import indicator
from core.measures.subjects.office_work import pledges_of
from core.measures.subjects.standard_points import owing_pledges
from core.model import Pledge
from core.words.amounts import written
from store.ledgers.formats import Format
from store.ledgers.going_out.writing import write_rows
from tui.frame import keys, year_keys
from tui.places.writing import write_to
from tui.terminal.display import shown
from tui.verbs.fields import Answers, Field, Form
from tui.words.i18n import _
from tui.words.texts import name_of
from tui.year.tracing import Traced

FORMS = ("xlsx", "csv", "docx", "md")
HEADS = {
    "number": "编号",
    "unit": "责任单位",
    "on": "签订日期",
    "lines": "目标",
    "text": "其他承诺",
}


class PledgesScreen(Traced):
    """Returns nothing for the board."""

    NAME = "Pledges"
    KEYS = year_keys.PLEDGES
    BINDINGS = keys.bindings(year_keys.PLEDGES)

    def fill(self) -> None:
        """Units that have not signed first, then those that have; by unit."""
        held = pledges_of(self.town, self.period)
        self._pledges = {pledge.unit: pledge for pledge in held}
        rows: list[tuple[int, tuple[str, ...]]] = [
            (unit, (shown(self.town.units[unit].name), _("not signed"), "", ""))
            for unit in owing_pledges(self.town, self.period)
        ]
        for unit, pledge in self._pledges.items():
            cells = (
                self.town.units[unit].name,
                pledge.signed_on.isoformat(),
                pledge.label,
                self._promised(pledge),
            )
            rows.append((unit, tuple(shown(cell) for cell in cells)))
        heads = (name_of("unit"), _("Signed on"), _("No."), _("Promises"))
        self.show_rows(heads, (18, 10, 8, 0), rows)

    def _promised(self, pledge: Pledge) -> str:
        told = []
        for code, value in pledge.lines.items():
            held = indicator(self.town, code)
            told.append(f"{held.name if held else code}{written(value)}{held.unit if held else ''}")
        return "、".join([*told, *filter(None, [pledge.text])])

    def said(self) -> list[str]:
        """What the unit promises."""
        pledge = self._pledges.get(self.rows.cursor or 0)
        return [self._promised(pledge)] if pledge else [_("Enter signs its pledge.")]

    def measure_here(self) -> str:
        """How many have signed."""
        return "责任书.单位"

    def action_choose(self) -> None:
        """Sign it, or a later one in its place."""
        unit = self.rows.cursor
        if not unit:
            return
        before = self._pledges.get(unit)
        lines = " ".join(f"{c}={written(v)}" for c, v in before.lines.items()) if before else ""
        fields = (
            Field(key="lines", label=_("Promises"), value=lines, hint="A01=1200 D07=50万"),
            Field(key="post", label=_("Signed by (post)")),
            Field(key="text", label=_("Other promises")),
            Field(key="on", label=_("Day"), required=True, value=self.today.isoformat()),
        )
        year = self.period.year

        def make(answers: Answers) -> list[Action]:
            return [
                SignPledge(
                    unit=unit,
                    year=year,
                    lines=dict(map(_line, answers["lines"].split())),
                    post=answers["post"],
                    text=answers["text"],
                    on=self.forms.day(answers["on"]),
                )
            ]

        name = shown(self.town.units[unit].name)
        self.ask(Form(f"{_('Pledge')} {year} {name}", fields), make)

    def action_write(self) -> None:
        """The list as a file."""
        rows = [
            {
                "number": p.label,
                "unit": self.town.units[unit].name,
                "on": p.signed_on,
                "lines": self._promised(p),
                "text": p.text or None,
            }
            for unit, p in self._pledges.items()
        ]
        name = "目标责任书"
        write_to(
            self, f"{name}.xlsx", FORMS, lambda f: write_rows(rows, Format(f), HEADS, title=name)
        )


def _line(text: str) -> tuple[str, str]:
    found = re.fullmatch(r"(.+?)[=＝:：](.+)", text)
    if found is None:
        raise RuleError("bad_pair", value=text)
    return found[1], found[2]
