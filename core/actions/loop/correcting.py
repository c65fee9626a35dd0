"""更正 (docs/domain.md 3, T26)."""

from typing import Any

from core.actions.action import ItemAction

CORRECTABLE = (
    "zone",
    "location",
    "description",
    "category",
    "subcategory",
    "severity",
    "source",
    "external_no",
    "found_on",
    "note",
    "close_standard",
    "photos_before",
    "requirement",
    "responsible",
    "measure",
    "progress",
    "due",
)
"""What `correct` may set. The unit of an issued item is not among it: that is 改派."""


class Correct(ItemAction, frozen=True, kw_only=True):
    """更正 T26. `fields` by names of `CORRECTABLE`."""

    fields: dict[str, Any] = {}
    reason: str = ""
