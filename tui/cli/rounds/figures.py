"""`zg stats score|trend|office`: unit scores, the last months, the office's own figures."""

from typing import Annotated, Any

import typer

from core.errors import RuleError
from core.stats.own_work import own_work
from core.stats.portable import SCORE_HEADERS, score_records
from core.stats.scoring.scores import unit_scores
from core.stats.statistics import INDICATORS, OF_OFFICE, Shape
from core.stats.trend import trend
from tui.cli.frame.office import Office
from tui.cli.frame.opening import opens
from tui.cli.frame.options import Category, Unit, Zone
from tui.cli.frame.tables import figure_text, print_json, print_table
from tui.cli.frame.wanted import NOTHING, Wanted
from tui.cli.rounds.options import PeriodOption, keep_of, line_asked, span_of
from tui.terminal.display import shown
from tui.words.i18n import _
from tui.words.rounds.figures import indicator_name, label_of, span_name


@opens(json=True, writes=True)
def score(
    office: Office, period: PeriodOption = "", json: bool = False, wanted: Wanted = NOTHING
) -> None:
    """单位得分."""
    office.repository.load_closed()
    span = span_of(office, period)
    if span.length != 1:
        raise RuleError("month_needed", value=period)
    scores = unit_scores(office.town, span, office.today)
    records = score_records(office.town, scores)
    if json:
        print_json(records)
        return
    if wanted.taken(records, SCORE_HEADERS, f"{span.chinese}得分"):
        return
    keys = [key for key in SCORE_HEADERS if key != "period"]
    names = (
        _("Pl."),
        _("Unit"),
        _("Zones"),
        _("Rectified"),
        _("Files"),
        _("Comparable"),
        _("Base"),
        _("Plus"),
        _("Minus"),
        _("Score"),
    )
    print(shown(span_name(span)))
    print_table([[figure_text(r[k]) for k in keys] for r in records], list(names), flexible=1)


@opens(json=True, writes=True)
def trend_(
    office: Office,
    months: Annotated[
        int, typer.Option("--months", metavar="N", min=1, max=60, help=_("How many."))
    ] = 12,
    period: PeriodOption = "",
    unit: Unit = None,
    zone: Zone = None,
    category: Category = "",
    json: bool = False,
    wanted: Wanted = NOTHING,
) -> None:
    """走势."""
    office.repository.load_closed()
    span = span_of(office, period)
    only, keep = line_asked(office, unit), keep_of(office, zone, category)
    found = trend(office.whole, span, office.today, months, keep=keep, unit=only)
    codes = ("issued", "need", "closed", "ontime", "overdue_open", "close_rate", "ontime_rate")
    records: list[dict[str, Any]] = [
        {"period": m.code} | {c: line.text(c) or None for c in codes} for m, line in found
    ]
    if json:
        print_json(records)
        return
    headers = {"period": "月份"} | {c: INDICATORS[c].chinese for c in codes}
    if wanted.taken(records, headers, f"{span.chinese}走势"):
        return
    print_table(
        [[m.code, *(line.text(c) or "—" for c in codes)] for m, line in found],
        [_("Month"), *(indicator_name(c) for c in codes)],
    )


@opens(json=True)
def office_(office: Office, period: PeriodOption = "", json: bool = False) -> None:
    """本办工作."""
    office.repository.load_closed()
    line = own_work(office.town, span_of(office, period), office.today)
    if json:
        print_json({each.code: line.text(each.code) or None for each in OF_OFFICE})
        return
    print_table(
        [
            [
                label_of(each),
                line.text(each.code) or "—",
                f"{line.cell(each.code).count}/{line.cell(each.code).base}"
                if each.measure == Shape.RATE
                else "",
            ]
            for each in OF_OFFICE
        ],
        [_("Indicator"), _("Figure"), _("Of")],
    )
