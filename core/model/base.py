"""What every stored record has."""

from datetime import date

from msgspec import Struct


class Record(
    Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, gc=False
):
    """A record of one table; fields at their default are left out on disk."""

    id: int = 0
    """Identity within its table, from 1; never given out twice."""
    revision: int = 0
    """Number of the last transaction that touched the record (docs/format.md)."""


class Nested(
    Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False, forbid_unknown_fields=True
):
    """A part of a record."""


class Former(Struct, frozen=True, forbid_unknown_fields=True):
    """A name that was in use up to, but not on, a day."""

    name: str
    until: date


def name_at(name: str, former: tuple[Former, ...], day: date) -> str:
    """What something was called on a day: its name, or the former one in use then."""
    return next((f.name for f in sorted(former, key=lambda f: f.until) if day < f.until), name)
