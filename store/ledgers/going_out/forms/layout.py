"""A form of somebody else's (外来表样): where its rows begin and which field each column is."""

from collections.abc import Mapping

from msgspec import Struct

from store.disk.fence import fenced
from store.errors import FileRefused
from store.ledgers.coming_in.grids import workbook_grids
from store.ledgers.coming_in.tables.columns import ToldOf, settled
from store.ledgers.coming_in.tables.heading import heading_of
from store.ledgers.coming_in.tables.holds import Known
from store.ledgers.headers import LEDGER_WORDS
from store.ledgers.zipped import Archive

_FOREIGN = {"vbaProject.bin": "form_macro", "/externalLinks/": "form_external"}
"""Parts of a workbook that are not taken in, by what their names hold."""
_FEWEST = 2
"""Columns that must be fields before a row is taken for a header."""


class FormLayout(Struct, frozen=True):
    """Where a form is filled in."""

    sheet: str
    first: int
    """Number of the first row below its header, from 1."""
    columns: Mapping[int, str]
    """Field by column, from 0; an empty one holds the running number."""
    told: tuple[ToldOf, ...] = ()
    """Columns that were guessed, asked about or not known."""


def checked_form(data: bytes, name: str) -> None:
    """Refuse what is no workbook of today's kind, or brings macros or links. Raises `FileRefused`."""
    if not data.startswith(b"PK"):
        raise FileRefused("form_xlsx", file=name)
    archive = Archive(data, name)
    if "xl/workbook.xml" not in archive:
        raise FileRefused("form_xlsx", file=name)
    for part in archive.names():
        for mark, code in _FOREIGN.items():
            if mark in part:
                raise FileRefused(code, file=name)


def layout_of(data: bytes, name: str, known: Known) -> FormLayout | None:
    """How a form is filled in; None where no row reads as a header, as in a table of fixed figures.

    Raises `FileRefused`.
    """
    return fenced(lambda: _layout(data, name, known), name)


def _layout(data: bytes, name: str, known: Known) -> FormLayout | None:
    """In the child."""
    best: FormLayout | None = None
    words = LEDGER_WORDS.with_headers(known.headers.get("", {}))
    for grid in workbook_grids(data, name):
        heading = heading_of(grid, grid.filled(), words, "")
        if heading is None or grid.sheet is None:
            continue
        read = settled(heading, lambda at: [], words, known, grid.sheet, frozenset())
        if len({key for key in read.columns.values() if key}) < _FEWEST:
            continue
        first = grid.number(heading.first - 1) + 1
        found = FormLayout(grid.sheet, first, dict(read.columns), tuple(read.told))
        if best is None or len(found.columns) > len(best.columns):
            best = found
    return best
