"""Rows of fields, shown as a table or as JSON, or written to a file under their headers."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tui.cli.frame.office import print_json, print_table
from tui.cli.frame.output import form_of, put
from tui.words.i18n import _
from tui.words.texts import name_of


def print_rows(
    rows: Sequence[dict[str, Any]],
    keys: Sequence[str],
    flexible: int,
    *,
    json: bool,
    label: Callable[[str], str] = name_of,
) -> None:
    """Rows as JSON, or some of their columns as a table; `label` names a column."""
    if json:
        print_json(rows)
        return
    print_table(
        [[cell_text(row[key]) for key in keys] for row in rows],
        [label(key) for key in keys],
        flexible=flexible,
    )


def cell_text(value: Any) -> str:
    """A value in a table for people."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "、".join(map(str, value))
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value)


def figure_text(value: Any) -> str:
    """A figure in a table for people: shares with two decimals, a dash where there is none."""
    if value is None:
        return "—"
    return f"{value:.2f}" if isinstance(value, float) else cell_text(value)


def export_table(
    rows: Sequence[dict[str, Any]],
    headers: Mapping[str, str],
    output: str,
    form: str | None,
    encoding: str,
    *,
    force: bool,
    title: str = "",
) -> None:
    """Rows under their Chinese headers, to a file or to stdout."""
    from store.ledgers.going_out.writing import write_rows
    from store.ledgers.headers import first_header

    chosen = form_of(output, form)
    names = {key: first_header(words) for key, words in headers.items()}
    put(
        output,
        chosen,
        lambda: write_rows(rows, chosen, names, title=title, encoding=encoding),
        force=force,
    )
