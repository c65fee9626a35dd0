"""统计: the figures of a period, ranked; every number opens into its assignments, and on the board into its items."""

from core.calendar.spans import Length, Span
from core.papers.adjustments import signed_units
from core.stats.portable import places_of, stats_headers, stats_records
from core.stats.recorded import signed_circulars
from core.stats.scoring.scores import Score, Scores, scheme_of, unit_scores
from core.stats.shares import printed, rounded
from core.stats.statistics import INDICATORS, RANKING, Shape
from core.stats.tabulated import By, FigureLine, FigureTable
from store.ledgers.formats import Format
from store.ledgers.going_out.writing import write_rows
from tui.frame import keys, round_keys
from tui.frame.lines import RowList, TitleBar
from tui.messages import Committed
from tui.places.listing import Telling
from tui.places.writing import write_to
from tui.rounds.statistics_text import (
    HEADS,
    LISTED,
    differs,
    line_name,
    listed_said,
    query_of,
    score_said,
)
from tui.session.session import Session
from tui.terminal.display import shown
from tui.words.i18n import _
from tui.words.rounds.figures import by_name, span_name
from tui.words.texts import sentence

TOTAL = 1_000_000
"""Key of the line of the whole town."""
FORMS = ("xlsx", "csv", "docx", "md", "json")
_LENGTHS = tuple(Length)


