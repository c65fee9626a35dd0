"""Items and zones that a place names."""

from core.model import Item
from core.town.town import Town
from core.words.placing import zone_at_head
from core.words.text import key_of


def zone_of(town: Town, item: Item) -> int | None:
    """The zone an item without one is likely to be in: the one its place, else its text begins with."""
    if item.zone is not None:
        return None
    for text in (item.location, item.description):
        found = zone_at_head(text, town.zones.values()) if text else None
        if found is not None:
            return found.id
    return None


SHORTEST_PLACE = 3
"""Characters of a place by which a photo may be told to be of an item."""


def items_named(town: Town, name: str) -> list[Item]:
    """Open items whose place a name says, such as 石桥村 下湾桥头 整改前; those of a zone it says as well go before."""
    text = key_of(name)
    found, zoned = [], []
    for item in town.open_items():
        zone = town.zones.get(item.zone or 0)
        named = key_of(zone.name) if zone else ""
        place = key_of(item.location).removeprefix(named)
        if len(place) >= SHORTEST_PLACE and place in text:
            found.append(item)
            zoned += [item] if named and named in text else []
    return zoned or found
