"""Keeping documents of tables that are not the board's own."""

from typing import Any

from core.actions.action import Action


class KeepSide(Action, frozen=True, kw_only=True):
    """A document as it is to be; `body` None takes it away. `record` is the one it is now."""

    table: str
    key: int
    body: dict[str, Any] | None
    record: int | None = None
