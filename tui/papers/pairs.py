"""整改前后对比 of the board: the marked cards, or those in sight, as a Word file or a workbook."""

from collections.abc import Sequence
from typing import Any

from core.model import Item
from store.errors import FileRefused
from store.papers.pairs.before_after import Pair, pairs_of, shown
from store.papers.pairs.sheet import FORMS, sheet_of_pairs
from tui.places.place import Place
from tui.places.writing import write_to
from tui.words.i18n import _
from tui.words.texts import say

_STEP = 10
"""Pairs after which progress is told."""


def write_pairs(place: Place[Any], items: Sequence[Item]) -> None:
    """Ask for a file and write the pairs there."""
    pairs = pairs_of(place.session.town, items)
    if not pairs:
        place.tell(_("None of them has a photo."), warning=True)
        return
    write_to(place, "~/整改前后对比.docx", FORMS, lambda form: made(place, pairs, form), long=True)


def made(place: Place[Any], pairs: Sequence[Pair], form: str) -> bytes:
    """The sheet, made beside the board; what of it cannot be shown is told. Raises `FileRefused`."""

    def tell(number: str, error: FileRefused) -> None:
        place.app.call_from_thread(place.tell, f"{number}: {say(error)}", warning=True)

    def advance(done: int, total: int) -> None:
        if done % _STEP == 0:
            told = _("Photos: {done} of {total}").format(done=done, total=total)
            place.app.call_from_thread(place.tell, told)

    each = shown(place.session.photos, pairs, tell, advance)
    return sheet_of_pairs(each, place.session.town.settings.office, form)