class StatisticsScreen(Telling):
    """Returns a query for the board where a figure was chosen."""

    NAME = "Statistics"
    KEYS = round_keys.STATISTICS
    BINDINGS = keys.bindings(round_keys.STATISTICS)

    def __init__(self, session: Session, span: Span | None = None) -> None:
        super().__init__(session)
        today = session.moment.today
        self.span = span or Span.around(today, Length.MONTH)
        self.by, self.cohort = By.UNIT, False
        self.code = LISTED[0]
        self._against = self._parts = False

    def again(self) -> "StatisticsScreen":
        """The same figures, with the same one in hand."""
        screen = StatisticsScreen(self.session, self.span)
        for name in ("by", "cohort", "code", "_against", "_parts"):
            setattr(screen, name, getattr(self, name))
        return screen

    def begin(self) -> None:
        """Show the figures, once every item is here."""
        if not self.session.town.complete:
            self.session.read_all_closed()
        super().begin()

    @property
    def heading(self) -> str:
        """Which figures of what."""
        town, today = self.session.town, self.session.moment.today
        state = _("over") if self.span.over(today) else _("running")
        basis = _("cohort") if self.cohort else _("rolling")
        signed = signed_circulars(town).get(self.span)
        number = f"  {_('signed')} {shown(signed.number)}" if signed is not None else ""
        office = shown(town.settings.office)
        against = f"  {_('against')} {span_name(self.span.before)}" if self._against else ""
        period = f"{span_name(self.span)} {state}"
        return f"{office}  {_('Statistics')}  {period}  {basis}{against}{number}"

    def fill(self) -> None:
        """A line a unit, zone, category or group; the whole town below."""
        self.query_one(TitleBar).say(self.heading)
        town, today = self.session.town, self.session.moment.today
        self._table: FigureTable | None = None
        self._scores: Scores | None = None
        if not town.complete:
            self.rows.show((_("Reading ..."),), (0,), [])
            return
        session = self.session
        table = self._table = session.tally(self.span, self.by, cohort=self.cohort)
        monthly = self.span.length == Length.MONTH and not self.cohort
        if self.by == By.UNIT and monthly and table.ranked:
            self._scores = unit_scores(town, self.span, today, table)
            table = self._table = self._scores.table
        live = self._scores is None
        self._then = {} if live else signed_units(signed_circulars(town).get(self.span))
        self._before = session.tally(self.span.before, self.by) if self._against else None
        places = dict(self._scores.places) if self._scores else places_of(town, table)
        self._lines: dict[int, FigureLine] = {}
        ordered = sorted(
            table.lines,
            key=lambda line: (line.key not in places, places.get(line.key, 0)),  # type: ignore[arg-type]
        )
        rows = []
        for number, line in enumerate(ordered):
            self._lines[number] = line
            rows.append((number, self._cells(line, str(places.get(line.key, "-")))))  # type: ignore[arg-type]
        self._lines[TOTAL] = table.total
        rows.append((TOTAL, self._cells(table.total, "")))
        heads = (_("Pl."), by_name(self.by), *map(_, HEADS), _("Score"))
        self.rows.show(
            heads, (-3, 0, *(-6 if "rate" in code else -4 for code in RANKING), -6), rows
        )
        self._say()

    def _cells(self, line: FigureLine, place: str) -> tuple[str, ...]:
        town, table = self.session.town, self._table
        assert table is not None
        label = line_name(town, table, line)
        scheme = scheme_of(town, self.span.months[-1])
        star = "*" if line.small(scheme.small_n) and line is not table.total else ""
        star += " ≠" if self._said_then(line) else ""
        score = self._score(line)
        return (
            place,
            shown(label) + star,
            *(self._figure(line, code) for code in RANKING),
            printed(score.score) if score is not None and self._before is None else "",
        )

    def _figure(self, line: FigureLine, code: str) -> str:
        """A figure, or its difference to the period before."""
        text = line.text(code)
        if self._before is None:
            return text or "-"
        assert self._table is not None
        earlier = self._before.total if line is self._table.total else self._before.line(line.key)
        indicator = INDICATORS[code]
        now = line.cell(code).value(indicator)
        then = earlier.cell(code).value(indicator) if earlier is not None else None
        if now is None or then is None:
            return "-"
        change = rounded(now) - rounded(then)
        return f"{change // 100:+d}" if indicator.measure == Shape.COUNT else f"{change / 100:+.2f}"

    def _score(self, line: FigureLine) -> Score | None:
        if self._scores is None or not isinstance(line.key, int):
            return None
        return self._scores.scores.get(line.key)

    @property
    def _line(self) -> FigureLine | None:
        return (
            self._lines.get(self.rows.cursor if self.rows.cursor is not None else TOTAL)
            if self._table
            else None
        )

    def _say(self) -> None:
        line = self._line
        if line is None or self._table is None:
            self.message.show([])
            return
        town = self.session.town
        if self._parts:
            needed = self._scores.scheme.coverage if self._scores else 0
            self.message.show(
                score_said(self._score(line), line_name(town, self._table, line), needed)
            )
            return
        said = listed_said(town, self._table, line, self.code)
        if then := self._said_then(line):
            said.append(("text", shown(_("When signed: {told}").format(told=then))))
        self.message.show(said)

    def _said_then(self, line: FigureLine) -> str:
        key = line.key if isinstance(line.key, int) else 0
        return differs(line, self._then.get(key))

    def on_row_list_rested(self, event: RowList.Rested) -> None:
        """The list follows the cursor."""
        self.query_one(TitleBar).put_right(self.rows.place)
        self._say()

    def take_in(self, message: Committed) -> None:
        """Count anew."""
        self.fill()

    # What is looked at

    def action_indicator(self, step: int) -> None:
        """Another figure below."""
        self.code = LISTED[(LISTED.index(self.code) + step) % len(LISTED)]
        self._parts = False
        self._say()

    def action_group(self) -> None:
        """By unit, zone, category, group."""
        every = tuple(By)
        self.by = every[(every.index(self.by) + 1) % len(every)]
        self.fill()

    def action_period(self, step: int) -> None:
        """The period before or behind."""
        span = self.span.before if step < 0 else self.span.after
        if span.first > self.session.moment.today:
            self.tell(_("{period} has not begun.").format(period=span_name(span)))
            return
        self.span = span
        self.fill()

    def action_length(self) -> None:
        """Month, quarter, half, year."""
        length = _LENGTHS[(_LENGTHS.index(self.span.length) + 1) % len(_LENGTHS)]
        day = min(self.span.last, self.session.moment.today)
        self.span = Span.around(day, length)
        self.fill()

    def action_basis(self) -> None:
        """滚动 or 批次."""
        self.cohort = not self.cohort
        self.fill()

    def action_before(self) -> None:
        """较上期."""
        self._against = not self._against
        self.fill()

    def action_parts(self) -> None:
        """Where the score comes from."""
        if self._table is not None and not self._table.ranked:
            self.tell(sentence("figures_of_others", {}))
            return
        self._parts = not self._parts
        self._say()

    def action_choose(self) -> None:
        """The items of the figure on the board."""
        line, table = self._line, self._table
        if line is None or table is None:
            return
        if not line.told:
            self.tell(sentence("figures_of_others", {}))
        elif line.cell(self.code).listed:
            town = self.session.town
            own = town.units.get(self.kept_to or 0)
            self.dismiss(query_of(town, table, line, self.code, own.name if own else ""))
        else:
            self.tell(_("Nothing stands behind this number; Tab goes to another."))

    def action_circular(self) -> None:
        """The circular of the period."""
        from tui.rounds.circulars import CircularsScreen

        def chosen(query: str | None) -> None:
            if query is not None:
                self.dismiss(query)

        self.app.push_screen(CircularsScreen(self.session, self.span), chosen)

    def action_write(self) -> None:
        """The table as a file."""
        table, scores = self._table, self._scores
        if table is None:
            return

        def make(form: str) -> bytes:
            records = stats_records(self.session.town, table, scores)
            return write_rows(
                records, Format(form), stats_headers(table.by), title=table.span.chinese
            )

        write_to(self, f"~/{self.span.code}统计.xlsx", FORMS, make)

    def action_copy(self) -> None:
        """The table as text to the clipboard."""
        if self._table is None:
            return
        told = ("\t".join(self._cells(line, "")).strip() for line in self._lines.values())
        lines = [self.heading, *told]
        self.app.copy_to_clipboard("\n".join(lines))
        self.tell(_("Sent to your clipboard."))
