"""附件: photos and scans of an item."""

from core.actions.action import ItemAction
from core.model import File


class Attach(ItemAction, frozen=True, kw_only=True):
    """附件: photos and scans, whose content the store keeps by its digest already."""

    files: tuple[File, ...]
