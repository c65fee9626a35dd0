"""`Changes`, the one thing that flows: whole records, old and new, and their events."""

from collections.abc import Iterator
from datetime import UTC, datetime

from msgspec import Struct
from msgspec.structs import replace

from core.model import Event, Record, Request


def stamp(at: datetime) -> str:
    """An instant as transactions bear it: UTC, ISO 8601 with Z."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Change(Struct, frozen=True, gc=False):
    """One record of a table before and after; `old` is None where it is new."""

    table: str
    old: Record | None
    new: Record

    @property
    def id(self) -> int:
        """Identity of the record."""
        return self.new.id


class Changes(Struct, frozen=True, kw_only=True):
    """One transaction: what it did to which records, who did it and why."""

    changes: tuple[Change, ...] = ()
    seq: int = 0
    """Number of the transaction; 0 until it is saved."""
    at: str = ""
    """When it was saved, UTC, ISO 8601 with Z."""
    who: str = ""
    via: str = ""
    key: str = ""
    """The beginning of the fingerprint of the key by which whoever did it came through the gate."""
    op: str = ""
    """The verb, or `import` or `undo`."""
    why: str = ""
    source: str = ""
    """File name and digest of an import."""
    undoes: int | None = None

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    def of(self, table: str) -> list[Change]:
        """The changes to one table."""
        return [change for change in self.changes if change.table == table]

    @property
    def events(self) -> list[Event]:
        """The history lines this transaction adds."""
        return [c.new for c in self.changes if isinstance(c.new, Event)]

    @property
    def asked_about(self) -> set[int]:
        """The items its requests are about; appeals against points are about none."""
        requests = (c.new for c in self.of("requests") if isinstance(c.new, Request))
        return {request.item for request in requests if request.item}

    def numbered(self, seq: int) -> "Changes":
        """The same as transaction `seq`: every record it leaves bears that revision."""
        return replace(
            self,
            seq=seq,
            changes=tuple(
                c if c.new.revision == seq else Change(c.table, c.old, replace(c.new, revision=seq))
                for c in self.changes
            ),
        )
