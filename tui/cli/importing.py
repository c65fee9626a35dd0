"""`zg import`: ledgers in, with every doubt said and nothing half done."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import replace

from core.actions import Wish
from core.errors import RuleError
from core.intake import (
    LIKELY_ITEM,
    Choice,
    Choices,
    Incoming,
    Intake,
    Reader,
    filled,
    is_unconfirmed,
    outdated,
)
from core.moved import Mover
from core.record import KEYS
from store.errors import FileRefused
from store.files import check_target
from store.ledgers import Format, doubtful_ledger, format_of
from store.ledgers.columns import Known
from store.ledgers.formats import LARGEST_FILE
from store.ledgers.grids import read_bytes
from store.ledgers.headers import HEADERS, SYNONYMS
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
from tui.cli.options import As, Category, DryRun, Json, Lang, Store, Unit, Wait, Yes, Zone
from tui.cli.output import Force
from tui.cli.progress import progress
from tui.cli.registry import Commands
from tui.clock import check_clock
from tui.column_text import columns_told
from tui.i18n import _, ngettext
from tui.source import Source, source_of, with_pictures
from tui.texts import quote, say

COMMANDS = Commands()


def read_source(name: str, sheet: str | None, encoding: str | None, known: Known) -> Source:
    """A file or `-`, read whole. Raises `FileRefused`."""
    data = sys.stdin.buffer.read(LARGEST_FILE + 1) if name == "-" else read_bytes(Path(name))
    return source_of(data, name, known, sheet=sheet, encoding=encoding)


@COMMANDS.command(
    "import",
    _("Bring ledgers in: sheets, tables of Word and web pages, csv, json, pasted lists."),
    epilog=columns_told(HEADERS[key] for key in KEYS if key in SYNONYMS),
)
def import_(
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
        values = _values(office, zone, unit, found, source, category)
        asked = _Asked(
            office, mapping, today, year, values, sheet, encoding, migrate=migrate, yes=yes
        )
        office.repository.load_closed()
        named = list(_files(files))
        if not named:
            raise FileRefused("no_files", file=" ".join(files))
        if any(map(_is_folder, files)):
            _one_by_one(
                asked, named, accept_good=accept_good, strict=strict, dry_run=dry_run, json=json
            )
            return
        sources = [asked.source(name) for name in named]
        with progress(_("Reading")):
            intakes = asked.intakes(sources)
        if json:
            reports = [as_json(s, i) for s, i in zip(sources, intakes, strict=True)]
            print_json(reports[0] if len(reports) == 1 else reports)
        else:
            for each, intake in zip(sources, intakes, strict=True):
                tell(each, intake)
            tell_of_maps(intakes)
        refused: RuleError | None = None
        try:
            _refuse(sources, intakes, accept_good=accept_good, strict=strict)
            if not dry_run:
                _save(office, sources, intakes, mapping, migrate=migrate)
        except RuleError as error:
            refused = error
        if report is not None:
            saved = refused is None and not dry_run
            rows = [
                row
                for each, intake in zip(sources, intakes, strict=True)
                for row in rows_in_doubt(each, intake, saved=saved)
            ]
            save(doubtful_ledger(rows), Path(report), force=force)
        if refused is not None:
            raise refused


class _Asked:
    """What holds for every file of one call."""

    def __init__(
        self,
        office: Office,
        mapping: Mapping,
        today: date,
        year: int | None,
        values: dict[str, str],
        sheet: str | None,
        encoding: str | None,
        *,
        migrate: bool,
        yes: bool,
    ) -> None:
        self.office = office
        self.mapping = mapping
        self.migrate = migrate
        self.yes = yes
        self._today = today
        self._year = year
        self._values = values
        self._sheet = sheet
        self._encoding = encoding
        self._known = known_headers(office, mapping)

    def source(self, name: str) -> Source:
        """A file, read. Raises `FileRefused`."""
        found = read_source(name, self._sheet, self._encoding, self._known)
        rows = tuple(filled(found.ledger.rows, self._values))
        return replace(found, ledger=replace(found.ledger, rows=rows))

    def intakes(self, sources: Sequence[Source]) -> list[Intake]:
        """What the files come to, one behind the other, likely matches confirmed where somebody says so."""
        office, mapping, today, year = self.office, self.mapping, self._today, self._year
        if self.migrate:
            return _moved(office, sources, mapping, today, year)
        intakes = _intakes(office, sources, mapping, today, year)
        if self.yes or _confirmed(intakes):
            sure = [dict.fromkeys(intake.unconfirmed, Choice.SURE) for intake in intakes]
            if any(sure):
                intakes = _intakes(office, sources, mapping, today, year, sure)
        return intakes


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


def _files(names: Sequence[str]) -> Iterator[str]:
    """The files that are named, and those of folders; what Excel leaves beside an open file is told."""
    for name in names:
        folder = _is_folder(name)
        inside = sorted(p for p in Path(name).iterdir() if p.is_file()) if folder else [Path(name)]
        for path in inside:
            if path.name.startswith("~$"):
                talk(_beside_open(path.name))
            elif not folder:
                yield name
            elif not path.name.startswith("."):
                yield str(path)


def _beside_open(name: str) -> str:
    said = _("{file} is what Excel keeps beside a file that is open; it was passed over.")
    return said.format(file=quote(name))


def _is_folder(name: str) -> bool:
    try:
        return Path(name).is_dir()
    except (OSError, ValueError):  # too long, or no name at all
        return False


def _one_by_one(
    asked: _Asked,
    names: Sequence[str],
    *,
    accept_good: bool,
    strict: bool,
    dry_run: bool,
    json: bool,
) -> None:
    """The files of a folder, each by itself: one that is refused leaves the others; told in the end."""
    previews: list[tuple[str, str]] = []
    reports = []
    good: list[str] = []
    for name in names:
        try:
            sources = [asked.source(name)]
            intakes = asked.intakes(sources)
            if json:
                reports.append(as_json(sources[0], intakes[0]))
            else:
                tell(sources[0], intakes[0])
            _refuse(sources, intakes, accept_good=accept_good, strict=strict)
        except (RuleError, FileRefused) as error:
            previews.append((name, say(error)))
            continue
        good.append(name)
    if json:
        print_json(reports)
    if good and not dry_run and not asked.yes and sys.stdin.isatty() and sys.stderr.isatty():
        said = ngettext("Save {count} file?", "Save {count} files?", len(good))
        if not typer.confirm(said.format(count=len(good)), err=True, default=True):
            raise typer.Exit(0)
    for name in good if not dry_run else ():
        try:
            sources = [asked.source(name)]
            intakes = asked.intakes(sources)  # against what the files before it left
            _refuse(sources, intakes, accept_good=accept_good, strict=strict)
            talk(f"{quote(Path(name).name)}:")
            _save(asked.office, sources, intakes, asked.mapping, migrate=asked.migrate)
        except (RuleError, FileRefused) as error:
            previews.append((name, say(error)))
    for name, why in previews:
        talk(_("{file} was not saved: {why}").format(file=quote(Path(name).name), why=why))
    if previews:
        raise RuleError("files_left", count=len(previews))


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
    if source.pictures is None:
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


def _refuse(
    sources: Sequence[Source], intakes: Sequence[Intake], *, accept_good: bool, strict: bool
) -> None:
    """Save nothing where a row was rejected, is in conflict or, if strict, in doubt."""
    rejected = sum(len(intake.rejected) for intake in intakes)
    if rejected and not accept_good:
        raise RuleError("rows_rejected", count=rejected)
    conflicts = sum(len(intake.conflicts) for intake in intakes)
    if conflicts and not accept_good:
        raise RuleError("rows_conflict", count=conflicts)
    doubts = sum(len(entry.doubts) for intake in intakes for entry in intake.entries)
    doubts += sum(len(source.ledger.columns) for source in sources)
    if strict and doubts:
        raise RuleError("rows_doubted", count=doubts)
