"""`zg indicator`, `zg figure`, `zg progress`: what the year is counted in, and how far it has come."""

import re
from typing import Annotated, Any

import typer

from core.actions.action import Action
from core.actions.registers import Add
from core.actions.year import SetTarget
from core.lists.known import figures
from core.measures import Question
from core.measures.gaps import warnings
from core.measures.indicators import indicators
from core.measures.narrowed import Narrowed
from core.measures.progress import Advance, progress_of
from core.measures.progress import record as progress_record
from core.model import Indicator
from core.registers.catalogue import default_indicators
from core.registers.indicators import INDICATORS
from core.words.amounts import written
from store.papers.summary.body import PROGRESS_HEADER, progress_row
from tui.cli.faces.bringing import bring_in
from tui.cli.faces.face import Face
from tui.cli.faces.group import group_of
from tui.cli.faces.sheeted import Sheeted
from tui.cli.faces.sheets_in import Map
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import DryRun, Encoding, On, Sheet
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import print_json, print_table
from tui.cli.frame.wanted import Wanted
from tui.cli.year.log_options import UnitOption, ZoneOption
from tui.cli.year.options import OneIndicator, PeriodOption, asked_of, indicator_of
from tui.words.i18n import _
from tui.words.texts import listed

COMMANDS = Commands()


Value = Annotated[
    str, typer.Argument(metavar="AMOUNT", show_default=False, help=_("How much: 1200吨."))
]
Year = Annotated[
    int | None,
    typer.Option("--year", metavar="YEAR", show_default=False, help=_("Which; this year.")),
]
Reference = Annotated[
    str,
    typer.Option("--reference", metavar="TEXT", show_default=False, help=_("What set it.")),
]
Plan = Annotated[
    str,
    typer.Option(
        "--plan",
        metavar="N,N,…",
        show_default=False,
        help=_("What each of the twelve months is to have reached since January."),
    ),
]


@opens(saves=True)
def target(
    office: Office,
    which: OneIndicator,
    value: Value,
    year: Year = None,
    reference: Reference = "",
    plan: Plan = "",
    on: On = None,
) -> None:
    """定目标."""
    held = indicator_of(office, which)
    parts = tuple(part for part in re.split(r"[,，、\s]+", plan) if part)
    office.commit(
        [
            SetTarget(
                indicator=held.id,
                year=year or office.today.year,
                value=value,
                reference=reference,
                plan=parts,
                on=office.day(on),
            )
        ]
    )
    if on is None and (year or office.today.year) < office.today.year:
        talk(
            _(
                "It holds from today on: the progress of {year} does not know it; --on says the day it was set."
            ).format(year=year)
        )


def defaults(office: Office) -> list[Action]:
    """What the catalogue has and the store has not."""
    known = {i.code for i in office.town.all(Indicator)}
    names = ("code", "name", "unit", "category", "kind", "counts", "scale")
    return [
        Add(table="indicators", fields={name: getattr(each, name) for name in names})
        for each in default_indicators()
        if each.code not in known
    ]


def rows_of(
    office: Office, period: str, keep: Any = None, part: Narrowed | None = None
) -> list[Advance]:
    """The progress of every indicator that has a target or a number."""
    asked = asked_of(office, period)
    found = [
        progress_of(asked, held, part)
        for held in indicators(office.town)
        if keep is None or keep(held)
    ]
    return [p for p in found if p.target is not None or p.value.value is not None]


@opens(json=True, writes=True)
def progress(
    office: Office,
    wanted: Wanted,
    which: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[INDICATOR]...", show_default=False, help=_("Only these, by code or name.")
        ),
    ] = None,
    period: PeriodOption = "",
    unit: UnitOption = None,
    zone: ZoneOption = None,
    json: bool = False,
) -> None:
    """指标进度; 一个单位的对其责任书."""
    chosen = {indicator_of(office, each).code for each in which or ()}
    part = Narrowed(
        office.town,
        office.unit(unit).id if unit else None,
        office.zone(zone).id if zone else None,
    )
    found = rows_of(office, period, (lambda i: i.code in chosen) if chosen else None, part)
    names = {u.id: u.name for u in office.town.units.values()}
    records = [progress_record(each, names) for each in found]
    if json:
        print_json(records)
        return
    rows = [dict(zip(PROGRESS_HEADER, _cells(r), strict=True)) for r in records]
    headers = {name: name for name in PROGRESS_HEADER}
    if wanted.taken(rows, headers, "年度指标完成情况表"):
        return
    print_table([list(row.values()) for row in rows], list(PROGRESS_HEADER), flexible=1)
    _tell(asked_of(office, period), found, whole=part.whole)


def _tell(asked: Question, found: list[Advance], *, whole: bool) -> None:
    """What looks wrong with figures, and targets that were set more than once."""
    for each in found:
        held = each.indicator
        for code, about in warnings(asked, held) if whole and not held.counts else ():
            talk(f"{held.code} {held.name}: {warned(code, about)}")
        if len(each.targets) > 1:
            told = [
                f"{t.set_on} {written(t.value)}{' ' + t.reference if t.reference else ''}"
                for t in each.targets
            ]
            talk(
                _("{indicator}: its target was set {times} times: {told}").format(
                    indicator=held.code, times=len(told), told=listed(told)
                )
            )


def warned(code: str, about: tuple[str, ...]) -> str:
    """What looks wrong with figures."""
    if code == "several_units":
        return _("several units report it and none owns it; say whose figures count with --owners.")
    return _("{whole} is less than what it covers: {parts}").format(
        whole=about[0], parts=listed(list(about[1:]))
    )


def _cells(each: dict[str, Any]) -> tuple[str, ...]:
    return progress_row(each)


@opens(saves=True)
def figure_import(
    office: Office,
    file: Annotated[str, typer.Argument(metavar="FILE|-", show_default=False, help=_("A table."))],
    year: Annotated[
        int | None,
        typer.Option(
            "--year",
            metavar="YEAR",
            show_default=False,
            help=_("The year of months without one; by default as the sheet says, else this year."),
        ),
    ] = None,
    unit: UnitOption = None,
    dry_run: DryRun = False,
    map_: Map = None,
    sheet: Sheet = None,
    encoding: Encoding = None,
) -> None:
    """收表."""
    whose = office.unit(unit).id if unit else None
    how = Sheeted(map_ or (), sheet, encoding)
    bring_in(office, file, figures(year, whose), how, dry_run=dry_run)


def _figures() -> Any:
    group = typer.Typer(help=_("Figures of indicators, in from tables."), no_args_is_help=True)
    told = _("Bring a table of figures in: a figure a row, or months side by side.")
    group.command("import", help=told)(figure_import)
    return group


FACE = Face(
    register=INDICATORS,
    help=_("What the year is counted in, with its targets."),
    which=OneIndicator,
    find=lambda office, text, retired=False: indicator_of(office, text),
    columns=("code", "name", "unit", "category", "kind", "every", "owners", "counts"),
    flexible=1,
    order=lambda held: held.code,
    own=(("target", _("Set the target of a year; earlier ones stay told."), target),),
    usual=defaults,
)
COMMANDS.group("indicator", lambda: group_of(FACE))
COMMANDS.group("figure", _figures)
COMMANDS.command(
    "progress", _("How far indicators have come against targets, time and last year.")
)(progress)
