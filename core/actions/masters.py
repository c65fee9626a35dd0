"""Keeping zones, units, staff and settings."""

from datetime import date
from typing import Any

from core.actions.road import Action, ItemAction
from core.model import Part


class AddZone(Action, frozen=True, kw_only=True):
    """A new 责任区; `fields` by attribute of `Zone`. `lead` answers for it from `since`."""

    fields: dict[str, Any]
    lead: int | None = None
    lead_name: str = ""
    """The unit by any of its names, where it is not known by its key yet."""
    since: date | None = None


class EditZone(Action, frozen=True, kw_only=True):
    """Changed attributes of a zone; `active=False` retires it."""

    zone: int
    fields: dict[str, Any]


class AssignZone(Action, frozen=True, kw_only=True):
    """A unit answers for a zone from `since`; the one before it ends that day."""

    zone: int
    unit: int = 0
    lead_name: str = ""
    """The unit by any of its names, in place of its key."""
    since: date
    part: Part = Part.LEAD


class AddUnit(Action, frozen=True, kw_only=True):
    """A new 责任单位; `fields` by attribute of `Unit`."""

    fields: dict[str, Any]


class EditUnit(Action, frozen=True, kw_only=True):
    """Changed attributes of a unit; `active=False` retires it."""

    unit: int
    fields: dict[str, Any]


class AddStaff(Action, frozen=True, kw_only=True):
    """A login and its roles; `fields` by attribute of `Staff`."""

    fields: dict[str, Any]


class EditStaff(Action, frozen=True, kw_only=True):
    """Changed attributes of a member of staff."""

    staff: int
    fields: dict[str, Any]


class MergeUnits(Action, frozen=True, kw_only=True):
    """A unit goes into another, from `on` (today by default)."""

    unit: int
    into: int


class MergeZones(Action, frozen=True, kw_only=True):
    """A zone goes into another, from `on` (today by default)."""

    zone: int
    into: int


class AddRule(Action, frozen=True, kw_only=True):
    """A new 时限规则; `fields` by attribute of `Rule`."""

    fields: dict[str, Any]


class EditRule(Action, frozen=True, kw_only=True):
    """Changed attributes of a rule; no issued deadline moves."""

    rule: int
    fields: dict[str, Any]


class AddRoute(Action, frozen=True, kw_only=True):
    """A new 路由规则; `fields` by attribute of `Route`."""

    fields: dict[str, Any]


class EditRoute(Action, frozen=True, kw_only=True):
    """Changed attributes of a route."""

    route: int
    fields: dict[str, Any]


class AddView(Action, frozen=True, kw_only=True):
    """A new saved view; `fields` by attribute of `View`."""

    fields: dict[str, Any]


class EditView(Action, frozen=True, kw_only=True):
    """Changed attributes of a view; `active=False` takes it out of use."""

    view: int
    fields: dict[str, Any]


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
