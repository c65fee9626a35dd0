"""Keeping zones, units, staff and settings."""

from datetime import date
from typing import Any

from core.actions.road import Action
from core.model import Part


class AddZone(Action, frozen=True, kw_only=True):
    """A new 责任区; `fields` by attribute of `Zone`. `lead` answers for it from `since`."""

    fields: dict[str, Any]
    lead: int | None = None
    since: date | None = None


class EditZone(Action, frozen=True, kw_only=True):
    """Changed attributes of a zone; `active=False` retires it."""

    zone: int
    fields: dict[str, Any]


class AssignZone(Action, frozen=True, kw_only=True):
    """A unit answers for a zone from `since`; the one before it ends that day."""

    zone: int
    unit: int
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


class ChangeSettings(Action, frozen=True, kw_only=True):
    """Changed attributes of `Settings`."""

    fields: dict[str, Any]
