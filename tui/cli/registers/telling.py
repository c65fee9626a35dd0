"""What of a list that comes in is in doubt or not taken."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from core.errors import Doubt
from core.ledger.outcome import Incoming
from store.ledgers.headers import first_header
from tui.cli.frame.office import talk
from tui.words.i18n import _
from tui.words.texts import doubt_text, listed, quote

LeavesOut = Callable[[Mapping[str, Any]], list[str]]
"""What says what is left out of the cells of a row."""


def tell_doubts(
    name: str, headers: Mapping[str, str], rows: Sequence[Incoming], left_out: LeavesOut | None
) -> None:
    """What is in doubt or not taken, each sentence once with its rows."""
    at: dict[str, list[str]] = {}
    for row in rows:
        told = [_doubted(doubt, headers) for doubt in row.doubts]
        for said in (*told, *(left_out(row.cells) if left_out else ())):
            at.setdefault(said, []).append(str(row.row))
    for said, numbers in at.items():
        where = _("{where}, row {row}").format(where=quote(name), row=listed(numbers))
        talk(f"{where}: {said}")


def _doubted(doubt: Doubt, headers: Mapping[str, str]) -> str:
    """What is in doubt, behind the first of the headers of its column."""
    if doubt.field not in headers:
        return doubt_text(doubt)
    return f"{first_header(headers[doubt.field])}: {doubt_text(replace(doubt, field=''))}"
