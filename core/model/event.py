"""One line of a record's history, append-only (docs/domain.md 5)."""

from datetime import date, datetime
from enum import StrEnum

from core.model.base import Record


class Channel(StrEnum):
    """How a unit's word reached the office when a clerk types it for them (代录)."""

    WECHAT = "wechat"
    PHONE = "phone"
    LEDGER = "ledger"
    PAPER = "paper"


CHANNEL_WORDS = {
    "微信": Channel.WECHAT,
    "电话": Channel.PHONE,
    "台账": Channel.LEDGER,
    "纸质": Channel.PAPER,
} | {channel.value: channel for channel in Channel}
"""Channels as people write them."""


class Event(Record, frozen=True, kw_only=True):
    """Who did what to which record, when, in which role, for whom and why."""

    table: str = "items"
    record: int
    action: str
    at: datetime
    """When it was saved, UTC."""
    on: date | None = None
    """The day it happened, where that is not the day it was saved."""
    actor: str
    role: str = ""
    on_behalf_of: int | None = None
    channel: Channel | None = None
    via: str = ""
    """tui, cli or import."""
    assignment: int | None = None
    from_state: str = ""
    to_state: str = ""
    reason: str = ""
    note: str = ""
    unit_before: int | None = None
    unit_after: int | None = None
    due_before: date | None = None
    due_after: date | None = None
    until_before: date | None = None
    until_after: date | None = None
    level_before: int | None = None
    level_after: int | None = None
    reference: str = ""
    """A notice, an approval, a record or the funds this rests on."""
    request: int | None = None
    """The request that was made or decided."""
    changed: dict[str, tuple[str, str]] = {}
    """Corrected fields by name: the old and the new value as text."""
    photos: tuple[str, ...] = ()
    undoes: int | None = None
    """The transaction this one takes back."""
