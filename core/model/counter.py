"""The last number given out in a series."""

from core.model.base import Record


class Counter(Record, frozen=True, kw_only=True):
    """One series of numbers: `R` for reports, `CW-2026` for items accepted in 2026."""

    name: str
    last: int = 0
