"""Doubts of ledgers as sentences."""

from core.errors import Doubt
from tui.words.i18n import _
from tui.words.texts import name_of, quote


def doubt_text(doubt: Doubt) -> str:
    """What is in doubt, behind the name of its column."""
    from tui.words.ledger.doubts import DOUBTS  # not needed by the first frame

    words = _(DOUBTS.get(doubt.code, doubt.code)).format(value=quote(doubt.value))
    if doubt.near:
        words += _("; did you mean {near}?").format(near=quote(doubt.near))
    return f"{name_of(doubt.field)}: {words}" if doubt.field else words
