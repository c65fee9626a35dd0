"""Sheets that were not read, in words."""

from store.ledgers.coming_in.reading import PassedSheet
from tui.words.i18n import _
from tui.words.texts import quote


def passed_text(name: str, passed: PassedSheet) -> str:
    """Why a sheet was not read."""
    if passed.empty:
        said = _("{file}: sheet {sheet} is empty.")
    elif passed.hidden:
        said = _("{file}: sheet {sheet} is hidden and was passed over; --sheet reads it.")
    else:
        said = _("{file}: sheet {sheet} holds no ledger and was passed over.")
    return said.format(file=quote(name), sheet=quote(passed.sheet))
