"""Items by their numbers, as people write them."""

from abc import abstractmethod

from core.errors import NotFound
from core.model import Item, Record
from core.town.pieces import Pieces
from core.town.shelf import Shelf
from core.words.numbers import (
    CASES,
    ending_of,
    folded,
    neighbours,
    part_number,
    short_part,
    slips,
    written_out,
)


class ItemNumbers:
    """The items of a town by report number and item number."""

    def __init__(self) -> None:
        self._keys: dict[str, int] = {}
        self._strange: tuple[int, dict[str, int]] = (0, {})
        """How many numbers there were, and those not written in the way of this program."""

    def take(self, item: Item) -> None:
        """Know an item by its numbers."""
        if item.report_no:
            self._keys[item.report_no] = item.id
        if item.number:
            self._keys[item.number] = item.id

    def find(self, number: str) -> int | None:
        """The id behind a number."""
        key = self._keys.get(number) or self._keys.get(written_out(number))
        if key is None and number:
            key = self._older().get(written_out(number))
        return key

    def ending(self, ending: str) -> int | None:
        """The id of the number with such an end: a case before a report, the latest first."""
        hits = [number for number in self._keys if number.endswith(ending)]
        best = max(hits, key=lambda n: (n.count("-"), n), default=None)
        return self._keys[best] if best is not None else None

    def _older(self) -> dict[str, int]:
        """ItemNumbers from before this program, by how this one would write them."""
        if len(self._keys) != self._strange[0]:
            strange = {out: key for n, key in self._keys.items() if (out := written_out(n)) != n}
            self._strange = (len(self._keys), strange)
        return self._strange[1]


class ByNumber(Pieces):
    """A town's items, found by what people call them; those done with are taken from the shelf."""

    def __init__(self) -> None:
        self.complete = True
        self.shelf: Shelf | None = None
        """Where closed items are found that are not here."""
        self._numbers = ItemNumbers()
        self._counters: dict[str, int] = {}
        """The record of each series."""

    @abstractmethod
    def put(self, table: str, record: Record) -> None:
        """Take a record in and keep every index true."""

    def held(self, key: int) -> Item | None:
        """The item with this id, taken from the shelf where it is not here."""
        found = self.items.get(key)
        if found is None and not self.complete and self.shelf is not None:
            found = self.shelf.item(key)
            if found is not None:
                self.put("items", found)
        return found

    def item(self, key: int) -> Item:
        """The item with this id, or `NotFound("no_item")`."""
        found = self.held(key)
        if found is None:
            raise NotFound("no_item", number=str(key))
        return found

    def find(self, number: str) -> Item | None:
        """The item behind a report number or an item number as people write it; both for ever."""
        key = self._numbers.find(number)
        if key is None and number and not self.complete and self.shelf is not None:
            found = self.shelf.numbered(written_out(number))
            return self.held(found.id) if found is not None else None
        return self.items[key] if key is not None else None

    def find_short(self, text: str) -> Item | None:
        """The item behind a number or its last digits; a case before a report, the latest first."""
        found = self.find(text) or self.find(f"{CASES}-{folded(text)}")
        if found is not None:
            return found
        part = short_part(text)
        if part is not None:
            whole = self.find_short(part[0])
            return self.find(part_number(whole.number, part[1])) if whole else None
        if not (ending := ending_of(text)):
            return None
        for series in () if self.complete else self._counters:
            self.find(f"{series}{ending}")  # takes from the shelf what bears it
        best = self._numbers.ending(ending)
        return self.items[best] if best is not None else None

    def near(self, text: str) -> list[Item]:
        """Items whose number a text is one stroke from; the likeliest alone where there is one."""
        for numbers in (slips(text), neighbours(text)):
            found = (self.find(number) for number in numbers)
            near = list({item.id: item for item in found if item is not None}.values())
            if near:
                return near
        return []
