"""A photo or a scan that belongs to an item; its content is kept beside the store by its digest."""

from datetime import date
from enum import StrEnum

from msgspec import Struct


class Shows(StrEnum):
    """Whether a photo shows the problem or what was done about it."""

    BEFORE = "before"
    AFTER = "after"


class File(
    Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False, forbid_unknown_fields=True
):
    """What is known of one file (docs/format.md)."""

    name: str
    digest: str
    """SHA-256 of its content, 64 hexadecimal digits."""
    kind: str
    """What the content is, as the ending of a file name: jpg, png, pdf, …"""
    size: int = 0
    """Bytes."""
    shows: Shows = Shows.AFTER
    on: date | None = None
    """The day it was added."""
    taken: date | None = None
    """The day the camera wrote in it (拍摄时间)."""
    look: str = ""
    """What it looks like, 16 hexadecimal digits; of like pictures few of its bits differ. Empty where nobody looked."""
