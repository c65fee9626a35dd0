"""Keeping registers and settings."""

from datetime import date
from typing import Any

from core.actions.action import Action, ItemAction
from core.model import Part
from core.registers import REGISTERS


class Add(Action, frozen=True, kw_only=True):
    """A new record of a register; `fields` by attribute."""

    table: str
    fields: dict[str, Any]

    @property
    def verb(self) -> str:
        """As the history names it: add_unit."""
        return f"add_{REGISTERS[self.table].noun}"


class Edit(Action, frozen=True, kw_only=True):
    """Changed attributes of a record of a register; `active=False` retires it. What was issued by it stays."""

    table: str
    record: int
    fields: dict[str, Any]

    @property
    def verb(self) -> str:
        """As the history names it: edit_unit."""
        return f"edit_{REGISTERS[self.table].noun}"


class AddZone(Action, frozen=True, kw_only=True):
    """A new 责任区; `fields` by attribute of `Zone`. `lead` answers for it from `since`."""

    fields: dict[str, Any]
    lead: int | None = None
    lead_name: str = ""
    """The unit by any of its names, where it is not known by its key yet."""
    since: date | None = None


class AssignZone(Action, frozen=True, kw_only=True):
    """A unit answers for a zone from `since`; the one before it ends that day."""

    zone: int
    unit: int = 0
    lead_name: str = ""
    """The unit by any of its names, in place of its key."""
    since: date
    part: Part = Part.LEAD


class MergeUnits(Action, frozen=True, kw_only=True):
    """A unit goes into another, from `on` (today by default)."""

    unit: int
    into: int


class MergeZones(Action, frozen=True, kw_only=True):
    """A zone goes into another, from `on` (today by default)."""

    zone: int
    into: int


class Remember(Action, frozen=True, kw_only=True):
    """What a sender's headers and names stand for; told once, used from then on."""

    sender: str = ""
    """As 填报单位 has it; empty for everybody."""
    headers: dict[str, str] = {}
    """Field of the portable record by header as written; empty for a column that says nothing."""
    units: dict[str, int] = {}
    """Unit by name as written."""
    words: dict[str, str] = {}
    """Category or state by the word as written."""


class Forget(Action, frozen=True, kw_only=True):
    """What was remembered of a sender, forgotten: some words, or all where none is named."""

    sender: int
    words: tuple[str, ...] = ()


class SetHolidays(Action, frozen=True, kw_only=True):
    """The published rest days and made-up working days of a year."""

    year: int
    rest: tuple[str, ...]
    work: tuple[str, ...]
    source: str = ""


class Recount(ItemAction, frozen=True, kw_only=True):
    """A provisional deadline counted again, now that the year's holidays are known."""


class ChangeSettings(Action, frozen=True, kw_only=True):
    """Changed attributes of `Settings`."""

    fields: dict[str, Any]


class AddKey(Action, frozen=True, kw_only=True):
    """A key by which somebody comes through the gate: the line of its .pub file."""

    login: str
    public: str


class RetireKey(Action, frozen=True, kw_only=True):
    """A key that lets nobody in any more."""

    key: int
