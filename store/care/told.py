"""What a check finds, what a repair names of it in its note, and how that is read again."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from msgspec import Struct

LOST = "lost"
"""What a repair calls a transaction it could not read."""


class Finding(Struct, frozen=True):
    """One thing found. `grave` ones are damage, the others are worth knowing."""

    code: str
    grave: bool
    fields: dict[str, Any] = {}
    unsound: bool = False
    """Whether it is no damage, and somebody should put it right by a command."""


class CheckReport(Struct, frozen=True):
    """What a check found, and what it read."""

    findings: tuple[Finding, ...]
    transactions: int
    items: int
    events: int
    seq: int
    """The last transaction."""
    hash: str
    """Of its line: who keeps it elsewhere can prove that history was not rewritten."""

    @property
    def sound(self) -> bool:
        """Whether nothing is damaged."""
        return not any(finding.grave for finding in self.findings)


_FAULTS = "faults "
_DOUBTED = "unproven "


def faults_named(faults: Iterable[Finding]) -> str:
    """Faults as the last line of a repair names them, for later checks; nothing where none."""
    names = sorted({name_of_fault(fault) for fault in faults})
    return _FAULTS + " ".join(names) if names else ""


def doubts_named(tables: Iterable[str]) -> str:
    """Tables taken as they read, as the last line of a repair names them; nothing where none."""
    names = " ".join(tables)
    return _DOUBTED + names if names else ""


def doubts_in(why: str) -> tuple[str, ...]:
    for part in why.split("; "):
        if part.startswith(_DOUBTED):
            return tuple(part.removeprefix(_DOUBTED).split())
    return ()


def names_in(why: str) -> frozenset[str]:
    part = why.rpartition("; ")[2]
    return (
        frozenset(part.removeprefix(_FAULTS).split()) if part.startswith(_FAULTS) else frozenset()
    )


def name_of_fault(fault: Finding) -> str:
    """A fault by its content, wherever its line stands."""
    told = "|".join(
        f"{k}={v}" for k, v in sorted(fault.fields.items()) if k not in ("path", "line")
    )
    return sha256(f"{fault.code}|{told}".encode()).hexdigest()[:8]
