"""A saved query of the office, on a number key of the board."""

from core.model.base import Record

KEYS = tuple(range(1, 10))
"""Number keys a view may have; 0 shows everything again."""


class View(Record, frozen=True, kw_only=True):
    """What is looked at often: a name, a query, and the key that shows it."""

    name: str
    query: str
    key: int | None = None
    """1 to 9; None where it has no key."""
    active: bool = True
