"""加减分: points a month adds to a unit or takes off it, typed by a clerk and approved by publishing."""

from datetime import date

from core.model.base import Record


class Points(Record, frozen=True, kw_only=True):
    """Hundredths of a point, with their sign."""

    unit: int
    month: str
    """2026-03."""
    kind: str
    """praise, leader, fake, shirk, adjust or other."""
    points: int = 0
    why: str = ""
    reference: str = ""
    on: date | None = None
    by: str = ""
    active: bool = True
