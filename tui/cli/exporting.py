"""`zg export`: any query as a ledger."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from core.errors import RuleError
from core.model import Item
from core.record import KEYS
from core.summary import in_hand
from store.errors import FileRefused
from store.files import check_target
from store.ledgers import Format, safe_name, standard_ledger, write_records
from store.ledgers.writing import save
from tui.cli.office import Office, open_office
from tui.cli.options import NEGATED_WORDS, As, Lang, Query, Store
from tui.cli.output import Encoding, Force, FormatOption, Output, form_of, put
from tui.cli.progress import progress
from tui.cli.registry import Commands
from tui.i18n import _
from tui.place import expanded

COMMANDS = Commands()


@COMMANDS.command(
    "export",
    _("Write a ledger: everything, or what a query lets through."),
    context_settings=NEGATED_WORDS,
)
def export(
    query: Query = None,
    output: Output = "-",
    form: FormatOption = None,
    columns: Annotated[
        str,
        typer.Option(
            "--columns",
            "-c",
            metavar="KEYS",
            show_default=False,
            help=_("Fields, joined by commas; all by default."),
        ),
    ] = "",
    ledger: Annotated[
        bool,
        typer.Option(
            "--ledger",
            show_default=False,
            help=_("The standard ledger for units to fill in: xlsx with what they fill open."),
        ),
    ] = False,
    by_unit: Annotated[
        str,
        typer.Option(
            "--by-unit",
            metavar="DIR",
            show_default=False,
            help=_("A standard ledger a unit, of what it has in hand, into a directory."),
        ),
    ] = "",
    encoding: Encoding = "",
    force: Force = False,
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
) -> None:
    """导出."""
    chosen = form_of(output, form)
    keys = [key.strip() for key in columns.split(",") if key.strip()] or list(KEYS)
    unknown = next((key for key in keys if key not in KEYS), None)
    if unknown is not None:
        raise RuleError("unknown_column", value=unknown, expected=KEYS)
    if ledger and output != "-" and chosen != Format.XLSX:
        raise RuleError("only_xlsx", value=output)
    with open_office(store, lang, as_role) as office:
        items = office.matching(query or (), every=not by_unit)
        if query and not items:
            raise RuleError("no_match")
        if by_unit:
            _by_unit(office, items, expanded(by_unit), force=force)
            return
        title = office.town.settings.office
        records = office.records(items)
        if ledger:
            put(output, Format.XLSX, lambda: standard_ledger(records, title_of(title)), force=force)
            return
        with progress(_("Writing"), shown=output != "-") as advance:
            put(
                output,
                chosen,
                lambda: write_records(
                    records,
                    chosen,
                    title=title,
                    columns=keys,
                    encoding=encoding,
                    progress=advance,
                ),
                force=force,
            )


def title_of(office: str, unit: str = "") -> str:
    """The title of a standard ledger; always Chinese."""
    return f"{office}问题整改台账" + (f"（{unit}）" if unit else "")


def _by_unit(office: Office, items: Sequence[Item], directory: Path, *, force: bool) -> None:
    """A file a unit of what it has in hand."""
    held = in_hand(items)
    if not held:
        raise RuleError("no_match")
    files: dict[Path, int] = {}
    for unit in sorted(held):
        name = safe_name(office.town.units[unit].name)
        path = directory / f"{name}.xlsx"
        files[path if path not in files else directory / f"{name}-{unit}.xlsx"] = unit
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = os.strerror(error.errno or 0)
        raise FileRefused("cannot_write", file=str(directory), why=why) from error
    for path in files:
        check_target(path, force=force)
    with progress(_("Writing")) as advance:
        for done, (path, unit) in enumerate(files.items(), 1):
            name = office.town.units[unit].name
            records = office.records(held[unit])
            title = title_of(office.town.settings.office, name)
            save(standard_ledger(records, title), path, force=force)
            print(f"{path}\t{len(records)}")
            advance(done, len(files))
