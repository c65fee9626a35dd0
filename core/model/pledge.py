"""目标责任书: what a unit promises for a year (docs/year.md 3)."""

from collections.abc import Iterable
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


def standing(pledges: Iterable[Pledge]) -> list[Pledge]:
    """Those in whose place no later one stands, through one in between that was taken back too."""
    every = {pledge.id: pledge for pledge in pledges}
    gone: set[int] = set()
    for pledge in every.values():
        before = pledge.replaces if pledge.active else None
        while before is not None and before not in gone:
            gone.add(before)
            before = every[before].replaces if before in every else None
    return [p for p in every.values() if p.active and p.id not in gone]
