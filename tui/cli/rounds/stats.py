"""`zg stats`: the figures of a stretch of time, and the assignments behind each."""

import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer

from core.calendar.spans import Span
from core.errors import NotAllowed, RuleError
from core.papers.adjustments import DETAIL_HEADERS, details_of
from core.stats.own_line import own_tally
from core.stats.own_work import own_work
from core.stats.portable import stats_headers, stats_records
from core.stats.scoring.scores import unit_scores
from core.stats.statistics import INDICATORS, NOTED, OF_OFFICE, RANKING, indicator_called
from core.stats.tabulated import By, FigureLine, FigureTable
from core.stats.tally import tally
from tui.cli.frame.completing import of_words
from tui.cli.frame.office import Office
from tui.cli.frame.opening import opens
from tui.cli.frame.options import Category, Unit, Zone
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import figure_text, print_json, print_table
from tui.cli.frame.wanted import NOTHING, Wanted
from tui.cli.rounds.figures import office_, score, trend_
from tui.cli.rounds.options import PeriodOption, keep_of, line_asked, span_of
from tui.terminal.display import shown
from tui.words.i18n import _
from tui.words.rounds.figures import by_name, indicator_name, span_name, whole_name

COMMANDS = Commands(own=("stats list", "stats trend"))
ByOption = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="unit|zone|category|group",
        help=_("What the lines are."),
        autocompletion=of_words(By),
    ),
]
Cohort = Annotated[
    bool,
    typer.Option(
        "--cohort",
        show_default=False,
        help=_("Of what was issued in the period, wherever it is now."),
    ),
]


def by_of(text: str) -> By:
    """What the lines are. Raises `RuleError("unknown_lines")`."""
    if text not in tuple(By):
        raise RuleError("unknown_lines", value=text)
    return By(text)


@opens(json=True, writes=True)
def table(
    office: Office,
    period: PeriodOption = "",
    by: ByOption = "unit",
    unit: Unit = None,
    zone: Zone = None,
    category: Category = "",
    cohort: Cohort = False,
    json: bool = False,
    wanted: Wanted = NOTHING,
) -> None:
    """统计表."""
    office.repository.load_closed()
    span, lines = span_of(office, period), by_of(by)
    only, keep = line_asked(office, unit), keep_of(office, zone, category)
    make = own_tally if office.own_only and not unit else tally
    found = make(office.whole, span, office.today, lines, cohort=cohort, keep=keep, unit=only)
    scores = None
    if lines == By.UNIT and not cohort and span.length == 1 and found.whole and found.ranked:
        scores = unit_scores(office.town, span, office.today, found)
        found = scores.table
    records = stats_records(office.town, found, scores)
    if json:
        print_json(records)
        return
    if wanted.taken(records, stats_headers(lines), span.chinese):
        return
    _print(office, found, records)


def _print(office: Office, found: FigureTable, records: list[dict[str, Any]]) -> None:
    state = (
        _("over")
        if found.span.over(office.today)
        else _("running, until {day}").format(day=found.until)
    )
    basis = _("cohort") if found.cohort else _("rolling")
    print(shown(f"{span_name(found.span)}  {state}  {basis}"))
    rows = [
        [
            "—" if r["place"] is None else str(r["place"]),
            str(r[found.by.value] or _("none")),
            *(figure_text(r[code]) for code in RANKING),
            figure_text(r["score"]),
        ]
        for r in records
    ]
    total = found.total
    rows.append(["—", whole_name(found), *(total.text(code) or "—" for code in RANKING), ""])
    print_table(
        rows,
        [_("Pl."), by_name(found.by), *(indicator_name(code) for code in RANKING), _("Score")],
        flexible=1,
    )
    notes = [f"{indicator_name(code)} {total.count(code)}" for code in NOTED]
    print(shown("  ".join(notes)))


IndicatorName = Annotated[
    str,
    typer.Argument(
        metavar="INDICATOR",
        show_default=False,
        help=_("Code or name, such as overdue_open or 应销号."),
        autocompletion=of_words([*INDICATORS, *(i.chinese for i in INDICATORS.values())]),
    ),
]


@opens(json=True, writes=True)
def list_(
    office: Office,
    indicator: IndicatorName,
    period: PeriodOption = "",
    unit: Unit = None,
    zone: Zone = None,
    category: Category = "",
    cohort: Cohort = False,
    json: bool = False,
    wanted: Wanted = NOTHING,
) -> None:
    """逐件."""
    office.repository.load_closed()
    found = indicator_called(indicator)
    if found is None:
        raise RuleError("unknown_indicator", value=indicator, expected=tuple(INDICATORS))
    span = span_of(office, period)
    line = line_for(office, found.code, span, unit, zone, category, cohort=cohort)
    names = line.cell(found.code).listed
    records = [
        details_of(office.town, name, min(span.last, office.today))
        if "/" in name
        else _of_item(office, name)
        for name in names
    ]
    if json:
        print_json(records)
    elif not wanted.taken(records, DETAIL_HEADERS, f"{span.chinese}{found.chinese}"):
        _print_list(records)


def _print_list(records: list[dict[str, Any]]) -> None:
    print_table(
        [
            [
                r["name"],
                r["unit"],
                r["issued_on"],
                r["due"],
                r["done"],
                r["location"],
                r["description"],
            ]
            for r in records
        ],
        [
            _("Assignment"),
            _("Unit"),
            _("Issued on"),
            _("Due"),
            _("Done on"),
            _("Location"),
            _("Description"),
        ],
        flexible=6,
    )


def line_for(
    office: Office,
    code: str,
    span: Span,
    unit: str | None,
    zone: str | None,
    category: str,
    *,
    cohort: bool,
) -> FigureLine:
    """The line an indicator is taken from: of assignments, or of the office's own work."""
    keep = keep_of(office, zone, category)
    if code in {i.code for i in OF_OFFICE}:
        if office.own_only:
            raise NotAllowed("figures_of_others")
        return own_work(office.town, span, office.today, keep=keep)
    only = line_asked(office, unit)
    return tally(office.whole, span, office.today, cohort=cohort, keep=keep, unit=only).total


def _of_item(office: Office, name: str) -> dict[str, Any]:
    item = office.town.find(name)
    return dict.fromkeys(DETAIL_HEADERS, "") | {
        "name": name,
        "location": item.location if item else "",
        "description": item.description if item else "",
    }


def _whole() -> Callable[..., None]:
    """The table, where no other command of the group is asked for."""

    def whole(context: typer.Context, **said: Any) -> None:
        if context.invoked_subcommand is None:
            table(**said)

    own = inspect.signature(table).parameters.values()
    first = inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    whole.__signature__ = inspect.Signature([first, *own])  # type: ignore[attr-defined]
    whole.__annotations__ = {"context": typer.Context, **{p.name: p.annotation for p in own}}
    return whole


def _group() -> Any:
    group = typer.Typer(
        help=_("Figures of a period: ranked tables, the items behind them, scores, trends."),
        invoke_without_command=True,
    )
    group.callback()(_whole())
    for name, help_text, function in (
        ("list", _("The assignments an indicator counts."), list_),
        ("score", _("The units' scores of a month, part by part."), score),
        ("trend", _("The last months side by side."), trend_),
        ("office", _("The office's own figures."), office_),
    ):
        group.command(name, help=help_text)(function)
    return group


COMMANDS.group("stats", _group)
