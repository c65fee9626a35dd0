"""Options of `zg export`."""

from typing import Annotated

import typer

from tui.cli.frame.completing import from_store
from tui.words.i18n import _

complete_forms = from_store(lambda town: list(town.settings.forms))

Columns = Annotated[
    str,
    typer.Option(
        "--columns",
        "-c",
        metavar="KEYS",
        show_default=False,
        help=_("Fields, joined by commas; all by default."),
    ),
]

SortBy = Annotated[
    str,
    typer.Option(
        "--sort",
        metavar="KEYS",
        show_default=False,
        help=_("Order, by fields joined by commas; - before one turns it round."),
    ),
]

GroupBy = Annotated[
    str,
    typer.Option(
        "--group",
        metavar="KEY",
        show_default=False,
        help=_("Together by a field, such as unit, zone or category, with totals."),
    ),
]

Sheets = Annotated[
    bool,
    typer.Option(
        "--sheets",
        show_default=False,
        help=_("With --group: a sheet (xlsx) or a table (docx) for each."),
    ),
]

Ledger = Annotated[
    bool,
    typer.Option(
        "--ledger",
        show_default=False,
        help=_("The standard ledger for units to fill in: xlsx with what they fill open."),
    ),
]

ByUnit = Annotated[
    str,
    typer.Option(
        "--by-unit",
        metavar="DIR",
        show_default=False,
        help=_("A standard ledger a unit, of what it has in hand, into a directory."),
    ),
]

Template = Annotated[
    bool,
    typer.Option(
        "--template",
        show_default=False,
        help=_("A blank ledger to fill in, with this town's zones, units and categories."),
    ),
]

OnlyOpen = Annotated[
    bool,
    typer.Option(
        "--open", show_default=False, help=_("Only items not done with, as zg list shows them.")
    ),
]

Contacts = Annotated[
    bool,
    typer.Option(
        "--with-contacts", show_default=False, help=_("Mobile numbers in texts too, whole.")
    ),
]

PhotoPairs = Annotated[
    bool,
    typer.Option(
        "--photos",
        show_default=False,
        help=_("Before and after side by side instead of a ledger: .docx, four a page, or .xlsx."),
    ),
]

WithExif = Annotated[
    bool,
    typer.Option(
        "--with-exif",
        show_default=False,
        help=_("With --photos: keep what the camera wrote of place, time and owner."),
    ),
]

OtherForm = Annotated[
    str,
    typer.Option(
        "--form",
        metavar="NAME",
        show_default=False,
        autocompletion=complete_forms,
        help=_("In a form of somebody else's (zg form add), as .xlsx."),
    ),
]
