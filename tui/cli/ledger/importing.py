"""`zg import`: ledgers in, with every doubt said and nothing half done."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path, PurePath
from typing import Annotated

import typer

from core.errors import RuleError
from core.ledger.record import KEYS
from store.disk.files import check_target
from store.errors import FileRefused
from store.ledgers.formats import Format, format_of
from store.ledgers.going_out.doubtful import DoubtfulRow, doubtful_ledger
from store.ledgers.going_out.writing import save
from store.ledgers.headers import HEADERS, SYNONYMS
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import (
    Category,
    DryRun,
    Encoding,
    Sheet,
    Unit,
    Yes,
    Zone,
)
from tui.cli.frame.output import Force
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import print_json
from tui.cli.ledger.import_call import Importing, files_of, is_folder
from tui.cli.ledger.import_told import (
    as_json,
    lines_of,
    rows_in_doubt,
    tell,
    tell_lines,
    tell_of_maps,
)
from tui.cli.ledger.mapping import mapping_of
from tui.exits import at_terminal, confirm
from tui.whereabouts import expanded
from tui.words.i18n import _, ngettext
from tui.words.ledger.columns import columns_told
from tui.words.texts import quote, say

COMMANDS = Commands()


Called = Annotated[
    str,
    typer.Option(
        "--name",
        metavar="TEXT",
        show_default=False,
        help=_("What the file on standard input (-) is called."),
    ),
]


@COMMANDS.command(
    "import",
    _("Bring ledgers in: sheets, tables of Word and web pages, csv, json, pasted lists."),
    epilog=columns_told(HEADERS[key] for key in KEYS if key in SYNONYMS),
)
@opens(saves=True, json=True, via="import")
def import_(
    office: Office,
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...",
            show_default=False,
            help=_("Ledgers, or a folder of them; - reads standard input."),
        ),
    ],
    dry_run: DryRun = False,
    migrate: Annotated[
        bool,
        typer.Option(
            "--migrate", show_default=False, help=_("Move in: take states and dates as they stand.")
        ),
    ] = False,
    year: Annotated[
        int | None,
        typer.Option(
            "--year",
            metavar="YEAR",
            min=2000,
            max=2100,
            show_default=False,
            help=_("Year of dates without one."),
        ),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(
            "--on", metavar="DATE", show_default=False, help=_("The day that stands for today.")
        ),
    ] = None,
    sheet: Sheet = None,
    name: Called = "",
    encoding: Encoding = None,
    accept_good: Annotated[
        bool,
        typer.Option(
            "--accept-good",
            show_default=False,
            help=_("Save the good rows though others are rejected."),
        ),
    ] = False,
    strict: Annotated[
        bool,
        typer.Option(
            "--strict", show_default=False, help=_("Save nothing if there is any warning.")
        ),
    ] = False,
    map_: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="TEXT=NAME",
            show_default=False,
            help=_("A header is this field, or a name this unit; remembered for its sender."),
        ),
    ] = None,
    report: Annotated[
        str | None,
        typer.Option(
            "--report",
            metavar="FILE",
            show_default=False,
            help=_("Write what is in doubt to a sheet that can be mended and imported."),
        ),
    ] = None,
    zone: Zone = None,
    unit: Unit = None,
    found: Annotated[
        str | None,
        typer.Option(
            "--found",
            metavar="DATE",
            show_default=False,
            help=_("Day of the find, where the file names none."),
        ),
    ] = None,
    source: Annotated[
        str,
        typer.Option(
            "--source",
            metavar="TEXT",
            show_default=False,
            help=_("How the problems came up, where the file does not say."),
        ),
    ] = "",
    category: Category = "",
    force: Force = False,
    *,
    yes: Yes = False,
    json: bool = False,
) -> None:
    """导入."""
    today = _today(office, on)
    if report is not None:
        check_report(report, force=force)
    asked = Importing(
        office=office,
        mapping=mapping_of(office, map_ or ()),
        today=today,
        year=year,
        values=_values(office, zone, unit, found, source, category),
        sheet=sheet,
        encoding=encoding,
        migrate=migrate,
        accept_good=accept_good,
        strict=strict,
        yes=yes,
        asks=at_terminal() and not (yes or json),
        called=PurePath(name).name,
    )
    office.repository.load_closed()
    named = list(files_of(files))
    if not named:
        raise FileRefused("no_files", file=" ".join(files))
    bring_in = _one_by_one if any(map(is_folder, files)) else _together
    rows, refused = bring_in(asked, named, dry_run=dry_run, json=json)
    if report is not None:
        save(doubtful_ledger(rows), expanded(report), force=force)
    if refused is not None:
        raise refused


def _today(office: Office, on: str | None) -> date:
    """The day that stands for today, never a later one. Raises `RuleError`."""
    today = office.day(on) or office.today
    if today > office.today:
        raise RuleError("future_date", field="on", value=today)
    return today


def _values(
    office: Office,
    zone: str | None,
    unit: str | None,
    found: str | None,
    source: str,
    category: str,
) -> dict[str, str]:
    """What fills the empty cells of the whole file. Raises `RuleError`."""
    values: dict[str, str] = {}
    if zone:
        values["zone"] = office.zone(zone).code
    if unit:
        values["lead_unit"] = office.unit(unit).name
    day = office.day(found, "found_on")
    if day is not None:
        values["found_on"] = day.isoformat()
    if source:
        values["source"] = source
    if category:
        main, sub = office.kind(category)
        values |= {"category": main, **({"subcategory": sub} if sub else {})}
    return values


def _together(
    asked: Importing, names: Sequence[str], *, dry_run: bool, json: bool
) -> tuple[list[DoubtfulRow], RuleError | None]:
    """The files as one: all are saved or none. The rows in doubt, and why nothing was saved."""
    sources, intakes = asked.asked(names)
    if json:
        reports = [as_json(s, i) for s, i in zip(sources, intakes, strict=True)]
        print_json(reports[0] if len(reports) == 1 else reports)
    else:
        for each, intake in zip(sources, intakes, strict=True):
            tell(each, intake)
        tell_of_maps(intakes)
    refused: RuleError | None = None
    try:
        asked.check(sources, intakes)
        if not dry_run:
            asked.save(sources, intakes)
    except RuleError as error:
        refused = error
    saved = refused is None and not dry_run
    pairs = zip(sources, intakes, strict=True)
    return [r for each, intake in pairs for r in rows_in_doubt(each, intake, saved=saved)], refused


def _one_by_one(
    asked: Importing, names: Sequence[str], *, dry_run: bool, json: bool
) -> tuple[list[DoubtfulRow], RuleError | None]:
    """The files of a folder, each by itself: one that is refused leaves the others; told in the end."""
    doubtful: dict[str, list[DoubtfulRow]] = {}
    reports = []
    left: list[tuple[str, str]] = []
    said: dict[str, list[str]] = {}
    for name in names:
        try:
            (source,), (intake,) = asked.asked([name])
            if json:
                reports.append(as_json(source, intake))
            else:
                tell(source, intake)
            doubtful[name] = list(rows_in_doubt(source, intake, saved=False))
            asked.check([source], [intake])
        except (RuleError, FileRefused) as error:
            left.append((name, say(error)))
            continue
        said[name] = lines_of(source, intake)
    if json:
        print_json(reports)
    if said and not dry_run and not asked.yes and at_terminal():
        question = ngettext("Save {count} file?", "Save {count} files?", len(said))
        if not confirm(question.format(count=len(said)), default=True):
            said = {}
    for name, before in said.items() if not dry_run else ():
        try:
            source = asked.read(name)
            (intake,) = asked.intakes([source])  # against what the files before it left
            talk(f"{quote(Path(name).name)}:")
            tell_lines([line for line in lines_of(source, intake) if line not in before])
            doubtful[name] = list(rows_in_doubt(source, intake, saved=False))
            asked.check([source], [intake])
            asked.save([source], [intake])
            doubtful[name] = list(rows_in_doubt(source, intake, saved=True))
        except (RuleError, FileRefused) as error:
            left.append((name, say(error)))
    for name, why in left:
        talk(_("{file} was not saved: {why}").format(file=quote(Path(name).name), why=why))
    rows = [row for found in doubtful.values() for row in found]
    return rows, RuleError("files_left", count=len(left)) if left else None


def check_report(name: str, *, force: bool) -> None:
    """Refuse, before anything is done, a report that could not be written."""
    if format_of(name) != Format.XLSX:
        raise RuleError("only_xlsx", value=name)
    check_target(expanded(name), force=force)
