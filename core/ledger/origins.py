"""By what a row is known again that was brought in before."""

from datetime import date
from hashlib import blake2b

from core.model import VoidKind
from core.town.town import Town
from core.words.text import key_of


def origin_of(found_on: date | None, place: str, description: str) -> str:
    """A digest by which the same row is known again, however it was spaced or punctuated."""
    text = "\n".join((found_on.isoformat() if found_on else "", key_of(place), key_of(description)))
    return blake2b(text.encode(), digest_size=8).hexdigest()


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
