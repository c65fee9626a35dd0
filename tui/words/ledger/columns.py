"""What is said of the columns of a file: what they were taken as, what is asked, what was not read."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from typing import TYPE_CHECKING

from store.ledgers.headers import HEADERS
from tui.words.i18n import _
from tui.words.texts import listed, name_of, quote

if TYPE_CHECKING:
    from store.ledgers.coming_in.tables.columns import ToldOf


def column_words(column: ToldOf, *, kept: bool = True) -> str:
    """What became of a column, and the option that tells what it is; `kept` where there is a note."""
    header = quote(column.header)
    fields = listed(name_of(field) for field in _each(column.fields))
    match column.why:
        case "guessed":
            return _("column {header} was taken as {fields}").format(header=header, fields=fields)
        case "hidden":
            return _("column {header} is hidden in the file; it was read as {fields}").format(
                header=header, fields=fields
            )
        case "twice":
            said = _("column {header} is there twice")
        case "also":
            said = _("column {header} may be {fields} too, which another column is")
        case "asked":
            said = _("column {header} may be {fields}")
        case _:
            said = _("column {header} is not known")
    became = _("kept in the note.") if kept else _("not taken.")
    words = f"{said.format(header=header, fields=fields)}; {became}"
    if column.why in ("twice", "also"):
        return words
    return " ".join([words, *(offer(column.header, field) for field in column.fields)])


def columns_told(headers: Iterable[str]) -> str:
    """What `--help` says of the headers a sheet may have."""
    told = _("Headers: {names}; many others that mean the same are read too (docs/headers.md).")
    return told.format(names="、".join(headers))


def offer(header: str, field: str) -> str:
    """The option that says a header is a field."""
    told = shlex.quote(f"{quote(header)}={HEADERS.get(field, field)}")
    return _("--map {told} makes it that.").format(told=told)


def _each(fields: tuple[str, ...]) -> list[str]:
    """`both` is two fields."""
    return [each for field in fields for each in (_BOTH if field == "both" else (field,))]


_BOTH = ("requirement", "measure")
