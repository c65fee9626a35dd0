"""A document of a table that is not one of the board's own."""

from typing import Any

from core.model.base import Record


class Side(Record, frozen=True, kw_only=True):
    """What a program beside the board keeps in the same store, such as a list of its own.

    The rules know nothing of it; it is saved, undone and audited like everything else.
    """

    table: str
    key: int
    """Its number within its table, never given out twice."""
    body: dict[str, Any] = {}
    removed: bool = False
