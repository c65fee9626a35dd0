"""`zg import`: ledgers in, with every doubt said and nothing half done."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from core.actions import Wish
from core.errors import RuleError
from core.intake import (
    LIKELY_ITEM,
    Choice,
    Choices,
    Incoming,
    Intake,
    Reader,
    is_unconfirmed,
    outdated,
)
from core.moved import Mover
from store.files import check_target
from store.ledgers import Format, doubtful_ledger, format_of
from store.ledgers.columns import Known
from store.ledgers.formats import LARGEST_FILE
from store.ledgers.grids import read_bytes
from store.ledgers.headers import HEADERS
from store.ledgers.writing import save
from store.lock import WAIT
from tui.cli.import_words import (
    MOST_SAID,
    as_json,
    place_of,
    rows_in_doubt,
    tell,
    tell_of_maps,
)
from tui.cli.mapping import Mapping, known_headers, mapping_of
from tui.cli.office import Office, open_office, print_json, talk
from tui.cli.options import As, DryRun, Json, Lang, Store, Wait, Yes
from tui.cli.output import Force
from tui.cli.progress import progress
from tui.cli.registry import Commands
from tui.clock import check_clock
from tui.i18n import _, ngettext
from tui.source import Source, source_of, with_pictures
from tui.texts import quote

COMMANDS = Commands()


def read_source(name: str, sheet: str | None, encoding: str | None, known: Known) -> Source:
    """A file or `-`, read whole. Raises `FileRefused`."""
    data = sys.stdin.buffer.read(LARGEST_FILE + 1) if name == "-" else read_bytes(Path(name))
    return source_of(data, name, known, sheet=sheet, encoding=encoding)


@COMMANDS.command(
    "import", _("Bring ledgers in: sheets, tables of Word and web pages, csv, json, pasted lists.")
)
def import_(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...", show_default=False, help=_("Ledgers; - reads standard input.")
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
    sheet: Annotated[
        str | None,
        typer.Option("--sheet", metavar="NAME", show_default=False, help=_("Only this sheet.")),
    ] = None,
    encoding: Annotated[
        str | None,
        typer.Option(
            "--encoding", metavar="NAME", show_default=False, help=_("Encoding of a csv file.")
        ),
    ] = None,
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
    force: Force = False,
    as_role: As = None,
    yes: Yes = False,
    json: Json = False,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    """导入."""
    with open_office(store, lang, as_role, wait, via="import") as office:
        today = office.day(on) or office.today
        if today > office.today:
            raise RuleError("future_date", field="on", value=today)
        if report is not None:
            check_report(report, force=force)
        mapping = mapping_of(office, map_ or ())
        known = known_headers(office, mapping)
        sources = [read_source(name, sheet, encoding, known) for name in files]
        office.repository.load_closed()
        with progress(_("Reading")):
            if migrate:
                intakes = _moved(office, sources, mapping, today, year)
            else:
                intakes = _intakes(office, sources, mapping, today, year)
        if yes or _confirmed(intakes):
            sure = [dict.fromkeys(intake.unconfirmed, Choice.SURE) for intake in intakes]
            if any(sure):
                intakes = _intakes(office, sources, mapping, today, year, sure)
        if json:
            reports = [as_json(s, i) for s, i in zip(sources, intakes, strict=True)]
            print_json(reports[0] if len(reports) == 1 else reports)
        else:
            for source, intake in zip(sources, intakes, strict=True):
                tell(source, intake)
            tell_of_maps(intakes)
        refused: RuleError | None = None
        try:
            _refuse(intakes, accept_good=accept_good, strict=strict)
            if not dry_run:
                _save(office, sources, intakes, mapping, migrate=migrate)
        except RuleError as error:
            refused = error
        if report is not None:
            saved = refused is None and not dry_run
            rows = [
                row
                for source, intake in zip(sources, intakes, strict=True)
                for row in rows_in_doubt(source, intake, saved=saved)
            ]
            save(doubtful_ledger(rows), Path(report), force=force)
        if refused is not None:
            raise refused


def check_report(name: str, *, force: bool) -> None:
    """Refuse, before anything is done, a report that could not be written."""
    if format_of(name) != Format.XLSX:
        raise RuleError("only_xlsx", value=name)
    check_target(Path(name), force=force)


def _intakes(
    office: Office,
    sources: Sequence[Source],
    mapping: Mapping,
    today: date,
    year: int | None,
    sure: Sequence[Choices] = (),
) -> list[Intake]:
    """What each file comes to, one behind the other."""
    town = office.town
    rows = [r for s in sources for r in s.ledger.rows if isinstance(r, Incoming)]
    handed = office.repository.as_of(outdated(rows, town))
    reader = Reader(town, office.actor, today, year, mapping.units, handed, mapping.words)
    return [
        reader.read(source.ledger.rows, sure[at] if sure else None)
        for at, source in enumerate(sources)
    ]


def _moved(
    office: Office, sources: Sequence[Source], mapping: Mapping, today: date, year: int | None
) -> list[Intake]:
    """What each file that moves in comes to."""
    return [
        Mover(
            office.town,
            office.actor,
            today,
            source.mark,
            year=year,
            mapped=mapping.units,
            words=mapping.words,
            headers=HEADERS,
        ).read(source.ledger.rows)
        for source in sources
    ]


def _confirmed(intakes: Sequence[Intake]) -> bool:
    """Whether whoever sits at the terminal says that likely matches hold."""
    likely = [e for intake in intakes for e in intake.entries if is_unconfirmed(e)]
    if not likely or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    for entry in likely[:MOST_SAID]:
        number = next(d.value for d in entry.doubts if d.code in LIKELY_ITEM)
        talk(
            _("row {row}: {place} {text} - perhaps {number}").format(
                row=entry.row,
                place=quote(entry.record["location"] or ""),
                text=quote(entry.record["description"] or ""),
                number=quote(number),
            )
        )
    return typer.confirm(_("Are they what they look like?"), err=True)


def _save(
    office: Office,
    sources: Sequence[Source],
    intakes: Sequence[Intake],
    mapping: Mapping,
    *,
    migrate: bool,
) -> None:
    """One transaction, decided before the lock is taken."""
    items = [
        wish
        for source, intake in zip(sources, intakes, strict=True)
        for wish in _wishes(office, source, intake)
    ]
    wishes = [*mapping.wishes(sources), *items]
    if not wishes:
        talk(_("Nothing new."))
        return
    saved = sum(bool(entry.wishes) for intake in intakes for entry in intake.entries)
    options = {
        "op": "move_in" if migrate else "import",
        "source": "; ".join(source.mark for source in sources),
    }
    repository = office.repository
    check_clock(repository, office.now)
    with progress(_("Saving")):
        prepared = repository.preview(wishes, office.actor, office.now, **options)
        repository.commit(
            wishes, office.actor, office.now, wait=office.wait, prepared=prepared, **options
        )
        if repository.snapshot_due():
            repository.write_snapshot()
    talk(ngettext("{count} item saved.", "{count} items saved.", saved).format(count=saved))


def _wishes(office: Office, source: Source, intake: Intake) -> list[Wish]:
    """What a file asks for, with the pictures of its rows."""
    if source.archive is None:
        return intake.wishes
    rows = {(r.sheet, r.row): r for r in source.ledger.rows if isinstance(r, Incoming)}
    found: list[Wish] = []
    for entry in intake.entries:
        row = rows[entry.sheet, entry.row]
        said: list[str] = []
        item = office.town.items.get(entry.item or 0)
        held = item.files if item else ()
        found += with_pictures(
            office.repository.photos, source, row, entry.wishes, held, said.append
        )
        for line in said:
            talk(f"{place_of(source, entry.sheet, entry.row)}: {line}")
    return found


def _refuse(intakes: Sequence[Intake], *, accept_good: bool, strict: bool) -> None:
    """Save nothing where a row was rejected, is in conflict or, if strict, in doubt."""
    rejected = sum(len(intake.rejected) for intake in intakes)
    if rejected and not accept_good:
        raise RuleError("rows_rejected", count=rejected)
    conflicts = sum(len(intake.conflicts) for intake in intakes)
    if conflicts and not accept_good:
        raise RuleError("rows_conflict", count=conflicts)
    doubts = sum(len(entry.doubts) for intake in intakes for entry in intake.entries)
    if strict and doubts:
        raise RuleError("rows_doubted", count=doubts)
