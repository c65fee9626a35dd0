"""Appeals against what a circular counts (T25)."""

from core.actions.action import Proxied


class Appeal(Proxied, frozen=True, kw_only=True):
    """申诉 T25: that a lateness, a find or points should not count. `item` is 0 where there is none."""

    item: int = 0
    no: int | None = None
    """Of which assignment, where the item had several; the last that was struck off."""
    find: int | None = None
    points: int | None = None
    reason: str = ""
