"""退回, 改派, 延期: an assignment given back, given on or given longer (docs/domain.md 3, T7, T8, T14)."""

from datetime import date

from core.actions.action import ItemAction, Proxied


class Return(Proxied, frozen=True, kw_only=True):
    """退回 T7: the unit says it is not theirs; `unit` is the one it proposes."""

    reason: str = ""
    unit: int | None = None


class Reassign(ItemAction, frozen=True, kw_only=True):
    """改派 T8: another unit, with a deadline of its own."""

    lead: int | None = None
    co: tuple[int, ...] = ()
    due: date | None = None
    deadline: str = ""
    requirement: str = ""
    responsible: str = ""
    reason: str = ""


class Extend(Proxied, frozen=True, kw_only=True):
    """延期 T14, before `due` only."""

    due: date | None = None
    deadline: str = ""
    reason: str = ""
