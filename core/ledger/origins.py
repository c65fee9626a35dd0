"""By what a row is known again that was brought in before."""

from datetime import date
from functools import lru_cache
from hashlib import blake2b

from core.actions.loop.road import Report
from core.ledger.outcome import Incoming
from core.ledger.record import PortableRecord
from core.model import Item, VoidKind
from core.town.town import Town
from core.words.cells import plain
from core.words.text import key_of

_key_of_place = lru_cache(4096)(key_of)
"""Ledgers name the same places over and over."""


def origin_of(found_on: date | None, place: str, description: str) -> str:
    """A digest by which the same row is known again, however it was spaced or punctuated."""
    day = found_on.isoformat() if found_on else ""
    text = "\n".join((day, _key_of_place(place), key_of(description)))
    return blake2b(text.encode(), digest_size=8).hexdigest()


def origin_told(record: PortableRecord, report: Report) -> str:
    """The same of what a row says."""
    place = report.location or record["zone_name"] or ""
    return origin_of(record["found_on"], place, report.description)


def known_origins(town: Town) -> dict[str, list[int]]:
    """Items by the rows they came from, or could have come from."""
    known: dict[str, list[int]] = {}
    for item in town.items.values():
        if item.void_kind == VoidKind.UNREPORTED:
            continue
        zone = town.zones.get(item.zone or 0)
        place = item.location or (zone.name if zone else "")
        now = origin_of(item.found_on, place, item.description)
        for origin in {now, item.origin} - {""}:
            known.setdefault(origin, []).append(item.id)
    return known


def fits(incoming: Incoming, part: Item, town: Town) -> bool:
    """Whether a row names the unit and the deadline of an item: parts of one problem are told apart by these."""
    given = part.assignment
    unit = town.units.get((given.lead if given else None) or 0)
    written = key_of(plain(incoming.cells.get("lead_unit")))
    if given is None or unit is None or written not in map(key_of, unit.names):
        return False
    due = plain(incoming.cells.get("due_on"))
    return not due or given.due is None or due[:10] == given.due.isoformat()
