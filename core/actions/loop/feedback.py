"""签收, 反馈, 撤回, and what is said of the work while it goes on (docs/domain.md 3, T9-T10)."""

from core.actions.action import Proxied


class Receive(Proxied, frozen=True, kw_only=True):
    """签收 T6."""


class Submit(Proxied, frozen=True, kw_only=True):
    """反馈整改 T9. `on` is the day the unit finished; a ledger may claim it without one."""

    measure: str = ""
    progress: str = ""
    photos: tuple[str, ...] = ()
    responsible: str = ""
    claimed: bool = False
    """From a ledger: measure, date and photo may be missing."""


class Withdraw(Proxied, frozen=True, kw_only=True):
    """撤回反馈 T10."""

    reason: str = ""


class Note(Proxied, frozen=True, kw_only=True):
    """记进展: a line of an item's diary, by whoever saw or heard it; what a unit told is on its behalf."""

    line: str = ""
