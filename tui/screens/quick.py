"""Quick entry: a line a problem, shown back as fields while it is typed; a paste of several is several."""

from collections.abc import Sequence

from msgspec import Struct
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.events import Paste
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from core.actions import Report
from core.quick import QuickReader, lines_of
from tui.i18n import _, ngettext
from tui.quick_text import lacks, of_report, of_reports
from tui.session import Session
from tui.texts import listed, name_of
from tui.widgets.lines import Page


class Entered(Struct, frozen=True):
    """What was entered; `whole` asks for the form with every field."""

    lines: tuple[str, ...]
    reports: tuple[Report, ...]
    whole: bool = False


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


class QuickScreen(ModalScreen[Entered | None]):
    """Returns what was entered, or nothing."""

    BINDINGS = [
        Binding("escape,f10", "cancel", show=False),
        Binding("tab", "whole", show=False),
        Binding("down", "another", show=False),
        Binding("up", "last", show=False),
    ]
    CSS_PATH = "../styles/form.tcss"

    def __init__(self, session: Session, lines: Sequence[str] = (), problem: str = "") -> None:
        """`lines` are there already; `problem` says why they are asked for again."""
        super().__init__()
        self._session = session
        self._lines = list(lines)
        self._problem = problem
        self._reader = QuickReader(session.town, session.moment.today)

    def compose(self) -> ComposeResult:
        """Title, line, what it is understood as, how to go on."""
        with Vertical(id="form"):
            yield Label(_("Report: one line, one problem"), id="form-title", markup=False)
            line = QuickLine(
                self._lines.pop() if self._lines else "",
                placeholder=_("zone place what is wrong unit deadline, such as 3d"),
                select_on_focus=False,
            )
            line.cursor_blink = False
            yield line
            yield Page()
            yield Label(self._problem, id="form-problem", markup=False)
            yield Label("", id="form-keys", markup=False)

    def on_mount(self) -> None:
        """Show what there is."""
        self.query_one(Page).can_focus = False
        self._show()

    @property
    def _line(self) -> Input:
        return self.query_one(Input)

    @property
    def _all(self) -> list[str]:
        last = self._line.value.strip()
        return [*self._lines, *([last] if last else [])]

    def _show(self) -> None:
        reports = self._reader.read_all(self._all)
        town = self._session.town
        if len(reports) == 1 and not self._lines:
            said = of_report(reports[0], town)
        else:
            said = of_reports(reports, town)
        page = self.query_one(Page)
        page.show(said)
        page.scroll_pages(99)
        count = len(reports)
        keys = _("Enter save, Tab every field, ↓ another, Esc cancel")
        if count > 1:
            keys = ngettext(
                "Enter save {count}, ↓ another, ↑ the last again, Esc cancel",
                "Enter save {count}, ↓ another, ↑ the last again, Esc cancel",
                count,
            ).format(count=count)
        self.query_one("#form-keys", Label).update(keys)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Read it as it is typed."""
        self.query_one("#form-problem", Label).update("")
        self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter saves."""
        event.stop()
        self.action_done()

    def take_lines(self, lines: Sequence[str]) -> None:
        """Lines of a paste, behind those that are there."""
        self._lines = [*self._all, *lines]
        self._line.value = ""
        self._show()

    def action_another(self) -> None:
        """Put the line to the others and begin the next."""
        if self._line.value.strip():
            self.take_lines(())

    def action_last(self) -> None:
        """Take the last line up again."""
        if self._lines:
            last = self._lines.pop()
            self._lines = [*self._lines, *([self._line.value] if self._line.value.strip() else [])]
            self._line.value = last
            self._line.cursor_position = len(last)
            self._show()

    def action_done(self) -> None:
        """Return the reports, or say what the first of them lacks."""
        lines = self._all
        if not lines:
            self.action_whole()
            return
        reports = self._reader.read_all(lines)
        for line, report in zip(lines, reports, strict=True):
            missing = lacks(report)
            if missing:
                fields = listed(name_of(name) for name in missing)
                text = _("missing: {fields}").format(fields=fields)
                self.query_one("#form-problem", Label).update(
                    f"{line}: {text}" if len(lines) > 1 else text
                )
                return
        self.dismiss(Entered(tuple(lines), tuple(reports)))

    def action_whole(self) -> None:
        """Every field in a form, filled with what the line says."""
        if not self._lines:
            reports = self._reader.read_all([self._line.value])
            self.dismiss(Entered(tuple(self._all), tuple(reports), whole=True))

    def action_cancel(self) -> None:
        """Return nothing."""
        self.dismiss(None)
