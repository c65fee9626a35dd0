"""Problems and what is worked on of them: the same, but where several units have a part each."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator

from core.model import Item, VoidKind


class Pieces(ABC):
    """A town's items, told apart by what they are counted for."""

    @property
    @abstractmethod
    def items(self) -> dict[int, Item]:
        """Items by id."""

    @abstractmethod
    def held(self, key: int) -> Item | None:
        """The item with an id, from the shelf too."""

    @abstractmethod
    def open_items(self) -> Iterator[Item]:
        """What is open, of what stands in parts the parts."""

    def open_numbers(self) -> list[str]:
        """Numbers of everything open, of wholes and of parts."""
        numbers = (n for item in self.open_items() for n in (item.whole, item.label) if n)
        return list(dict.fromkeys(numbers))

    def problems(self) -> Iterator[Item]:
        """Every problem: one for several units once, none of its parts."""
        return (item for item in self.items.values() if item.part_of is None)

    def in_hand(self) -> Iterator[Item]:
        """Everything somebody works on, closed or open: parts, not what stands in them; none that was taken back."""
        return (
            item
            for item in self.items.values()
            if not item.parts
            and not (item.part_of is not None and item.void_kind == VoidKind.UNREPORTED)
        )

    def pieces_of(self, problem: Item) -> list[Item]:
        """What is worked on of a problem: its parts that are here or on the shelf, else itself."""
        parts = [part for key in problem.parts if (part := self.held(key)) is not None]
        return parts or [problem]

    def whole_of(self, item: Item) -> Item:
        """The problem a part belongs to; the item itself where it is none."""
        return (self.held(item.part_of) if item.part_of is not None else None) or item

    def wholes_of(self, items: Iterable[Item]) -> list[Item]:
        """The problems items are or belong to, in their order, each once."""
        return list({whole.id: whole for whole in map(self.whole_of, items)}.values())
