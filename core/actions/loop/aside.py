"""挂账 and 恢复 (docs/domain.md 3, T15, T16)."""

from datetime import date

from core.actions.action import ItemAction


class Suspend(ItemAction, frozen=True, kw_only=True):
    """挂账 T15: what is in the way, what is done meanwhile, until when."""

    reason: str = ""
    measure: str = ""
    plan_on: date | None = None
    reference: str = ""
    """Funds or project."""


class Resume(ItemAction, frozen=True, kw_only=True):
    """销挂 T16. `lead` is needed where no unit had been told yet."""

    due: date | None = None
    deadline: str = ""
    lead: int | None = None
    requirement: str = ""
