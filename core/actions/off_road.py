"""The rest of the loop (docs/domain.md 3, T7, T8, T14-T24): requests, standing aside, escalation."""

from datetime import date
from enum import StrEnum

from core.actions.road import Action, ItemAction, Proxied
from core.model import VoidKind


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


class Merge(ItemAction, frozen=True, kw_only=True):
    """合并 T17: the same problem twice; `main` is the item that stays."""

    main: int | None = None


class Void(ItemAction, frozen=True, kw_only=True):
    """作废 T18."""

    reason: VoidKind | None = None


class Revive(ItemAction, frozen=True, kw_only=True):
    """撤销作废 or 拆分合并 T19: back to the state it came from."""

    reason: str = ""


class Remind(ItemAction, frozen=True, kw_only=True):
    """催办: the unit is told again, by telephone, WeChat or letter."""


class Trigger(StrEnum):
    """Why a supervision notice is due (T20)."""

    OVERDUE = "逾期"
    REWORK = "返工"
    SUPERIOR = "上级交办"
    LEADER = "领导批示"
    SPOT = "现场效果差"


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


class Appeal(Proxied, frozen=True, kw_only=True):
    """申诉 T25: that a lateness, a find or points should not count. `item` is 0 where there is none."""

    item: int = 0
    no: int | None = None
    """Of which assignment, where the item had several; the last that was struck off."""
    find: int | None = None
    points: int | None = None
    reason: str = ""


class Approve(Action, frozen=True, kw_only=True):
    """Agree to a request, which then takes effect."""

    request: int


class Refuse(Action, frozen=True, kw_only=True):
    """Say no to a request."""

    request: int
    reason: str = ""


class Recall(Action, frozen=True, kw_only=True):
    """Take one's own request back before it is decided."""

    request: int
