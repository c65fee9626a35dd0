"""What the commands of zones, units and staff share: tables out, and rows as people read them."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from core.errors import RuleError
from store.ledgers import write_rows
from store.ledgers.headers import first_header
from tui.cli.office import Office, open_office, print_json, print_table
from tui.cli.options import As, Lang, Store
from tui.cli.output import Encoding, Force, FormatOption, Output, form_of, put
from tui.i18n import _
from tui.texts import name_of

R = TypeVar("R")


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
