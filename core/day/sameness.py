"""Was it here before? What is like a new report in zone and text, among open items and those closed of late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.model import OPEN_STATES, Item, State
from core.town.town import Town
from core.words.text import key_of

if TYPE_CHECKING:
    from core.actions.action import Action
    from core.actions.loop.road import Report

ALIKE = 5
"""Similar items shown at most."""
NEAR = 0.35
"""Share of two-character pieces two texts have in common to be called near where somebody looks at them."""
SAME = 0.6
"""How much of two texts, place and problem, must be common to both for them to be told of as one."""
RECENT = timedelta(days=90)
"""How long ago something struck off may be for a like report to reopen it (T24)."""
AGAIN = "再次反映"
"""Why a report was added to an item, in its history."""


class Before:
    """The open items of a town and those closed within `RECENT`, by zone and pieces of their text."""

    def __init__(self, town: Town, today: date) -> None:
        self._town = town
        self._pieces: dict[int | None, dict[str, list[int]]] = {}
        self._sizes: dict[int, int] = {}
        for item in _recent(town, today - RECENT):
            pieces = pieces_of(item.location + item.description)
            self._sizes[item.id] = len(pieces)
            index = self._pieces.setdefault(item.zone, {})
            for piece in pieces:
                index.setdefault(piece, []).append(item.id)

    def like(self, zone: int | None, location: str, description: str) -> list[Item]:
        """Items a report of a zone may be about, the nearest first; without a zone, in any."""
        if not self._sizes:
            return []
        pieces = pieces_of(location + description)
        zones = self._pieces if zone is None else {zone, None} & self._pieces.keys()
        hits: Counter[int] = Counter()
        for each in zones:
            index = self._pieces[each]
            for piece in pieces:
                hits.update(index.get(piece, ()))
        found = [(_likeness(n, len(pieces), self._sizes[key]), key) for key, n in hits.items()]
        near = sorted((-much, key) for much, key in found if much >= SAME)
        return [self._town.item(key) for _share, key in near[:ALIKE]]


def _recent(town: Town, since: date) -> Iterable[Item]:
    """What is open or was struck off of late; a problem in parts once."""
    return town.wholes_of((*town.open_items(), *_closed_since(town, since)))


def _closed_since(town: Town, since: date) -> Iterable[Item]:
    seen = set()
    for item in town.in_state(State.CLOSED):
        seen.add(item.id)
        if item.closed_on is not None and item.closed_on >= since:
            yield item
    if not town.complete and town.shelf is not None:
        for key in town.shelf.closed_since(since):
            taken = town.held(key) if key not in seen else None
            if taken is not None and taken.state == State.CLOSED:
                yield taken


def closed_like(town: Town, item: Item, today: date) -> list[Item]:
    """Items of the same zone struck off within `RECENT` with a near text, nearest first."""
    mine = pieces_of(item.location + item.description)
    found = [
        (share(mine, pieces_of(other.location + other.description)), other)
        for other in _closed_since(town, today - RECENT)
        if other.zone == item.zone and other.id != item.id
    ]
    close = sorted((-much, other.id, other) for much, other in found if much >= NEAR)
    return [other for _share, _id, other in close[:ALIKE]]


def near_open(town: Town, item: Item) -> list[Item]:
    """Open items of the same zone and category with a near text, nearest first."""
    mine = pieces_of(item.location + item.description)
    near = [
        (share(mine, pieces_of(other.location + other.description)), other)
        for other in town.wholes_of(town.open_items())
        if other.id != item.id
        and other.zone == item.zone
        and (not item.category or not other.category or other.category == item.category)
    ]
    close = [(much, other) for much, other in near if much >= NEAR]
    close.sort(key=lambda pair: (-pair[0], pair[1].id))
    return [other for _share, other in close[:ALIKE]]


def pieces_of(text: str) -> set[str]:
    """The two-character pieces of a text, however it is spaced and punctuated."""
    key = key_of(text)
    return {key[at : at + 2] for at in range(len(key) - 1)}


def likeness(one: set[str], other: set[str]) -> float:
    """How much two texts have in common, 0 to 1."""
    return _likeness(len(one & other), len(one), len(other))


def _likeness(common: int, one: int, other: int) -> float:
    return 2 * common / max(1, one + other)


def share(one: set[str], other: set[str]) -> float:
    """How much of the smaller of two texts is in the other."""
    return len(one & other) / max(1, min(len(one), len(other)))


def likeliest(like: Iterable[Item]) -> Item | None:
    """Of what a report is like, the one it is most likely about: one that is open goes first."""
    return max(like, key=is_open, default=None)


def relapse_of(like: Iterable[Item]) -> Item | None:
    """Of what a report is like, the item struck off of late that it is a relapse of; none where one is open."""
    found = likeliest(like)
    return None if found is None or is_open(found) else found


def is_open(item: Item) -> bool:
    """Whether a report can be added to an item as it stands."""
    return item.state in OPEN_STATES


def added(item: Item, report: Report, day: date) -> list[Action]:
    """A report as part of an item that is here already: said in its note, kept in its history."""
    said = [report.external_no, report.source, f"{report.found_on or day:%Y-%m-%d}"]
    text = f"{AGAIN}（{' '.join(word for word in said if word)}）：{report.description}"
    note = "；".join(part for part in (item.note, text) if part)
    from core.actions.loop.correcting import Correct  # not needed to draw a card
    from core.actions.loop.photos import Attach  # not needed to draw a card

    found: list[Action] = [Correct(item=item.id, fields={"note": note}, reason=AGAIN)]
    if report.files:
        found.append(Attach(item=item.id, files=report.files))
    return found
