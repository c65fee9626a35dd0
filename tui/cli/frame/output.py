"""Where an export goes: a file that appears whole or not at all, or standard output."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated, Any

import typer

from core.errors import Incomplete
from store.errors import FileRefused
from tui.words.i18n import _

if TYPE_CHECKING:
    from store.ledgers.formats import Format

Output = Annotated[
    str,
    typer.Option(
        "--output", "-o", metavar="FILE|-", help=_("Where to; the suffix chooses the format.")
    ),
]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="xlsx|docx|csv|json|jsonl|md",
        show_default=False,
        help=_("Format, whatever the suffix; csv on standard output by default."),
    ),
]
Force = Annotated[
    bool, typer.Option("--force", help=_("Overwrite a file that is there."), show_default=False)
]
Encoding = Annotated[
    str,
    typer.Option(
        "--encoding",
        metavar="NAME",
        show_default=False,
        help=_("Encoding of csv, such as gb18030; UTF-8 with BOM by default."),
    ),
]


def suffix_of(output: str, known: Sequence[str]) -> str:
    """The suffix of a file, which says what it is written as. Raises `FileRefused`."""
    form = PurePath(output).suffix.lower().lstrip(".")
    if form not in known:
        raise FileRefused("unknown_format", file=output, expected=tuple(known))
    return form


def form_of(output: str, form: str | None) -> Format:
    """`-f`, else the suffix of `-o`, else csv. Raises `FileRefused`."""
    from store.ledgers.formats import Format, format_of

    if form is not None:
        if form not in tuple(Format):
            raise FileRefused("unknown_format", file=form, expected=tuple(Format))
        return Format(form)
    return Format.CSV if output == "-" else format_of(output)


def put(output: str, form: Format, make: Callable[[], bytes], *, force: bool) -> None:
    """Make an export and put it where it was asked for; nothing is made where it could not be written."""
    if output == "-":
        if form.binary and sys.stdout.isatty():
            raise Incomplete("binary_to_terminal")
        sys.stdout.buffer.write(make())
        sys.stdout.buffer.flush()
        return
    from store.disk.files import check_target
    from store.ledgers.going_out.writing import save
    from tui.whereabouts import expanded

    target = expanded(output)
    check_target(target, force=force)
    save(make(), target, force=force)


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
