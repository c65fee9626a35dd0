"""A zone as it was seen in a round; one record of each, so that two inspectors never touch one."""

from datetime import date

from core.model.base import Record


class Visit(Record, frozen=True, kw_only=True):
    """Whether a zone was seen, and what does not apply there."""

    round: int
    zone: int
    on: date
    by: str
    """Login of who was there."""
    seen: bool = True
    why: str = ""
    """Why it was not seen."""
    na: tuple[str, ...] = ()
    """Categories that do not apply there (不适用)."""
    active: bool = True
