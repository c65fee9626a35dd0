"""What speaks against photos of after, and phrases that are offered, in the forms of verbs."""

from collections.abc import Sequence

from msgspec.structs import replace

from core.day.proofs import photo_doubts
from core.finding.phrases import LEARNT, offered
from core.model import Item
from core.registers.phrases import LINES
from core.town.town import Town
from tui.terminal.display import shown
from tui.verbs.fields import Field
from tui.words.i18n import _
from tui.words.ledger.doubting import doubt_text

_MOST = 4
"""Doubts that a form says."""


def proof_lines(town: Town, item: Item) -> list[str]:
    """What speaks against photos of after."""
    return [shown(doubt_text(doubt)) for doubt in photo_doubts(town, item)]


def proof_note(town: Town, items: Sequence[Item]) -> str:
    """The same of several items, as a note of a form."""
    several = len(items) > 1
    unread = not town.complete and any(item.files for item in items)
    lines = [_("Photos of what was closed are not compared yet.")] if unread else []
    lines += [
        f"{item.label} {line}" if several else line
        for item in items
        for line in proof_lines(town, item)
    ]
    return "\n".join(lines[:_MOST])


def with_phrases(town: Town, verb: str, field: Field) -> Field:
    """A line of text with the sentences that are offered in it."""
    if field.key not in LINES or field.choices or field.long:
        return field
    return replace(field, offers=tuple(offered(town, field.key, often=verb in LEARNT)))
