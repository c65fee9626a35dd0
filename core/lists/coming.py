"""Lists on their way in: what each row asks for, what of it is doubted, and what does not fit (docs/year.md 9)."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from msgspec import Struct

from core.actions.action import Action
from core.actions.loop.road import Report
from core.actions.registers import Add, AddZone
from core.actions.year import AddLog
from core.errors import Doubt, RuleError
from core.ledger.outcome import Incoming
from core.lists.list_reading import Reading

Cells = Mapping[str, Any]
"""Cells of a row by field."""


class RowReader(ABC):
    """Reads the rows of one list, one after the other: a later one knows what the earlier ones ask for."""

    NEEDED: ClassVar[tuple[str, ...]] = ()
    """Columns a file must have."""

    @abstractmethod
    def actions(self, cells: dict[str, Any]) -> list[Action]:
        """What a row asks for; nothing where it says nothing new. Raises `RuleError`."""

    def doubts(self, cells: Cells) -> Iterable[Doubt]:
        """What of a row is not taken, and what somebody should look at."""
        return ()


class ListKind(Struct, frozen=True):
    """A kind of list: its headers and who reads its rows."""

    headers: Mapping[str, str]
    """By field, as `a|b`."""
    needed: tuple[str, ...]
    """Columns a file must have."""
    rows: Callable[[Reading], RowReader]
    table: str = ""
    """The register it is of, if it is of one."""
    together: Callable[[list[Action]], list[Action]] | None = None
    """What the actions of all rows come to."""
    lines: Callable[[Iterable[str]], list[Incoming]] | None = None
    """Reads it as plain text, where it may come so."""

    def come(self, reading: Reading, rows: Iterable[Incoming]) -> "list[ListedRow]":
        """What every row comes to, in the order they were looked at: a zone before its parts."""
        reader = self.rows(reading)
        found = []
        for row in sorted(rows, key=lambda each: bool(each.cells.get("parent"))):
            reading.year, reading.until = row.filing.year, row.filing.until
            doubts = (*row.doubts, *reader.doubts(row.cells))
            try:
                found.append(ListedRow(row, doubts, tuple(reader.actions(row.cells))))
            except RuleError as error:
                found.append(ListedRow(row, doubts, refused=error))
        return found

    def asked_for(self, came: Sequence["ListedRow"]) -> list[Action]:
        """What rows ask for, all of them together."""
        actions = [action for each in came for action in each.actions]
        return self.together(actions) if self.together else actions


class ListedRow(Struct, frozen=True):
    """A row and what it comes to."""

    row: Incoming
    doubts: tuple[Doubt, ...] = ()
    actions: tuple[Action, ...] = ()
    refused: RuleError | None = None
    """Why it does not fit."""

    @property
    def state(self) -> str:
        """new, update, same or rejected."""
        if self.refused is not None:
            return "rejected"
        if not self.actions:
            return "same"
        new = any(isinstance(action, Add | AddLog | AddZone | Report) for action in self.actions)
        return "new" if new else "update"

    @property
    def leads(self) -> list[str]:
        """Units it names that answer for a zone."""
        names = (getattr(action, "lead_name", "") for action in self.actions)
        return [name for name in names if name]
