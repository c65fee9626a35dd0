"""Quick entry: a line a problem, shown back as fields while it is typed; a paste of several is several."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.events import Paste, Resize
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from core.actions.loop.road import Report
from core.day.sameness import Before, likeliest, relapse_of
from core.ledger.line import QuickReader, lines_of
from core.model import Item
from tui.day.line_text import like_text, missing_text, of_report, of_reports
from tui.frame.lines import Page
from tui.session.session import Session
from tui.words.i18n import _, ngettext


class Entered(Struct, frozen=True):
    """What was entered; `whole` asks for the form with every field."""

    lines: tuple[str, ...]
    reports: tuple[Report, ...]
    whole: bool = False
    known: int | None = None
    """The item here that it is part of, instead of a new one."""


class QuickLine(Input):
    """The line that is typed on; a paste goes to the screen."""

    def on_paste(self, event: Paste) -> None:
        """Textual would keep the first line only."""
        if len(lines_of(event.text)) > 1:
            event.prevent_default().stop()
            screen = self.screen
            assert isinstance(screen, QuickScreen)
            screen.take_lines(lines_of(event.text))
        else:
            event.text = " ".join(event.text.split())


MOST_SHOWN, AROUND = 12, 8
"""Lines of what is understood, and of the dialog around it."""


class QuickScreen(ModalScreen[Entered | None]):
    """Returns what was entered, or nothing."""

    BINDINGS = [
        Binding("escape,f10", "cancel", show=False),
        Binding("tab", "whole", show=False),
        Binding("ctrl+o", "join", show=False),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
    ]
    CSS_PATH = "../styles/form.tcss"

    def __init__(self, session: Session, lines: Sequence[str] = (), problem: str = "") -> None:
        """`lines` are there already; `problem` says why they are asked for again."""
        super().__init__()
        self._session = session
        self._lines = list(lines) or [""]
        self._at = len(self._lines) - 1
        self._problem = problem
        self._leaving = False
        self._reader = QuickReader(session.town, session.moment.today)
        self._before = Before(session.town, session.moment.today)
        self._like: list[Item] = []
        """What the line in hand was said to be like."""
        self._shown: set[str] = set()
        """Lines whose likeness has been seen."""

    def compose(self) -> ComposeResult:
        """Title, line, what it is understood as, how to go on."""
        with Vertical(id="form"):
            yield Label(_("Report: one line, one problem"), id="form-title", markup=False)
            line = QuickLine(
                self._lines[self._at],
                placeholder=_("zone place what is wrong unit deadline, such as 3d"),
                select_on_focus=False,
            )
            line.cursor_blink = False
            yield line
            yield Page()
            yield Label(self._problem, id="form-problem", markup=False)
            yield Label("", id="form-keys", markup=False)

    def on_resize(self, event: Resize) -> None:
        """On a small screen less is shown of what a line is understood as."""
        self.query_one(Page).styles.height = max(2, min(MOST_SHOWN, event.size.height - AROUND))

    def on_mount(self) -> None:
        """Show what there is."""
        self.query_one(Page).can_focus = False
        self._show()

    @property
    def _line(self) -> Input:
        return self.query_one(Input)

    @property
    def _all(self) -> list[str]:
        """The lines that say something."""
        return [line for line in self._lines if line.strip()]

    def _show(self) -> None:
        """What the lines are understood as; > stands before the one in hand."""
        town = self._session.town
        page = self.query_one(Page)
        if len(self._lines) == 1:
            page.show(of_report(self._reader.read(self._lines[0]), town))
            keys = _("Enter save, Tab every field, ↓ another, Esc cancel")
        else:
            page.show(of_reports(self._reader.read_all(self._lines), town, self._at))
            page.scroll_to_line(self._at)
            count = len(self._all)
            keys = ngettext(
                "Enter save {count}, ↑ ↓ another line, Esc cancel",
                "Enter save {count}, ↑ ↓ another line, Esc cancel",
                count,
            ).format(count=count)
        self.query_one("#form-keys", Label).update(keys)

    @property
    def standing(self) -> list[str]:
        """The lines as they stand just now."""
        return self._all

    def _tell(self, problem: str) -> None:
        self.query_one("#form-problem", Label).update(problem)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Read it as it is typed."""
        if event.value != self._lines[self._at]:
            self._lines[self._at] = event.value
            self._leaving = False
            self._tell("")
            self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter saves."""
        event.stop()
        self.action_done()

    def take_lines(self, lines: Sequence[str]) -> None:
        """Lines of a paste, behind the one in hand; an empty line follows."""
        before, behind = self._lines[: self._at + 1], self._lines[self._at + 1 :]
        self._lines = [line for line in (*before, *lines, *behind) if line.strip()] + [""]
        self._go(len(self._lines) - 1)

    def _go(self, at: int) -> None:
        self._at = at
        self._line.value = self._lines[at]
        self._line.cursor_position = len(self._lines[at])
        self._show()

    def action_move(self, step: int) -> None:
        """To the line above or below; below the last one a new one begins."""
        at = self._at + step
        if at == len(self._lines) and self._lines[self._at].strip():
            self._lines.append("")
        if 0 <= at < len(self._lines):
            self._go(at)

    def action_done(self) -> None:
        """Return the reports, or go to the first that lacks something."""
        lines = self._all
        if not lines:
            self.action_whole()
            return
        for at, line in enumerate(self._lines):
            report = self._reader.read(line)
            if line.strip() and report.lacking:
                self._go(at)
                self._tell(missing_text(report))
                return
        if self._seen_before(lines):
            return
        reports = [self._linked(report) for report in self._reader.read_all(lines)]
        self.dismiss(Entered(tuple(lines), tuple(reports)))

    def _seen_before(self, lines: Sequence[str]) -> bool:
        """Show once what a line is like that is here already; Enter again saves it all the same."""
        for at, line in enumerate(self._lines):
            if line not in lines or line in self._shown:
                continue
            self._shown.add(line)
            report = self._reader.read(line)
            self._like = self._before.like(report.zone, report.location, report.description)
            if self._like:
                self._go(at)
                self._tell("\n".join([*map(like_text, self._like[:3]), self._choices]))
                return True
        return False

    @property
    def _choices(self) -> str:
        """What Enter and, for one line, Ctrl+O do with what is like it."""
        alone = len(self._lines) == 1
        if relapse_of(self._like):
            return (
                _("Enter saves it as its relapse, Ctrl+O opens that one again")
                if alone
                else _("Enter saves it as its relapse")
            )
        return (
            _("Enter saves it as new, Ctrl+O adds it to that one")
            if alone
            else _("Enter saves it as new")
        )

    def _linked(self, report: Report) -> Report:
        """A report as what it was said to be: new, or a relapse."""
        like = self._before.like(report.zone, report.location, report.description)
        earlier = relapse_of(like)
        return replace(report, recurrence_of=earlier.id) if earlier else report

    def action_join(self) -> None:
        """The line is about the item it is like."""
        known = likeliest(self._like)
        if known is not None and len(self._lines) == 1:
            report = self._reader.read(self._lines[0])
            self.dismiss(Entered(tuple(self._all), (report,), known=known.id))

    def action_whole(self) -> None:
        """Every field in a form, filled with what the line says."""
        if len(self._lines) == 1:
            report = self._reader.read(self._lines[0])
            self.dismiss(Entered(tuple(self._all), (report,), whole=True))

    def action_cancel(self) -> None:
        """Return nothing; several lines are given up only when asked twice."""
        if len(self._all) > 1 and not self._leaving:
            self._leaving = True
            count = len(self._all)
            text = ngettext(
                "{count} line would be lost; Esc again gives it up.",
                "{count} lines would be lost; Esc again gives them up.",
                count,
            )
            self._tell(text.format(count=count))
            return
        self.dismiss(None)
