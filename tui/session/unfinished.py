"""What was half typed when the line broke: kept for its person alone, and offered at the next login.

One file in the person's own state directory, 0600; it goes once it is taken up, thrown away, or a week old.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from msgspec import Struct

from store.disk.files import keep_private
from tui.whereabouts import state_file

KEPT = timedelta(days=7)
"""How long it is offered."""
QUICK = "report"
"""The verb of lines on the way to being reports."""


class Unfinished(Struct, frozen=True, kw_only=True):
    """A dialog as it stood."""

    store: str
    """Identity of the store it belongs to."""
    at: datetime
    verb: str
    """What was being done."""
    items: tuple[int, ...] = ()
    title: str = ""
    texts: dict[str, str] = {}
    """What stood on each line, by the key of its field, or by its number for quick lines."""


def _path() -> Path:
    return state_file("unfinished.json")


def keep(found: Unfinished) -> None:
    """Keep a dialog; nothing is said where that fails, since nobody is there to hear it."""
    with suppress(OSError):
        keep_private(_path(), msgspec.json.encode(found))


def kept(store: str, now: datetime) -> Unfinished | None:
    """What was left of this store within the last days."""
    try:
        found = msgspec.json.decode(_path().read_bytes(), type=Unfinished)
    except (OSError, msgspec.MsgspecError):
        return None
    if now - found.at > KEPT:
        discard()
        return None
    return found if found.store == store else None


def discard() -> None:
    """It was taken up or thrown away."""
    try:
        _path().unlink()
    except OSError:
        return
