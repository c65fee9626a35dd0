"""`zg import`: ledgers in, with every doubt said and nothing half done."""

import os
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

import typer
from msgspec import Struct

from core.errors import RuleError
from core.intake import Intake, Reader
from core.moved import Mover
from core.record import KEYS
from store.ledgers import Ledger, read_ledger
from store.ledgers.formats import LARGEST_FILE
from store.ledgers.grids import read_bytes
from store.lock import WAIT
from tui.cli.office import Office, open_office, print_json, talk
from tui.cli.options import As, DryRun, Json, Lang, Store, Wait, Yes
from tui.cli.progress import progress
from tui.cli.registry import Commands
from tui.i18n import _, ngettext
from tui.texts import doubt_text, name_of, quote

COMMANDS = Commands()
MOST_SAID = 50
"""Doubts listed one by one before only their count is said."""


class Source(Struct, frozen=True):
    """A file as it was read."""

    name: str
    mark: str
    """Name and digest, for the history."""
    ledger: Ledger


def read_source(name: str, sheet: str | None, encoding: str | None) -> Source:
    """A file or `-`, read whole. Raises `FileRefused`."""
    data = sys.stdin.buffer.read(LARGEST_FILE + 1) if name == "-" else read_bytes(Path(name))
    base = "-" if name == "-" else os.fsencode(Path(name).name).decode("utf-8", "replace")
    ledger = read_ledger(data, base, sheet=sheet, encoding=encoding)
    return Source(base, f"{base} sha256:{sha256(data).hexdigest()}", ledger)


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
        sources = [read_source(name, sheet, encoding) for name in files]
        office.repository.load_closed()
        with progress(_("Reading")):
            if migrate:
                intakes = [Mover(office.town, today, s.mark).read(s.ledger.rows) for s in sources]
            else:
                reader = Reader(office.town, office.actor, today, year)
                intakes = [reader.read(s.ledger.rows) for s in sources]
        if json:
            reports = [_report(s, i) for s, i in zip(sources, intakes, strict=True)]
            print_json(reports[0] if len(reports) == 1 else reports)
        else:
            for source, intake in zip(sources, intakes, strict=True):
                _tell(source, intake)
        _refuse(intakes, accept_good=accept_good, strict=strict)
        if not dry_run:
            _save(office, sources, intakes, migrate=migrate)


def _save(
    office: Office, sources: Sequence[Source], intakes: Sequence[Intake], *, migrate: bool
) -> None:
    """One transaction, decided before the lock is taken."""
    wishes = [wish for intake in intakes for wish in intake.wishes]
    if not wishes:
        talk(_("Nothing new."))
        return
    options = {
        "op": "move_in" if migrate else "import",
        "source": "; ".join(source.mark for source in sources),
    }
    repository = office.repository
    with progress(_("Saving")):
        prepared = repository.preview(wishes, office.actor, office.now, **options)
        repository.commit(
            wishes, office.actor, office.now, wait=office.wait, prepared=prepared, **options
        )
        if repository.snapshot_due():
            repository.write_snapshot()
    talk(
        ngettext("{count} item saved.", "{count} items saved.", len(wishes)).format(
            count=len(wishes)
        )
    )


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


def _place(source: Source, sheet: str | None, row: int) -> str:
    where = f"{quote(source.name)} {quote(sheet)}" if sheet else quote(source.name)
    return _("{where}, row {row}").format(where=where, row=row)


def _tell(source: Source, intake: Intake) -> None:
    """Every doubt with file, sheet, row and column; then what the file comes to."""
    lines = []
    for entry in intake.entries:
        place = _place(source, entry.sheet, entry.row)
        lines += [f"{place}: {doubt_text(doubt)}" for doubt in entry.doubts]
        if entry.differs and entry.action == "conflict":
            lines.append(
                _("{place}: {number} is different here: {fields}").format(
                    place=place,
                    number=quote(entry.record["number"]),
                    fields=", ".join(name_of(key) for key in entry.differs),
                )
            )
    for skip in intake.skipped:
        if skip.rejected:
            lines.append(
                _("{place}: rejected: {why}").format(
                    place=_place(source, skip.sheet, skip.row), why=doubt_text(skip.why)
                )
            )
    for line in lines[:MOST_SAID]:
        talk(line)
    if len(lines) > MOST_SAID:
        talk(_("... and {count} more.").format(count=len(lines) - MOST_SAID))
    for passed in source.ledger.passed_over:
        said = (
            _("{file}: sheet {sheet} is hidden and was passed over; --sheet reads it.")
            if passed.hidden
            else _("{file}: sheet {sheet} holds no ledger and was passed over.")
        )
        talk(said.format(file=quote(source.name), sheet=quote(passed.sheet)))
    counts = {
        action: sum(e.action == action for e in intake.entries)
        for action in ("new", "update", "same", "conflict")
    }
    talk(
        _(
            "{file}: {new} new, {update} fed back, {same} already here, {conflict} in conflict, {skipped} rows "
            "skipped, {rejected} rejected."
        ).format(
            file=quote(source.name),
            skipped=len(intake.skipped) - len(intake.rejected),
            rejected=len(intake.rejected),
            **counts,
        )
    )


def _report(source: Source, intake: Intake) -> dict[str, Any]:
    """The intake as `--json` prints it (docs/format.md 5)."""
    return {
        "file": source.name,
        "records": [
            {
                "source_sheet": entry.sheet,
                "source_row": entry.row,
                "action": entry.action,
                **{key: entry.record[key] for key in KEYS},
                "state_claim": entry.claim,
                "warnings": [doubt_text(doubt) for doubt in entry.doubts],
            }
            for entry in intake.entries
        ],
        "skipped": [
            {
                "sheet": skip.sheet,
                "row": skip.row,
                "why": doubt_text(skip.why),
                "rejected": skip.rejected,
            }
            for skip in intake.skipped
        ],
    }
