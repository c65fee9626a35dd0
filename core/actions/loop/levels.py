"""催办, 督办, 通报, 约谈: the levels of escalation (docs/domain.md 3, T20-T22)."""

from datetime import date

from core.actions.action import ItemAction
from core.model import Trigger


class Remind(ItemAction, frozen=True, kw_only=True):
    """催办: the unit is told again, by telephone, WeChat or letter."""


class Supervise(ItemAction, frozen=True, kw_only=True):
    """督办 T20: a notice with a deadline of its own, which never moves `due`."""

    reason: Trigger | None = None
    work_until: date | None = None
    reference: str = ""
    """Number of the notice, where it has one."""


class Criticise(ItemAction, frozen=True, kw_only=True):
    """通报批评 T21, with the approval of the Party committee or government."""

    reference: str = ""


class Summon(ItemAction, frozen=True, kw_only=True):
    """约谈 or 责任追究 T22. `record` says what was said and promised, or where it was handed over."""

    record: str = ""
    work_until: date | None = None
