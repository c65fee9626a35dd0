"""`zg round walk|export|import`: lists to take along, sheets out and in."""

from pathlib import Path
from typing import Annotated

import typer

from core.actions.action import Action
from core.actions.wish import Wish
from core.errors import Clash, RuleError
from core.ledger.outcome import Incoming
from core.model import Round, RoundState
from core.rounds.incoming import IncomingSheet, incoming_headers
from core.rounds.portable import (
    FIND_HEADERS,
    blank_headers,
    blank_records,
    find_records,
    score_headers,
    score_records,
)
from core.words.cells import text_of
from store.ledgers.coming_in.grids import read_bytes
from store.ledgers.coming_in.reading import Ledger, read_table
from store.ledgers.going_out.writing import save
from store.ledgers.wording import Vocabulary
from store.papers.round_walk import walk_pages, walk_said
from store.papers.word import as_pages
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import DryRun, complete_zones
from tui.cli.frame.options import Encoding as Reading
from tui.cli.frame.options import Sheet as SheetName
from tui.cli.frame.output import Encoding, Force, FormatOption, Output, export_table, suffix_of
from tui.cli.rounds.options import RoundNumber, round_of
from tui.exits import print_pages
from tui.whereabouts import expanded
from tui.words.i18n import _, ngettext
from tui.words.ledger.columns import column_words
from tui.words.ledger.passed import passed_text
from tui.words.texts import listed, quote, say


@opens()
def walk(
    office: Office,
    number: RoundNumber,
    zones: Annotated[
        list[str] | None,
        typer.Option(
            "--zone",
            metavar="ZONE",
            show_default=False,
            help=_("Only this zone; may be repeated."),
            autocompletion=complete_zones,
        ),
    ] = None,
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="FILE", show_default=False, help=_("Write it: docx or txt.")
        ),
    ] = "",
    force: Force = False,
) -> None:
    """检查用表."""
    held = round_of(office, number)
    office.repository.load_closed()
    wanted = [office.zone(name).id for name in zones or ()]
    form = suffix_of(output, ("docx", "txt")) if output else ""
    texts = walk_said(office.town, held, office.today, wanted)
    if form == "docx":
        tables = walk_pages(office.town, held, office.today, wanted)
        save(as_pages(f"{held.number}检查用表", tables), expanded(output), force=force)
    elif form:
        save("\n\f".join(texts).encode(), expanded(output), force=force)
    else:
        print_pages(texts)


@opens()
def export(
    office: Office,
    number: RoundNumber,
    finds: Annotated[
        bool, typer.Option("--finds", show_default=False, help=_("Its finds instead of its sheet."))
    ] = False,
    blank: Annotated[
        bool, typer.Option("--blank", show_default=False, help=_("A blank sheet to fill in."))
    ] = False,
    output: Output = "-",
    form: FormatOption = None,
    encoding: Encoding = "",
    force: Force = False,
) -> None:
    """出表."""
    held = round_of(office, number)
    office.repository.load_closed()
    if finds:
        rows, headers = find_records(office.town, held), FIND_HEADERS
    elif blank:
        rows, headers = blank_records(office.town, held), blank_headers(held)
    else:
        rows, headers = score_records(office.town, held), score_headers(held)
    export_table(rows, headers, output, form, encoding, force=force, title=held.number)


@opens(saves=True)
def import_(
    office: Office,
    number: RoundNumber,
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", show_default=False, help=_("A filled sheet, or a list of finds.")
        ),
    ],
    dry_run: DryRun = False,
    sheet: SheetName = None,
    encoding: Reading = None,
) -> None:
    """录入填好的表."""
    held = _underway(office, number)
    name = Path(file).name
    table = read_table(
        read_bytes(expanded(file)),
        name,
        Vocabulary(incoming_headers(held)),
        frozenset({"zone"}),
        sheet=sheet,
        encoding=encoding,
    )
    rows = [row for row in table.rows if isinstance(row, Incoming)]
    _told_other(held, name, rows)
    scores = any(text_of(row.cells, "score") for row in rows)
    if scores:
        talk(
            _("{file}: the cells are scores; what is missing to the weight is taken off.").format(
                file=quote(name)
            )
        )
    _told(name, table)
    actions = _actions(office, held, name, rows, scores=scores)
    if not actions:
        talk(_("Nothing new."))
        return
    _save(office, actions, name, dry_run=dry_run)


def _underway(office: Office, number: str) -> Round:
    held = round_of(office, number)
    if held.state != RoundState.UNDERWAY:
        raise Clash("round_is", number=held.number, state=held.state)
    office.repository.load_closed()
    return held


def _told_other(held: Round, name: str, rows: list[Incoming]) -> None:
    """Say so where a sheet bears another round's number."""
    others = {text_of(row.cells, "round") for row in rows} - {"", held.number}
    if others:
        told = _("{file} is of {other}; it is taken into {number}.")
        other = listed(sorted(others))
        talk(told.format(file=quote(name), other=quote(other), number=held.number))


def _told(name: str, table: Ledger) -> None:
    """What became of columns and rows that say nothing of a round."""
    for column in table.columns:
        talk(f"{quote(name)}: {column_words(column, kept=False)}")
    for passed in table.passed_over:
        talk(passed_text(name, passed))


def _save(office: Office, actions: list[Action], name: str, *, dry_run: bool) -> None:
    if dry_run:
        wishes = [Wish(action) for action in actions]
        office.repository.preview(wishes, office.actor, office.now, op="import", source=name)
    else:
        office.commit(actions, op="import", source=name)
    count = len(actions)
    said = (
        ngettext("{count} change would be made.", "{count} changes would be made.", count)
        if dry_run
        else ngettext("{count} change.", "{count} changes.", count)
    )
    talk(said.format(count=count))


def _actions(
    office: Office, held: Round, name: str, rows: list[Incoming], *, scores: bool
) -> list[Action]:
    """What the rows ask for; what does not fit is all told, and refuses the file."""
    reader = IncomingSheet(office.town, held, office.today, scores=scores)
    found: list[Action] = []
    wrong = 0
    for row in rows:
        place = _("{where}, row {row}").format(where=quote(name), row=row.row)
        try:
            if reader.says_nothing(row.cells):
                talk(
                    _("{place}: nothing stands there; write 0 or 已检查 where it was seen.").format(
                        place=place
                    )
                )
            found += reader.actions(row.cells)
        except RuleError as error:
            wrong += 1
            talk(f"{place}: {say(error)}")
    if wrong:
        raise RuleError("rows_wrong", count=wrong)
    return found
