"""Which function decides on which kind of action: the one whose parameter `action` is of it."""

from collections.abc import Callable
from typing import Any, TypeVar

from core.actions.action import Action
from core.deciding.draft import Draft

Decider = Callable[[Draft, Any], object]
F = TypeVar("F", bound=Callable[..., object])

DECIDERS: dict[type[Action], Decider] = {}
"""By the kind of action; filled by `decides`."""


def decides(function: F) -> F:
    """Have a function of a draft and an action decide on actions of that kind."""
    decides_on(kind_of(function), function)
    return function


def kind_of(function: Callable[..., object]) -> type[Action]:
    """The kind of action a function is about."""
    kind: type[Action] = function.__annotations__["action"]
    return kind


def decides_on(kind: type[Action], decider: Decider) -> None:
    """Have a function decide on actions of a kind, which no other does."""
    assert kind not in DECIDERS, kind
    DECIDERS[kind] = decider
