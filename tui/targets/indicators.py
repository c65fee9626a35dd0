"""指标目标: every indicator against its target, the time that has passed, the year before."""

from typing import Any

from core.actions.action import Action
from core.actions.year import AddLog, SetTarget
from core.lists.coming import ListKind
from core.measures.gaps import warnings
from core.measures.indicators import indicators
from core.measures.progress import Advance, pace_on, progress_of, record
from core.model import REPORTED, Indicator
from core.registers.indicators import INDICATORS
from core.stats.shares import printed
from core.words.amounts import written
from core.words.cells import read_whole
from store.ledgers.formats import Format
from store.ledgers.going_out.writing import write_rows
from store.papers.summary.body import PROGRESS_HEADER, progress_row
from tui.frame import keys, year_keys
from tui.places.around import around
from tui.places.destinations import opening
from tui.places.writing import write_to
from tui.registers.record_place import RecordPlace
from tui.terminal.display import shown
from tui.verbs.fields import Answers, Field, Form
from tui.words.i18n import _
from tui.words.texts import listed, name_of
from tui.words.year.reached import REACHED
from tui.year.tracing import Traced

FORMS = ("xlsx", "csv", "docx", "md", "json")


class TargetsScreen(RecordPlace, Traced):
    """Returns a query for the board where a number led to one."""

    NAME = "Indicators and targets"
    TABLE = "indicators"
    register = INDICATORS
    KEYS = year_keys.TARGETS
    BINDINGS = keys.bindings(year_keys.TARGETS)

    _every = False

    @property
    def heading(self) -> str:
        """The stretch, and how much of the year has passed."""
        return f"{super().heading}  {_('pace')} {printed(pace_on(self.period.last))}%"

    def fill(self) -> None:
        """Those with a target or a number, or all."""
        asked = self.question
        found = [progress_of(asked, held) for held in indicators(self.town)]
        self._found = {
            p.indicator.id: p
            for p in found
            if self._every or p.target is not None or p.value.value is not None
        }
        names = {u.id: u.name for u in self.town.units.values()}
        rows = []
        for key, each in self._found.items():
            code, name, unit, value, goal, done, _pace, _state, growth, missing = progress_row(
                record(each, names)
            )
            stands = _(REACHED[each.state]) if each.state else ""
            gap = "" if each.gap is None else f"{printed(each.gap)}"
            behind = " ".join(filter(None, (growth, missing)))
            cells = (code, f"{name}({unit})", value, goal, done, gap, stands, behind)
            rows.append((key, tuple(shown(cell) for cell in cells)))
        heads = (
            _("Code"),
            _("Indicator"),
            _("So far"),
            _("Target"),
            _("Share done"),
            _("Ahead"),
            _("State"),
            _("Last year, missing"),
        )
        self.show_rows(heads, (4, 14, -8, -6, -7, -7, 6, 0), rows)

    @property
    def _each(self) -> Advance | None:
        return self._found.get(self.rows.cursor or 0)

    def said(self) -> list[str]:
        """Every target that was set, what the year before had, what looks wrong."""
        each = self._each
        if each is None:
            return [_("Nothing counts yet; f shows every indicator, a enters a figure.")]
        held = each.indicator
        lines = [
            f"{held.code} {held.name}  {each.value.text}  {_('year before')} {each.before.text}"
        ]
        lines += [
            f"{t.set_on} {_('target set')} {written(t.value, held.scale)}{held.unit} {t.reference}"
            for t in reversed(each.targets)
        ]
        owners = [self.town.units[key].name for key in held.owners]
        if owners:
            lines.append(f"{_('whose figures count')}: {listed(owners)}")
        if held.counts:
            lines.append(f"{_('counted by')}: {held.counts}")
        else:
            for code, about in warnings(self.question, held):
                told = _("several units report it, and nobody owns it")
                lines.append(told if code == "several_units" else f"{listed(list(about))} ?")
        return lines

    def measure_here(self) -> str:
        """The indicator."""
        each = self._each
        return each.indicator.code if each is not None else ""

    def action_narrow(self) -> None:
        """All, or those that count."""
        self._every = not self._every
        self.fill()

    def listed(self, answers: Answers) -> ListKind:
        """A table of figures; the year is that of months without one."""
        from core.lists.known import figures

        year = read_whole(answers["year"] or None, "year")
        return figures(year, answers["lead"])

    def beside_list(self) -> tuple[Field, ...]:
        """The year, and who reports it."""
        hint = _("of months without one; by default as the sheet says")
        unit = self.forms.unit_field(_("Reported by"), required=False)
        return (Field(key="year", label=_("Year"), hint=hint), unit)

    def action_figure(self) -> None:
        """A figure of a stretch or a day."""
        each = self._each
        if each is None:
            return
        held = each.indicator
        units = self.forms.units()
        owner = self.forms.unit_name(held.owners[0]) if held.owners else ""
        last = self.period.last
        first = last.replace(day=1).isoformat()
        fields = (
            Field(key="amount", label=_("How much"), required=True, hint=held.unit),
            Field(key="unit", label=name_of("unit"), choices=units, value=owner),
            Field(key="on", label=_("From"), required=True, value=first),
            Field(key="until", label=_("To"), value=last.isoformat()),
        )

        def make(answers: Answers) -> list[Action]:
            day = self.forms.day(answers["on"])
            until = self.forms.day(answers["until"], "until")
            figure = {"indicator": held.code, "text": answers["amount"]}
            said = {"figures": [figure], "unit": answers["unit"], "until": until}
            return [AddLog(kind=REPORTED, on=day, fields=said)]

        self.ask(Form(f"{held.code} {shown(held.name)}", fields), make)

    def action_target(self) -> None:
        """The target of the year."""
        each = self._each
        if each is None:
            return
        held, year = each.indicator, self.period.year
        now = written(each.target.value) if each.target else ""
        set_on = self.period.first if self.period.over else self.today
        fields = (
            Field(key="value", label=_("Target"), required=True, value=now, hint=held.unit),
            Field(key="reference", label=name_of("reference")),
            Field(key="on", label=_("Set on"), required=True, value=set_on.isoformat()),
        )

        def make(answers: Answers) -> list[Action]:
            return [
                SetTarget(
                    indicator=held.id,
                    year=year,
                    value=answers["value"],
                    reference=answers["reference"],
                    on=self.forms.day(answers["on"]),
                )
            ]

        self.ask(Form(f"{held.code} {shown(held.name)} {year}", fields), make)

    @property
    def record(self) -> Indicator | None:
        """The indicator under the cursor."""
        return self._each.indicator if self._each is not None else None

    def making(self, fields: dict[str, Any], answers: Answers) -> list[Action]:
        """A new indicator; the catalogue fills what is not said."""
        return super().making(
            {name: value for name, value in fields.items() if value not in ("", None, ())}, answers
        )

    def action_pledges(self) -> None:
        """What units have promised."""
        around(self).go(opening("pledges"))

    def action_write(self) -> None:
        """附表 as a file."""
        names = {u.id: u.name for u in self.town.units.values()}
        rows = [
            dict(zip(PROGRESS_HEADER, progress_row(record(p, names)), strict=True))
            for p in self._found.values()
        ]
        heads = {name: name for name in PROGRESS_HEADER}
        title = "年度指标完成情况表"
        write_to(
            self, f"{title}.xlsx", FORMS, lambda f: write_rows(rows, Format(f), heads, title=title)
        )
