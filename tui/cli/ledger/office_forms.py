"""`zg form`: forms of somebody else's, given once and filled in by `zg export --form`."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Annotated, Any

import typer

from core.actions.registers import ChangeSettings
from core.errors import NotFound
from core.ledger.record import PortableRecord
from core.year.stretch_numbers import number_at
from store.disk.photos import template_file
from store.ledgers.coming_in.grids import read_bytes
from store.ledgers.going_out.forms.filling import filled_form, names_in
from store.ledgers.going_out.forms.layout import FormLayout, checked_form, layout_of
from store.ledgers.headers import HEADERS, LEDGER_WORDS
from tui.cli.faces.bringing import headers_told
from tui.cli.faces.sheets_in import Map
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import print_table
from tui.cli.ledger.export_options import complete_forms
from tui.ledger.incoming_file import known_in
from tui.whereabouts import expanded
from tui.words.i18n import _
from tui.words.ledger.columns import column_words
from tui.words.texts import name_of, quote

COMMANDS = Commands()
FormName = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        show_default=False,
        help=_("What the form is called."),
        autocompletion=complete_forms,
    ),
]


@opens(saves=True)
def add(
    office: Office,
    file: Annotated[
        str, typer.Argument(metavar="FILE", show_default=False, help=_("An empty .xlsx of theirs."))
    ],
    name: Annotated[
        str,
        typer.Option(
            "--name", metavar="TEXT", show_default=False, help=_("By default as the file.")
        ),
    ] = "",
    map_: Map = None,
) -> None:
    """收下表样."""
    data, called = read_bytes(expanded(file)), PurePath(file).name
    checked_form(data, called)
    told = office.town.settings.form_headers | headers_told(HEADERS, LEDGER_WORDS, map_ or ())
    layout = layout_of(data, called, known_in(office.town, told))
    if layout is not None:
        for column in layout.told:
            talk(f"{quote(called)}: {column_words(column, kept=False)}")
    chosen = name or PurePath(file).stem
    forms = dict(office.town.settings.forms)
    forms[chosen] = office.repository.photos.keep_template(data, "xlsx")
    office.commit([ChangeSettings(fields={"forms": forms, "form_headers": told})])
    _show(layout)
    print(chosen)


def _show(layout: FormLayout | None) -> None:
    """Which column is which field."""
    if layout is None:
        talk(_("A table of fixed figures: cells that hold {{…}} are filled in."))
        return
    for at, key in sorted(layout.columns.items()):
        field = name_of(key) if key else _("running number")
        talk(f"{layout.sheet} {at + 1}: {field}")


@opens()
def list_(office: Office) -> None:
    """表样."""
    rows = [[name, digest[:8]] for name, digest in sorted(office.town.settings.forms.items())]
    print_table(rows, [_("Form"), _("Digest")])


@opens()
def show(office: Office, name: FormName) -> None:
    """一张表样."""
    data = form_data(office, name)
    _show(layout_of(data, name, known_in(office.town, office.town.settings.form_headers)))


@opens(saves=True)
def remove(office: Office, name: FormName) -> None:
    """不再用."""
    form_data(office, name)
    forms = {k: v for k, v in office.town.settings.forms.items() if k != name}
    office.commit([ChangeSettings(fields={"forms": forms})])


def form_data(office: Office, name: str) -> bytes:
    """The workbook of a form. Raises `NotFound("no_form")`, `FileRefused`."""
    digest = office.town.settings.forms.get(name)
    if digest is None:
        expected = tuple(office.town.settings.forms)
        raise NotFound("no_form", value=name, expected=expected)
    return office.repository.photos.read(template_file(digest, "xlsx"))


def form_filled(office: Office, name: str, records: Sequence[PortableRecord]) -> bytes:
    """A form with records below its header and figures in its cells. Raises `RuleError`, `FileRefused`."""
    data = form_data(office, name)
    layout = layout_of(data, name, known_in(office.town, office.town.settings.form_headers))

    figures = {said: number_at(office.town, said, office.today) for said in names_in(data, name)}
    for said, counted in figures.items():
        for mark in counted.missing:
            talk(f"{said}: {mark}")
    return filled_form(data, name, layout, records, figures)


def _group() -> Any:
    group = typer.Typer(
        help=_("Forms of somebody else's, filled in by zg export --form."), no_args_is_help=True
    )
    for name, told, function in (
        ("add", _("Take an empty form in: its headers are read by what they mean."), add),
        ("list", _("List forms."), list_),
        ("show", _("Show which column is which field."), show),
        ("remove", _("Use a form no more."), remove),
    ):
        group.command(name, help=told)(function)
    return group


COMMANDS.group("form", _group)
