"""What every stored record has."""

from msgspec import Struct


class Record(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A record of one table; fields at their default are left out on disk."""

    id: int = 0
    """Identity within its table, from 1; never given out twice."""
    revision: int = 0
    """Number of the last transaction that touched the record (docs/format.md)."""
