"""A find of a round: points taken off a zone, normally for an item (docs/rounds.md 2)."""

from datetime import date

from core.model.base import Record

ONCE = 100
"""A factor of one, in hundredths."""


class Find(Record, frozen=True, kw_only=True):
    """What was found in a zone. `deduct` and `factor` are hundredths."""

    round: int
    zone: int
    category: str
    subcategory: str = ""
    item: int | None = None
    """None where it was slight, or put right at once."""
    text: str = ""
    """What it was, where there is no item."""
    on: date
    by: str
    deduct: int
    """Points off for one place."""
    count: int = 1
    """How many places (处数)."""
    factor: int = ONCE
    factor_why: str = ""
    """repeat, outside, within, manual, or nothing."""
    twin: int | None = None
    """The item whose repetition it is."""
    note: str = ""
    waived_on: date | None = None
    waived_why: str = ""
    active: bool = True
