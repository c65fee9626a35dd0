"""What every wish of a person has."""

import re
from datetime import date

from msgspec import Struct

from core.model import Channel

_SNAKE = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Action(Struct, frozen=True, kw_only=True):
    """Any wish of a person. `on` is the day it happened; None means today."""

    on: date | None = None
    note: str = ""


def verb_of(action: Action) -> str:
    """The verb an action is, as tables, commands and histories name it."""
    return getattr(action, "verb", "") or verb_named(type(action))


def verb_named(kind: type[Action]) -> str:
    """The verb a kind of action is called by."""
    return _SNAKE.sub("_", kind.__name__).lower()


class ItemAction(Action, frozen=True, kw_only=True):
    """An action on one item, named by its id."""

    item: int


class Proxied(ItemAction, frozen=True, kw_only=True):
    """A step of the unit, which a clerk may enter for it (代录)."""

    on_behalf_of: int | None = None
    channel: Channel | None = None
