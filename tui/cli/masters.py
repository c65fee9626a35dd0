"""What the commands of zones, units and staff share: tables in and out."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from core.actions import Action
from core.errors import RuleError
from core.intake import Incoming, Skipped
from core.reading import read_number
from store.ledgers import read_table, write_rows
from store.ledgers.formats import LARGEST_FILE
from store.ledgers.grids import read_bytes
from store.ledgers.headers import first_header, lookup
from tui.cli.office import Office, talk
from tui.cli.output import form_of, put
from tui.i18n import _, ngettext
from tui.texts import quote, say

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


def import_table(
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
