"""Which item a row is about: by its number, by one that is nearly its number, else by place and text."""

from collections.abc import Iterable
from difflib import SequenceMatcher

from core.ledger.origins import fits
from core.ledger.outcome import Choices, Incoming, RowChoice
from core.ledger.rows.borne import item_of
from core.model import Item, State
from core.town.town import Town
from core.words.cells import plain
from core.words.numbers import folded, is_short
from core.words.text import key_of

LIKELY = 0.75
"""How much alike place and text of a row and an item must be before they are taken for the same."""
NEAR = 0.35
"""How much alike they must be where a number that may be the sender's own is like one here."""
_PLACE = 0.4
"""What the place weighs of that; the rest is the text."""


class Matching:
    """Finds the items that the rows of one file are about, and knows what was said of each row."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._chosen: Choices = {}
        self._sheets: set[str | None] = set()
        """Sheets that were handed out: they have rows with a number of this store."""
        self._taken: set[int] = set()
        """Items that a row has by its number."""

    def begin(self, rows: Iterable[Incoming], chosen: Choices) -> None:
        """Look through a file before its rows are read; `chosen` is what was said of some."""
        self._chosen = chosen
        self._sheets.clear()
        self._taken.clear()
        for row in rows:
            item, _agreed = item_of(row, self._town)
            if item is not None:
                self._sheets.add(row.sheet)
                self._taken.add(item.id)

    def match(self, incoming: Incoming) -> tuple[Item | None, bool]:
        """The item a row is about, and whether that is certain."""
        sure = self.is_chosen(incoming)
        item, agreed = item_of(incoming, self._town)
        if item is not None:
            return item, agreed or sure
        near, agreed = self._near(incoming) if "number" in incoming.cells else (None, False)
        if near is not None:
            return near, agreed or sure
        if incoming.sheet not in self._sheets:
            return None, True
        likely = self._likely(incoming)
        if likely is not None:
            self._taken.add(likely.id)
        return likely, sure

    def _near(self, incoming: Incoming) -> tuple[Item | None, bool]:
        """The item a number is short for or one stroke from, and whether that is certain.

        In a sheet of others' numbers it must be much like the row as well: they count from 1 too.
        """
        written, handed_out = plain(incoming.cells.get("number")), incoming.sheet in self._sheets
        if not written:
            return None, False
        if is_short(written):
            item = self._town.find_short(written)
            if item is None:
                return None, False
            alike = self._alike(incoming, item)
            if handed_out:
                return item, alike > LIKELY
            return (item, True) if alike > LIKELY else (None, False)
        found = self._town.near(written)
        best = max(found, key=lambda item: self._alike(incoming, item), default=None)
        if best is None:
            return None, False
        ours = folded(written)[:2] in (best.number[:2], best.report_no[:2])
        return (best if ours or handed_out or self._alike(incoming, best) > NEAR else None), False

    def choice(self, incoming: Incoming) -> RowChoice | None:
        """What somebody has said of a row."""
        return self._chosen.get((incoming.sheet, incoming.row))

    def is_chosen(self, incoming: Incoming) -> bool:
        """Whether somebody has said what a row is."""
        return (incoming.sheet, incoming.row) in self._chosen

    def _likely(self, incoming: Incoming) -> Item | None:
        """The one open item whose zone, place and text are much like a row's."""
        best: tuple[float, Item | None] = (LIKELY, None)
        for state in (State.RECTIFYING, State.AWAITING):
            for item in self._town.in_state(state):
                if item.id not in self._taken:
                    alike = self._alike(incoming, item)
                    if alike > best[0] or (alike == best[0] and fits(incoming, item, self._town)):
                        best = (alike, item)
        return best[1]

    def _alike(self, incoming: Incoming, item: Item) -> float:
        """How much a row's place and text are those of an item, 0 to 1; nothing where zones differ."""
        cells = incoming.cells
        zone = key_of(plain(cells.get("zone") or cells.get("zone_name")))
        where = self._town.zones.get(item.zone or 0)
        if zone and where and zone not in (key_of(where.code), key_of(where.name)):
            return 0.0
        place, text = (key_of(plain(cells.get(key))) for key in ("location", "description"))
        return _PLACE * _alike(place, key_of(item.location)) + (1 - _PLACE) * _alike(
            text, key_of(item.description)
        )


def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() > LIKELY / 2 else 0.0
