"""What the commands of zones, units and staff share: tables in and out."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from core.actions import Action
from core.errors import RuleError
from core.intake import Incoming, Skipped
from core.reading import read_number
from store.ledgers import read_table, write_rows
from store.ledgers.formats import LARGEST_FILE
from store.ledgers.grids import read_bytes
from store.ledgers.headers import first_header, lookup
from store.lock import WAIT
from tui.cli.office import Office, open_office, print_json, print_table, talk
from tui.cli.options import As, DryRun, Lang, Store, Wait
from tui.cli.output import Encoding, Force, FormatOption, Output, form_of, put
from tui.i18n import _, ngettext
from tui.texts import name_of, quote, say

R = TypeVar("R")
Make = Callable[[dict[str, Any]], list[Action]]


def given(**options: Any) -> dict[str, Any]:
    """Options that were said."""
    return {name: value for name, value in options.items() if value is not None}


def export_table(
    rows: Sequence[dict[str, Any]],
    headers: dict[str, str],
    output: str,
    form: str | None,
    encoding: str,
    *,
    force: bool,
) -> None:
    """A master file under its Chinese headers."""
    chosen = form_of(output, form)
    names = {key: first_header(words) for key, words in headers.items()}
    put(output, chosen, lambda: write_rows(rows, chosen, names, encoding=encoding), force=force)


def exporter(
    headers: dict[str, str], rows: Callable[[Office], list[dict[str, Any]]]
) -> Callable[..., None]:
    """The command that writes a master file."""

    def command(
        output: Output = "-",
        form: FormatOption = None,
        encoding: Encoding = "",
        force: Force = False,
        as_role: As = None,
        store: Store = None,
        lang: Lang = None,
    ) -> None:
        with open_office(store, lang, as_role) as office:
            export_table(rows(office), headers, output, form, encoding, force=force)

    return command


def importer(
    headers: dict[str, str], needed: Sequence[str], reader: Callable[[Office], Make]
) -> Callable[..., None]:
    """The command that brings a master file in; `reader` makes actions of a row."""

    def command(
        file: Annotated[
            str, typer.Argument(metavar="FILE|-", help=_("A table."), show_default=False)
        ],
        dry_run: DryRun = False,
        encoding: Annotated[
            str | None,
            typer.Option(
                "--encoding", metavar="NAME", help=_("Encoding of a csv file."), show_default=False
            ),
        ] = None,
        as_role: As = None,
        store: Store = None,
        lang: Lang = None,
        wait: Wait = WAIT,
    ) -> None:
        with open_office(store, lang, as_role, wait, via="import") as office:
            make = reader(office)
            _import_table(office, file, headers, needed, make, encoding=encoding, dry_run=dry_run)

    return command


def known(records: dict[int, R], number: int, table: str) -> R:
    """The record of a number. Raises `RuleError("no_record")`."""
    if number not in records:
        raise RuleError("no_record", table=table, value=str(number))
    return records[number]


def cell_text(value: Any) -> str:
    """A value in a table for people."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


def print_rows(
    rows: Sequence[dict[str, Any]], keys: Sequence[str], flexible: int, *, json: bool
) -> None:
    """Rows as JSON, or some of their columns as a table."""
    if json:
        print_json(rows)
        return
    print_table(
        [[cell_text(row[key]) for key in keys] for row in rows],
        [name_of(key) for key in keys],
        flexible=flexible,
    )


def _import_table(
    office: Office,
    name: str,
    headers: dict[str, str],
    needed: Sequence[str],
    make: Make,
    *,
    encoding: str | None,
    dry_run: bool,
) -> None:
    """A master file in one transaction; the first row that does not fit refuses it whole."""
    data = sys.stdin.buffer.read(LARGEST_FILE + 1) if name == "-" else read_bytes(Path(name))
    base = "-" if name == "-" else Path(name).name
    table = read_table(data, base, lookup(headers), frozenset(needed), encoding=encoding)
    actions: list[Action] = []
    for row in sorted(table.rows, key=_is_part):  # a zone before its parts
        if not isinstance(row, Incoming):
            continue
        try:
            actions.extend(make(row.cells))
        except RuleError as error:
            talk(_("{where}, row {row}").format(where=quote(base), row=row.row) + ": " + say(error))
            raise RuleError("rows_rejected", count=1) from error
    if not dry_run and actions:
        office.commit(actions, op="import", source=base)
    talk(ngettext("{count} change.", "{count} changes.", len(actions)).format(count=len(actions)))


def _is_part(row: Incoming | Skipped) -> bool:
    return isinstance(row, Incoming) and bool(row.cells.get("parent"))


def as_int(field: str, value: Any) -> int | None:
    """A count in a cell. Raises `RuleError("bad_number")`."""
    number = read_number(value, field)
    return None if number is None else int(number)


def as_bool(value: Any) -> bool:
    """是 and 否 in a cell; an empty one is yes."""
    return str(value).strip().lower() not in ("否", "no", "false", "0", "×")


def as_list(value: Any) -> tuple[str, ...]:
    """Names joined by 、 in a cell, or a list."""
    parts = value if isinstance(value, list) else str(value or "").split("、")
    return tuple(p for p in (str(part).strip() for part in parts) if p)
