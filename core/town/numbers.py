"""Items by their numbers, as people write them."""

from core.model import Item
from core.words.numbers import written_out


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
