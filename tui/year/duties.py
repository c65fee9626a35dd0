"""经常性工作: what is due or was missed, then every duty with how much of it was done."""

from core.actions.action import Action
from core.actions.registers import Add
from core.actions.year import AddLog
from core.measures.subjects.duties import Standing, kept, standing
from core.model import Duty
from core.registers.catalogue import default_duties
from core.registers.duties import DUTIES
from core.year.waiting import due_soon, missed_lately
from tui.frame import keys, year_keys
from tui.messages import Committed
from tui.registers.record_place import RecordPlace
from tui.rounds.forms import reason_form
from tui.terminal.display import shown
from tui.verbs.fields import Answers
from tui.words.i18n import _
from tui.words.tables.rows import duty_cells, duty_row, instance_said
from tui.words.texts import column_name
from tui.year.tracing import Traced

INSTANCES = 100_000
"""Keys of rows of instances begin here; below are duties by id."""


class DutiesScreen(RecordPlace, Traced):
    """Returns nothing for the board but what a number led to."""

    NAME = "Recurring duties"
    TABLE = "duties"
    register = DUTIES
    KEYS = year_keys.DUTIES
    BINDINGS = keys.bindings(year_keys.DUTIES)

    _only_due = False

    def fill(self) -> None:
        """What is due or was missed first; then every duty, unless only what is due is wanted."""
        self._instances = self._waiting()
        rows = [
            (
                INSTANCES + at,
                (
                    each.instance.ref,
                    shown(each.instance.duty.name),
                    instance_said(each, self.today),
                    self._unit(each.instance.duty),
                    each.instance.due.isoformat()[5:],
                    "",
                    "",
                ),
            )
            for at, each in enumerate(self._instances)
        ]
        held = [d for d in self.town.all(Duty) if kept(d)]
        for duty in sorted(held, key=lambda d: (not d.active, d.id)):
            if self._only_due:
                break
            code, name, terms, unit, done, missed, rate = duty_cells(duty_row(self.question, duty))
            name = name if duty.active else _("{name} (retired)").format(name=name)
            cells = (code, shown(name), terms, shown(unit), done, missed, rate.partition("（")[0])
            rows.append((duty.id, cells))
        heads = (
            _("No."),
            column_name(DUTIES, "name"),
            column_name(DUTIES, "terms"),
            column_name(DUTIES, "unit"),
            _("Done/due"),
            _("Missed"),
            _("Rate"),
        )
        self.show_rows(heads, (14, 0, 12, 10, -5, -4, -7), rows)

    def _waiting(self) -> list[Standing]:
        """What is due to the second working day ahead, and what was missed of late; the latest missed last."""
        found = [*due_soon(self.town, self.today), *missed_lately(self.town, self.today)]
        return sorted(found, key=lambda each: (each.missed, each.instance.due, each.instance.ref))

    def _unit(self, duty: Duty) -> str:
        unit = self.town.units.get(duty.unit or 0)
        return shown(unit.name) if unit else ""

    @property
    def _instance(self) -> Standing | None:
        at = (self.rows.cursor or 0) - INSTANCES
        return self._instances[at] if 0 <= at < len(self._instances) else None

    @property
    def record(self) -> Duty | None:
        """The duty under the cursor, or whose day is."""
        instance = self._instance
        if instance is not None:
            return instance.instance.duty
        found = self.town.tables["duties"].get(self.rows.cursor or 0)
        return found if isinstance(found, Duty) else None

    def said(self) -> list[str]:
        """The last times of a duty."""
        duty = self.record
        if duty is None:
            return [_("There is no duty yet; n adds the usual ones, a adds one.")]
        found = standing(self.town, self.period.first, self.period.last, self.today, duty.label)
        lines = [f"{duty.label} {duty.name}  {duty.evidence}"]
        for each in reversed(found[-20:]):
            done = each.done
            by = f" {done.label} {done.on.isoformat()}" if done else ""
            lines.append(
                f"{each.instance.key}  {each.instance.due}  {instance_said(each, self.today)}{by}"
            )
        return lines

    def measure_here(self) -> str:
        """The share of a duty that was done."""
        duty = self.record
        return f"工作.完成率.{duty.label}" if duty is not None else "工作.完成率"

    def take_in(self, message: Committed) -> None:
        """A line that was entered leaves the cursor where it is."""
        self.fill()
        for table in ("logs", "duties"):
            if message.own and message.changes.of(table):
                self.tell_named(message.changes, table)
                return

    def action_choose(self) -> None:
        """It was done: its figures in one line, read back before they are saved."""
        duty, instance = self.record, self._instance
        if duty is None:
            return
        from tui.year.quick import enter_line

        beside: dict[str, object] = {"duty": duty.id, "title": duty.name, "unit": duty.unit}
        if instance is not None:
            beside["key"] = instance.instance.key
        enter_line(self, beside=beside, kind=duty.kind or "巡查")

    def action_excuse(self) -> None:
        """Not needed this time, and why."""
        instance = self._instance
        if instance is None:
            self.tell(_("Only what is due or missed can be excused."), warning=True)
            return
        duty, key = instance.instance.duty, instance.instance.key
        day = min(self.today, max(instance.instance.first, instance.instance.nominal))

        def make(answers: Answers) -> list[Action]:
            fields = {"duty": duty.id, "excused": True, "key": key, "unit": duty.unit}
            kind = duty.kind or "巡查"
            return [AddLog(kind=kind, on=day, fields=fields, note=answers["reason"])]

        self.ask(reason_form(f"{_('Not needed this time')}: {instance.instance.ref}"), make)

    def action_narrow(self) -> None:
        """Only what is due, or everything."""
        self._only_due = not self._only_due
        self.fill()

    def action_usual(self) -> None:
        """The duties an office usually has."""
        known = {d.name for d in self.town.all(Duty) if d.active}
        actions: list[Action] = [Add(table="duties", fields=f) for f in default_duties(known)]
        if actions:
            self.submit(actions)
        else:
            self.tell(_("Nothing new."))
