"""问题: an item that was merged stands behind one that is still in the book."""

from collections.abc import Iterator

from core.model import OPEN_STATES, Item, State, VoidKind
from core.model.parts import SHARED, standing
from core.registers.ground import Breach, Ground, Touched


def sound(ground: Ground, touched: Touched) -> Iterator[Breach]:
    """A merged item stands behind one whose report was taken back."""
    if touched is None:
        yield from (fault for item in ground.all(Item) for fault in _of(ground, item))
        return
    gone = False
    for key in sorted(touched):
        item = ground.get("items", key)
        if isinstance(item, Item):
            yield from _of(ground, item)
            gone = gone or _taken_back(item)
    if gone:
        for item in ground.all(Item):
            if item.state == State.MERGED and item.merged_into in touched:
                yield from _of(ground, item)


def _of(ground: Ground, item: Item) -> Iterator[Breach]:
    yield from _in_parts(ground, item)
    if item.state != State.MERGED or item.merged_into is None:
        return
    main = ground.get("items", item.merged_into)
    if isinstance(main, Item) and _taken_back(main):
        fields = {"number": item.label, "value": main.label}
        yield Breach("merged_into_taken_back", "items", item.id, fields)


def _in_parts(ground: Ground, item: Item) -> Iterator[Breach]:
    """A whole stands where its parts do, holds no assignment, and is known to each of them."""
    if item.part_of is not None:
        whole = ground.get("items", item.part_of)
        if isinstance(whole, Item) and item.id not in whole.parts and not _taken_back(item):
            fields = {"number": item.label, "value": whole.label}
            yield Breach("part_unknown", "items", item.id, fields)
    if not item.parts:
        return
    found = [ground.get("items", key) for key in item.parts]
    parts = [part for part in found if isinstance(part, Item)]
    strange = item.holder is not None or any(part.part_of != item.id for part in parts)
    strange |= any(_unlike(part, item) for part in parts if part.state in OPEN_STATES)
    if strange or (len(parts) == len(found) and standing(item, parts) != item):
        yield Breach("whole_astray", "items", item.id, {"number": item.label})


def _unlike(part: Item, whole: Item) -> bool:
    return any(getattr(part, name) != getattr(whole, name) for name in SHARED)


def _taken_back(item: Item) -> bool:
    return item.state == State.VOID and item.void_kind == VoidKind.UNREPORTED
