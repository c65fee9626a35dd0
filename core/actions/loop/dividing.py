"""One problem for several units, in parts."""

from datetime import date

from msgspec import Struct

from core.actions.action import ItemAction


class UnitPart(Struct, frozen=True, kw_only=True):
    """What one of several units has to do, and by when; the requirement of the whole where it has none."""

    lead: int
    due: date
    deadline: str = ""
    requirement: str = ""
    co: tuple[int, ...] = ()


class Split(ItemAction, frozen=True, kw_only=True):
    """分项交办: one problem given to several units, each with its own deadline and feedback."""

    parts: tuple[UnitPart, ...] = ()
    requirement: str = ""
