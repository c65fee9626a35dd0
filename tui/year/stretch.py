"""What every place of the year has: a stretch, measures over it, and the way from a number to its lines."""

from collections.abc import Sequence
from datetime import date

from core.calendar.periods import Stretch, read_period
from core.calendar.spans import Length, Span, read_span
from core.errors import RuleError
from core.lists.coming import ListKind
from core.measures import Question
from core.town.town import Town
from tui.frame.lines import RowList, TitleBar
from tui.messages import Committed
from tui.places.listing import Telling
from tui.places.place import Place
from tui.session.session import Session
from tui.terminal.display import shown
from tui.verbs.fields import Answers, Field
from tui.words.i18n import _


class YearPlace(Telling):
    """A list with what is said of the row below it, over a stretch of time; the whole year by default."""

    TABLE = ""
    """The table whose record is told of where something was saved."""

    _words = ""
    """What is searched for, where there is a search."""

    def __init__(self, session: Session, period: Stretch | None = None) -> None:
        super().__init__(session)
        self.period = period or read_period(str(self.today.year), self.today)

    @property
    def town(self) -> Town:
        """The town as the board has it."""
        return self.session.town

    @property
    def today(self) -> date:
        """The office's today."""
        return self.session.moment.today

    @property
    def question(self) -> Question:
        """What measures are asked."""
        return Question(self.town, self.period)

    def begin(self) -> None:
        """Show it, once every item is here."""
        if not self.town.complete:
            self.session.read_all_closed()
        super().begin()

    @property
    def heading(self) -> str:
        """The office, the place, the stretch."""
        until = f" {_('until')} {self.period.last:%m-%d}" if not self.period.over else ""
        office = shown(self.town.settings.office)
        return f"{office}  {_(self.NAME)}  {self.period.chinese or self.period.code}{until}"

    def action_leave(self) -> None:
        """Leave the search first, then the place."""
        if self._words:
            self._words = ""
            self.fill()
            return
        super().action_leave()

    def fill(self) -> None:
        """Show every row."""

    def show_rows(
        self,
        heads: tuple[str, ...],
        widths: tuple[int, ...],
        rows: Sequence[tuple[int, tuple[str, ...]]],
    ) -> None:
        """Title, rows, and what is said of the one under the cursor."""
        self.query_one(TitleBar).say(self.heading)
        self.rows.show(heads, widths, rows)
        self.say_row()

    def say_row(self) -> None:
        """What is to be said of the row."""
        self.message.show([("text", shown(line)) for line in self.said()])

    def said(self) -> list[str]:
        """Lines about the row under the cursor."""
        return []

    def on_row_list_rested(self, event: RowList.Rested) -> None:
        """What is said follows the cursor."""
        self.query_one(TitleBar).put_right(self.rows.place)
        self.say_row()

    def take_in(self, message: Committed) -> None:
        """Show what was saved; one's own comes under the cursor."""
        self.fill()
        changed = message.changes.of(self.TABLE) if self.TABLE else ()
        if changed and message.own:
            self.come_to(changed[0].id)
            self.tell_named(message.changes, self.TABLE)

    def come_to(self, key: int) -> None:
        """Put the cursor on a record."""
        self.rows.go_to(key)

    def action_period(self, step: int) -> None:
        """The stretch before or behind; years, or whatever length it has."""
        try:
            span = span_of(self.period, self.today)
            moved = span.after if step > 0 else span.before
            self.period = read_period(moved.code, self.today)
        except RuleError:
            self.tell(_("Nothing lies behind today."), warning=True)
            return
        self.fill()

    def day_line(self) -> Field:
        """A line for the day something was done."""
        return Field(key="on", label=_("Day"), required=True, value=self.today.isoformat())

    def listed(self, answers: Answers) -> ListKind:
        """The kind of list that comes in here."""
        from core.lists.known import list_of

        return list_of(self.TABLE)

    def action_bring(self) -> None:
        """A list from a file."""
        from tui.ledger.bringing import bring_list_in

        bring_list_in(self, self.listed, _("Bring a list in"), self.beside_list())

    def beside_list(self) -> tuple[Field, ...]:
        """What is asked with the file."""
        return ()

    def open_over(self, place: Place[str | None]) -> None:
        """Open a place over this one; leaving it comes back, a search of its goes to the board."""

        def left(query: str | None) -> None:
            if query is not None:
                self.dismiss(query)

        self.app.push_screen(place, left)


def span_of(period: Stretch, today: date) -> Span:
    """The whole months of a stretch; the year of its last day where it is none."""
    try:
        return read_span(period.code, today)
    except RuleError:
        return Span.of(period.last.year, Length.YEAR)
