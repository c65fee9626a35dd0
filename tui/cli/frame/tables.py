"""Rows of fields, shown as a table or as JSON, or written to a file under their headers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from core.words.text import escaped
from tui.cli.frame.output import form_of, put
from tui.terminal.display import shown
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


def print_json(value: Any) -> None:
    """Data as JSON on stdout."""
    sys.stdout.write(
        escaped(msgspec.json.format(msgspec.json.encode(value), indent=2).decode()) + "\n"
    )


def print_table(
    rows: Sequence[Sequence[str]], headers: Sequence[str], *, flexible: int = -1
) -> None:
    """A table at a terminal; tab-separated lines without a header anywhere else."""
    if not sys.stdout.isatty():
        sys.stdout.writelines("\t".join(_shown(row)) + "\n" for row in rows)
        return
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    cells = [[shown(cell) for cell in row] for row in rows]
    widths = [
        max([cell_len(header), *(cell_len(row[at]) for row in cells)])
        for at, header in enumerate(headers)
    ]
    fixed = sum(width + 2 for at, width in enumerate(widths) if at != flexible)
    if fixed + (LEAST if flexible >= 0 else 0) > console.width:
        for row in (list(headers), *cells):
            _print_over_lines(row, flexible, console.width)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for at, header in enumerate(headers):
        table.add_column(
            Text(header),
            overflow="ellipsis",
            no_wrap=True,
            width=min(widths[at], console.width - fixed) if at == flexible else widths[at],
        )
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


def _shown(row: Sequence[str]) -> Iterable[str]:
    """Cells as `shown` has them; one look at all of them, as nearly always."""
    joined = "".join(row)
    return row if shown(joined) is joined else map(shown, row)


LEAST = 12
"""Cells a column that gives way is given at the least; else rows go over two lines."""


def _print_over_lines(row: Sequence[str], flexible: int, width: int) -> None:
    """A row whose cells do not fit beside each other: over as many lines as they need, none cut but
    the text that gives way."""
    from rich.cells import cell_len

    from tui.terminal.wrapping import wrap

    line = ""
    for at, cell in enumerate(row):
        if at == flexible or not cell:
            continue
        if line and cell_len(line) + 2 + cell_len(cell) > width:
            print(line)
            line = " "
        line += ("  " if line.strip() else "") + cell
    print(line)
    if flexible >= 0 and row[flexible]:
        for part in wrap(row[flexible], max(8, width - 2), 2):
            print(f"  {part}")
