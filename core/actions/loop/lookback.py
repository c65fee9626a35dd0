"""回头看: it held, or it came back (docs/domain.md 3, T23, T24)."""

from datetime import date

from core.actions.action import ItemAction


class Recheck(ItemAction, frozen=True, kw_only=True):
    """回头看: 保持 T23."""

    finding: str = ""
    photos: tuple[str, ...] = ()


class Reopen(ItemAction, frozen=True, kw_only=True):
    """回头看: 反弹 T24. Long after the closing a new item is made instead, linked as 复发."""

    reason: str = ""
    photos: tuple[str, ...] = ()
    lead: int | None = None
    due: date | None = None
    deadline: str = ""
    requirement: str = ""
