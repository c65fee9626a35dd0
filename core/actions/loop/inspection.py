"""The look on the spot: 通过, 返工, 直接复查 (docs/domain.md 3, T11-T13)."""

from datetime import date

from core.actions.action import ItemAction


class Pass(ItemAction, frozen=True, kw_only=True):
    """复查合格 T11, striking the item off. `feedback_on` fills a date the unit left out."""

    finding: str = ""
    feedback_on: date | None = None


MEETS_STANDARD = "符合销号标准"
"""What is found where a look finds nothing wrong."""


class Fail(ItemAction, frozen=True, kw_only=True):
    """复查不合格 T12. `work_until` is the new day the unit is told; `due` never moves."""

    reason: str = ""
    work_until: date | None = None


class Inspect(ItemAction, frozen=True, kw_only=True):
    """直接复查 T13: the inspector came before the unit reported."""

    passed: bool
    finding: str = ""
    work_until: date | None = None
