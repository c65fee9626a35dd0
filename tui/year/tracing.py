"""溯源: the lines a number is made of, and what is left out; Enter shows a problem on the board."""

from typing import Any

from core.calendar.periods import Stretch
from core.measures import Counted, measure
from core.year.evidence import full, trace_rows
from store.ledgers.formats import Format
from store.ledgers.going_out.writing import write_rows
from tui.frame import keys, year_keys
from tui.places.writing import write_to
from tui.session.session import Session
from tui.terminal.display import shown
from tui.words.i18n import _
from tui.words.tables.rows import TRACE_HEADERS, trace_heads
from tui.words.tables.said import read_back
from tui.year.stretch import YearPlace

FORMS = ("xlsx", "csv", "docx", "md", "json")


class TraceScreen(YearPlace):
    """Returns a query for the board where a problem was chosen."""

    NAME = "Lines of a number"
    KEYS = year_keys.TRACE
    BINDINGS = keys.bindings(year_keys.TRACE)

    def __init__(self, session: Session, name: str, period: Stretch) -> None:
        super().__init__(session, period)
        self._meant = measure(session.town, name)
        self._counted = Counted()

    @property
    def heading(self) -> str:
        """The measure, the stretch, and what it comes to."""
        unit = "" if self._counted.share else self._meant.measure.unit
        name = self._meant.measure.name(self._meant.of)
        return shown(
            f"{name}  {self.period.chinese or self.period.code}  {self._counted.text}{unit}"
        )

    def fill(self) -> None:
        """Lines that count, then those left out."""
        self._counted = self._meant.count(self.question)
        told = full(self._counted, self._meant.code, self.question)
        self._lines = trace_rows(told)
        rows = [
            (at, tuple(shown(str(line[key] or "")) for key in TRACE_HEADERS))
            for at, line in enumerate(self._lines, 1)
        ]
        self.show_rows(trace_heads(), (0, 10, 10, 6, -7, 12), rows)

    @property
    def _line(self) -> dict[str, Any] | None:
        at = self.rows.cursor
        return self._lines[at - 1] if at and at <= len(self._lines) else None

    def said(self) -> list[str]:
        """The record behind a line, and what is noted of the number."""
        line = self._line
        lines = list(self._counted.notes)
        if line is None:
            return [_("Nothing counts in this period."), *lines]
        log = self._labelled("logs", line["ref"])
        if log is not None:
            return [f"{log.label} {read_back(self.town, log)}", *lines]
        item = self.town.find(str(line["ref"]).partition("/")[0])
        if item is not None:
            return [f"{item.label} {item.location} {item.description}", *lines]
        for table in ("shops", "pledges"):
            found = self._labelled(table, line["ref"])
            if found is not None:
                return [f"{found.label} {getattr(found, 'name', '')}", *lines]
        return lines or [str(line["ref"])]

    def _labelled(self, table: str, ref: str) -> Any:
        rows: Any = self.town.tables[table].values()
        return next((r for r in rows if r.label == ref), None)

    def action_choose(self) -> None:
        """The problem on the board, where the line is one."""
        line = self._line
        item = self.town.find(str(line["ref"]).partition("/")[0]) if line else None
        if item is None:
            self.tell(_("It is no problem of the board; what there is of it stands below."))
            return
        self.dismiss(f"no:{item.label}")

    def action_write(self) -> None:
        """The lines as a file."""
        name = f"{self._meant.measure.name(self._meant.of)}.xlsx"
        lines = self._lines
        write_to(
            self, name, FORMS, lambda form: write_rows(lines, Format(form), dict(TRACE_HEADERS))
        )


class Traced(YearPlace):
    """A place whose numbers lead to the lines they come from."""

    def measure_here(self) -> str:
        """The measure of the number under the cursor; empty where there is none."""
        return ""

    def action_trace(self) -> None:
        """The lines of the number under the cursor."""
        name = self.measure_here()
        if not name:
            self.tell(_("There is no number here."))
            return
        self.open_over(TraceScreen(self.session, name, self.period))
