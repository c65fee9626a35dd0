"""Whoever sends ledgers, and how they write them: asked once, remembered."""

from core.model.base import Record


class Sender(Record, frozen=True, kw_only=True):
    """What was said once of a sender's headers and names, by what `key_of` makes of them."""

    name: str = ""
    """As 填报单位 says it above a ledger; empty for everybody."""
    headers: dict[str, str] = {}
    """Field of the portable record by header; an empty one says nothing."""
    units: dict[str, int] = {}
    """Unit by the name written for it."""
    words: dict[str, str] = {}
    """What else stands in cells: one of the nine categories, a state, or the code of a zone, by the word written for it."""
    active: bool = True
