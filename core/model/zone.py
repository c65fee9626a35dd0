"""责任区: a stretch of the town that somebody answers for."""

from datetime import date

from core.model.base import Former, Record


class Zone(Record, frozen=True, kw_only=True):
    """A zone; who leads it is a `Responsibility`, with its dates."""

    code: str
    name: str
    kind: str = ""
    """街道段, 重点场所, 村, 社区, 片区 or 路段; free text."""
    parent: int | None = None
    scope: str = ""
    area: float | None = None
    """Square metres."""
    households: int | None = None
    population: int | None = None
    note: str = ""
    active: bool = True
    until: date | None = None
    """The day it was retired."""
    into: int | None = None
    """The zone it was merged into."""
    former: tuple[Former, ...] = ()
    """Names it had before; they still read."""


def zone_code(number: int) -> str:
    """The code of a zone that is only counted: Z01."""
    return f"Z{number:02d}"
