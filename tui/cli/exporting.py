"""`zg export`: any query as a ledger."""

from typing import Annotated

import typer

from core.errors import RuleError
from core.record import KEYS
from store.ledgers import write_records
from tui.cli.office import open_office
from tui.cli.options import NEGATED_WORDS, As, Lang, Query, Store
from tui.cli.output import Encoding, Force, FormatOption, Output, form_of, put
from tui.cli.progress import progress
from tui.cli.registry import Commands
from tui.i18n import _

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
    with open_office(store, lang, as_role) as office:
        items = office.matching(query or (), every=True)
        if query and not items:
            raise RuleError("no_match")
        records = office.records(items)
        with progress(_("Writing"), shown=output != "-") as advance:
            put(
                output,
                chosen,
                lambda: write_records(
                    records,
                    chosen,
                    title=office.town.settings.office,
                    columns=keys,
                    encoding=encoding,
                    progress=advance,
                ),
                force=force,
            )
