"""What of a list that comes in is in doubt or not taken."""

from collections.abc import Mapping, Sequence

from core.lists.coming import ListedRow
from tui.cli.frame.office import talk
from tui.ledger.questions import doubt_of
from tui.words.i18n import _
from tui.words.texts import listed, quote


def tell_doubts(name: str, headers: Mapping[str, str], came: Sequence[ListedRow]) -> None:
    """What is in doubt or not taken, each sentence once with its rows."""
    at: dict[str, list[str]] = {}
    for each in came:
        for doubt in each.doubts:
            at.setdefault(doubt_of(doubt, headers), []).append(str(each.row.row))
    for said, numbers in at.items():
        where = _("{where}, row {row}").format(where=quote(name), row=listed(numbers))
        talk(f"{where}: {said}")
