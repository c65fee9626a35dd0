"""Photos of after as proof: what speaks against them (虚假整改; docs/street.md 1)."""

from collections.abc import Iterator

from core.errors import Doubt
from core.model import File, Item, Shows
from core.town.town import Town

ALIKE = 5
"""Of 64 differences, how many may be otherwise in pictures of the same."""


def photo_doubts(town: Town, item: Item) -> list[Doubt]:
    """What speaks against the photos that show what was done: their day, or the same picture elsewhere."""
    after = [file for file in item.files if file.shows == Shows.AFTER]
    return [doubt for file in after for doubt in _doubts(town, item, file)]


def _doubts(town: Town, item: Item, file: File) -> Iterator[Doubt]:
    assignment = item.assignment
    claim = assignment.feedback if assignment is not None else None
    done = claim.on if claim is not None else None
    if file.taken is not None:
        said = f"{file.name} {file.taken.isoformat()}"
        if done is not None and file.taken > done:
            yield Doubt("photo_late", said)
        if item.found_on is not None and file.taken < item.found_on:
            yield Doubt("photo_early", said)
    for other in item.files:
        if other.shows == Shows.BEFORE and (how := _same(file, other)):
            yield Doubt(f"photo_{how}", f"{file.name} / {other.name}")
    for there in town.items.values():
        if there.id == item.id:
            continue
        for other in there.files:
            if how := _same(file, other):
                yield Doubt(f"photo_{how}", f"{file.name} / {there.label} {other.name}")
                break


def _same(one: File, other: File) -> str:
    """again where they are one picture, alike where they look it."""
    if one.digest == other.digest:
        return "again"
    if one.look and other.look:
        return "alike" if (int(one.look, 16) ^ int(other.look, 16)).bit_count() <= ALIKE else ""
    return ""
