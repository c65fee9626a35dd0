"""责任分工: which unit answers for a zone, and when."""

from datetime import date
from enum import StrEnum

from core.model.base import Record


class Part(StrEnum):
    """The part a unit plays in a zone."""

    LEAD = "lead"
    CO = "co"


class Responsibility(Record, frozen=True, kw_only=True):
    """A unit answers for a zone from one day up to, but not on, another."""

    zone: int
    unit: int
    part: Part = Part.LEAD
    since: date
    until: date | None = None

    @property
    def empty(self) -> bool:
        """Whether it never was in force: it was taken back."""
        return self.until is not None and self.until <= self.since

    def holds(self, day: date) -> bool:
        """Whether it is in force on `day`."""
        return self.since <= day and (self.until is None or day < self.until)
