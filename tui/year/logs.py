"""活动记事: what happened in a stretch, the latest first."""

from collections.abc import Sequence

from core.actions.action import Action
from core.actions.year import AttachFiles, CorrectLog, VoidLog
from core.errors import RuleError
from core.lists.coming import ListKind
from core.measures.indicators import indicator
from core.model import Figure, Log
from core.words.amounts import written
from core.year.choosing.work import keep_logs
from core.year.said import read_figures
from tui.frame import keys, year_keys
from tui.frame.page import ReadingScreen
from tui.rounds.forms import reason_form
from tui.terminal.display import shown
from tui.verbs.fields import Answers, Field, Form
from tui.words.i18n import _
from tui.words.tables.rows import log_row
from tui.words.tables.said import read_back
from tui.words.texts import name_of, say
from tui.year.quick import enter_line, kept
from tui.year.stretch import YearPlace


class LogsScreen(YearPlace):
    """Returns nothing for the board."""

    NAME = "Log"
    TABLE = "logs"
    KEYS = year_keys.LOGS
    BINDINGS = keys.bindings(year_keys.LOGS)

    _words, _bare = "", False
    _logs: Sequence[Log] = ()

    @property
    def heading(self) -> str:
        """Which stretch, which words."""
        words = f"  {shown(self._words)}" if self._words else ""
        bare = f"  {_('without evidence')}" if self._bare else ""
        return f"{super().heading}  {len(self._logs)}{words}{bare}"

    def fill(self) -> None:
        """Lines of the stretch, the latest first."""
        period = self.period
        keep = keep_logs(self._words.split(), self.question)
        held = [
            log
            for log in self.town.all(Log)
            if log.active
            and log.on <= period.last
            and log.last >= period.first
            and not (self._bare and (log.files or not log.stands))
            and keep(log)
        ]
        self._logs = sorted(held, key=lambda log: (log.on, log.id), reverse=True)
        rows = []
        for log in self._logs:
            row = log_row(self.town, log)
            told = log.title if not log.void_reason else f"[{_('void')}] {log.title}"
            figures = row["figures"] or ""
            people = f"{row['people']}人次" if row["people"] else ""
            cells = (
                log.label,
                log.on.isoformat(),
                log.kind,
                row["unit"] or "",
                " ".join(filter(None, (told, people, figures))),
                str(len(log.files) or ""),
            )
            rows.append((log.id, tuple(shown(cell) for cell in cells)))
        heads = (
            _("No."),
            _("Day"),
            _("Activity"),
            name_of("unit"),
            _("What and how much"),
            _("Evidence"),
        )
        self.show_rows(heads, (7, 10, 10, 10, 0, -4), rows)

    @property
    def _log(self) -> Log | None:
        found = self.town.tables["logs"].get(self.rows.cursor or 0)
        return found if isinstance(found, Log) else None

    def said(self) -> list[str]:
        """The whole line."""
        log = self._log
        if log is None:
            return [_("Nothing is entered yet; a enters what happened.")]
        return [f"{log.label} {read_back(self.town, log)}", *_beside(self, log)]

    def action_choose(self) -> None:
        """Everything of it."""
        log = self._log
        if log is not None:
            lines = [read_back(self.town, log), *_beside(self, log)]
            self.app.push_screen(
                ReadingScreen(log.label, [("text", shown(line)) for line in lines])
            )

    def action_log(self) -> None:
        """A line of what happened."""
        enter_line(self)

    def listed(self, answers: Answers) -> ListKind:
        """A table of activities."""
        from core.lists.known import LOGS

        return LOGS

    def action_edit(self) -> None:
        """What was entered wrong, with the reason."""
        log = self._log
        if log is None:
            return
        figures = " ".join(f"{f.indicator}={_amount(self, f)}" for f in log.figures)
        people = "" if log.people is None else f"{log.people}{log.people_approx}"
        fields = (
            Field(key="figures", label=_("Figures"), value=figures, hint="A01=11余吨 A03=30处"),
            Field(key="people", label=_("People"), value=people),
            Field(key="title", label=name_of("title"), value=log.title),
            Field(
                key="unit",
                label=name_of("unit"),
                choices=self.forms.units(),
                value=self.forms.unit_name(log.unit),
            ),
            Field(key="on", label=_("Day"), required=True, value=log.on.isoformat()),
            Field(key="reason", label=_("Reason"), required=True),
        )

        def make(answers: Answers) -> list[Action]:
            said: dict[str, object] = {}
            if answers["figures"] != figures:
                said["figures"] = read_figures(answers["figures"].split(), self.town)
            if answers["people"] != people:
                said["people"] = answers["people"] or None
            if answers["title"] != log.title:
                said["title"] = answers["title"]
            if answers["unit"] != log.unit:
                said["unit"] = answers["unit"]
            day = self.forms.day(answers["on"])
            if day != log.on:
                said["on"] = day
            if not said:
                return []
            return [CorrectLog(log=log.id, fields=said, reason=answers["reason"])]

        self.ask(Form(f"{_('Correct')}: {log.label}", fields), make)

    def action_void(self) -> None:
        """It counts no more."""
        log = self._log
        if log is not None:
            form = reason_form(f"{_('Make it void')}: {log.label}")
            self.ask(form, lambda a: [VoidLog(log=log.id, reason=a["reason"])])

    def action_attach(self) -> None:
        """Evidence of it."""
        log = self._log
        if log is None:
            return
        field = Field(key="file", label=_("Evidence"), required=True, hint=_("files, joined by 、"))
        self.ask(
            Form(f"{_('Attach evidence')}: {log.label}", (field,)),
            lambda a: [AttachFiles(table="logs", record=log.id, files=kept(self, a["file"]))],
        )

    def action_search(self) -> None:
        """Words that lines say."""
        from tui.verbs.screen import FormScreen

        def answered(answers: Answers | None) -> None:
            if answers is None:
                return
            try:
                keep_logs(answers["words"].split(), self.question)
            except RuleError as error:
                self.tell(say(error), warning=True)
                return
            self._words = answers["words"]
            self.fill()

        field = Field(key="words", label=_("Search"), value=self._words)
        self.app.push_screen(FormScreen(Form(_("Search"), (field,)), ""), answered)

    def action_narrow(self) -> None:
        """Only what nothing proves yet, or everything."""
        self._bare = not self._bare
        self.fill()


def _beside(screen: YearPlace, log: Log) -> list[str]:
    """What a line has beside what it says."""
    duty = screen.town.tables["duties"].get(log.duty or 0)
    told = [
        (_("Duty"), f"{getattr(duty, 'label', '')}@{log.key}" if duty else ""),
        (name_of("reference"), log.reference),
        (_("Void"), log.void_reason),
        (name_of("note"), log.note),
        (_("Evidence"), "、".join(file.name for file in log.files)),
    ]
    return [f"{name}: {text}" for name, text in told if text]


def _amount(screen: YearPlace, figure: Figure) -> str:
    """A figure as it is typed."""
    if figure.part is not None and figure.whole is not None:
        return f"{written(figure.part)}/{written(figure.whole)}"
    held = indicator(screen.town, figure.indicator)
    about, over = ("约", "") if figure.approx == "约" else ("", figure.approx)
    return f"{about}{written(figure.value)}{over}{held.unit if held else ''}"
