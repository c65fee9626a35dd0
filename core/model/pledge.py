"""目标责任书: what a unit promises for a year (docs/year.md 3)."""

from datetime import date
from decimal import Decimal

from core.model.base import Record
from core.model.file import File


class Pledge(Record, frozen=True, kw_only=True):
    """One pledge; it is called P-0001 after its id. A later one of a unit and year replaces it."""

    year: int
    unit: int
    signed_on: date
    signer_post: str = ""
    lines: dict[str, Decimal] = {}
    """What of each indicator, by its code."""
    text: str = ""
    files: tuple[File, ...] = ()
    replaces: int | None = None
    active: bool = True

    @property
    def label(self) -> str:
        """What people call it."""
        return f"P-{self.id:04d}"
