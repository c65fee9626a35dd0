"""并案, 作废 and back (docs/domain.md 3, T17-T19)."""

from core.actions.action import ItemAction
from core.model import VoidKind


class Merge(ItemAction, frozen=True, kw_only=True):
    """合并 T17: the same problem twice; `main` is the item that stays."""

    main: int | None = None


class Void(ItemAction, frozen=True, kw_only=True):
    """作废 T18."""

    reason: VoidKind | None = None


class Revive(ItemAction, frozen=True, kw_only=True):
    """撤销作废 or 拆分合并 T19: back to the state it came from."""

    reason: str = ""
