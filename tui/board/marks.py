"""Which cards an action is about: those that are marked, else the one under the cursor."""

from collections.abc import Callable, Container, Sequence

from core.model import OPEN_STATES, Item
from tui.board.widgets.board_view import BoardView
from tui.session.session import Session


class Marks:
    """Marks on cards of a view; `changed` is called where others are marked than before."""

    def __init__(self, session: Session, view: BoardView, changed: Callable[[], None]) -> None:
        self._session = session
        self._view = view
        self._changed = changed
        self._last: int | None = None
        self._sent: dict[int, frozenset[int]] = {}
        """What was marked when something was sent, by its ticket."""
        self.keys: frozenset[int] = frozenset()
        """Ids of the items that are marked."""

    @property
    def current(self) -> Item | None:
        """The item under the cursor."""
        key = self._view.cursor
        return self._session.town.items.get(key) if key is not None else None

    @property
    def items(self) -> list[Item]:
        """The items that are marked."""
        items = self._session.town.items
        return [items[key] for key in sorted(self.keys) if key in items]

    @property
    def targets(self) -> list[Item]:
        """What an action is about."""
        if self.keys:
            return self.items
        return [self.current] if self.current else []

    def set(self, keys: frozenset[int]) -> None:
        """Mark these and no others."""
        if keys != self.keys:
            self.keys = keys
            self._view.mark(keys)
            self._changed()

    def clear(self) -> None:
        """Mark nothing."""
        self.set(frozenset())

    def sent(self, ticket: int) -> None:
        """Something was sent for what is marked, 0 for nothing: no mark any more, unless it is refused."""
        if ticket:
            self._sent[ticket] = self.keys
            self.clear()

    def settled(self, ticket: int, *, refused: bool = False) -> None:
        """What was sent is saved, or refused: then it is marked again, where nothing else is."""
        keys = self._sent.pop(ticket, frozenset())
        if refused and not self.keys:
            self.set(keys & self._session.town.items.keys())

    def keep(self, keys: Container[int]) -> None:
        """Only these stay marked."""
        self.set(frozenset(key for key in self.keys if key in keys))

    def toggle(self) -> None:
        """Mark the card, or no longer, and go on to the next."""
        key = self._view.cursor
        if key is not None:
            self.set(self.keys ^ {key})
            self._last = key
            self._view.move(0, 1)

    def reach(self) -> None:
        """Mark every card from the one marked last to the cursor."""
        keys, here = self._view.column_keys, self._view.cursor
        if here is None:
            return
        ends = sorted(keys.index(key) for key in (self._last, here) if key in keys)
        self.set(self.keys | frozenset(keys[ends[0] : ends[-1] + 1]))
        self._last = here

    def column(self) -> None:
        """Mark every card of the column, or none of them."""
        self._each(self._view.column_keys)

    def everything(self) -> None:
        """Mark every open card there is under the search, or none."""
        lanes = [lane for lane in self._view.lanes if lane.column.state in OPEN_STATES]
        self._each([key for lane in lanes for key in lane.column.keys])

    def _each(self, keys: Sequence[int]) -> None:
        every = frozenset(keys)
        self.set(self.keys - every if every <= self.keys else self.keys | every)
