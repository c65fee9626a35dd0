"""Which kind of list a sheet is by its header: a ledger of problems, or one of units or zones."""

from collections.abc import Sequence

from core.registers.units import UNITS
from core.registers.zones import ZONES
from store.errors import FileRefused
from store.ledgers.coming_in.grids import Grid
from store.ledgers.coming_in.tables.columns import OF_ITEMS
from store.ledgers.coming_in.tables.heading import heading_of
from store.ledgers.headers import LEDGER_WORDS, lookup
from store.ledgers.wording import Vocabulary


def is_ledger(grid: Grid, words: Vocabulary) -> bool:
    """Whether a sheet lists problems: it has a text, a day and more, and more of that than of what was asked for."""
    fields = _headed(grid, LEDGER_WORDS)
    listed = "description" in fields and bool(fields & OF_ITEMS) and len(fields) >= FIELDS_OF_KIND
    return listed and len(_headed(grid, words)) < len(fields)


def refuse_lists(found: Sequence[Grid], name: str) -> None:
    """Say so where a file is a list of units or of zones. Raises `FileRefused`."""
    for register in (UNITS, ZONES):
        for grid in found:
            fields = _headed(grid, lookup(register))
            if "name" in fields and len(fields) >= FIELDS_OF_KIND:
                command = f"zg {register.noun} import"
                raise FileRefused("is_list", file=name, table=register.table, command=command)


FIELDS_OF_KIND = 4
"""Fields a sheet names at least for its kind to be told by them."""


def _headed(grid: Grid, words: Vocabulary) -> set[str]:
    heading = heading_of(grid, grid.filled(), words)
    if heading is None:
        return set()
    return {m.field for m in heading.columns.values() if m.field}
