"""Rows of fields, shown as a table or as JSON."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec

from core.errors import RuleError
from core.ledger.record import ASKED_KEYS, KEYS
from core.words.text import escaped, key_of
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


def keys_of(text: str) -> list[str]:
    """Fields joined by commas, each as its key or a header; `-` before one turns an order round.

    Raises `RuleError("unknown_column")`.
    """
    found = []
    for part in text.replace("，", ",").replace("、", ",").split(","):
        name = part.strip()
        if not name:
            continue
        bare = name.removeprefix("-")
        known = (*KEYS, *ASKED_KEYS)
        key = bare if bare in known else _SHORT.get(bare) or _by_header(bare)
        if key not in known:
            raise RuleError("unknown_column", value=bare, expected=known)
        found.append(("-" if name != bare else "") + str(key))
    return found


def _by_header(text: str) -> str | None:
    """The field a header stands for; what reads ledgers is loaded with the first one asked for."""
    from store.ledgers.headers import ASKED_HEADERS, LEDGER

    asked = {key_of(header): key for key, header in ASKED_HEADERS.items()}
    return LEDGER.get(key_of(text)) or asked.get(key_of(text))


_SHORT = {"unit": "lead_unit", "due": "due_on", "found": "found_on", "zone_code": "zone"}
