"""The details of the card under the cursor: beside the board where there is room, else over it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.timer import Timer

from core.model import Event, Item
from tui.frame.lines import Page
from tui.session.session import Session
from tui.terminal.display import shown

if TYPE_CHECKING:
    from tui.frame.page import ReadingScreen

WIDE = 110
"""Columns from which details stand beside the board."""
REST = 0.12
"""Seconds the cursor rests on a card before its details follow."""


class Detail:
    """Knows which item is shown, has its history fetched, fills the page."""

    def __init__(self, page: Page, session: Session, current: Callable[[], Item | None]) -> None:
        """`current` tells the item under the cursor."""
        self.page = page
        self._current = current
        self._session = session
        self._histories: dict[int, Sequence[Event]] = {}
        self._asked: int | None = None
        self._over: ReadingScreen | None = None
        self._resting: Timer | None = None
        self.open = False

    @property
    def _beside(self) -> bool:
        return self.page.app.size.width >= WIDE

    def toggle(self, item: Item) -> None:
        """Open or close the page, or open it over the board where that is narrow."""
        if self._beside:
            self.open = not self.open
            self.place()
            self.show()
            return
        from tui.frame.page import ReadingScreen

        self._over = ReadingScreen(shown(item.label), self._paragraphs(item))
        self.page.app.push_screen(self._over, lambda _nothing: self._left())
        self._fetch(item)

    def _left(self) -> None:
        self._over = None

    def place(self) -> None:
        """Show the page where it is open and there is room."""
        self.page.display = self.open and self._beside

    def rested(self) -> None:
        """The cursor moved: follow once it rests."""
        if self._resting is not None:
            self._resting.stop()
        if self.open:
            self._resting = self.page.set_timer(REST, self.show)

    def forget(self, keys: Sequence[int]) -> None:
        """Histories that have grown."""
        for key in keys:
            self._histories.pop(key, None)

    def take(self, key: int, events: Sequence[Event]) -> None:
        """A history that was asked for."""
        self._asked = None
        self._histories = {key: events}
        self.show()

    def show(self) -> None:
        """Fill the page; with a history still to come, what is there stays until it does, since
        drawing twice would cost a slow line twice."""
        item = self._current()
        if item is None or not (self.open or self._over):
            return
        if item.id not in self._histories:
            self._fetch(item)
            if self._over or self.page.text:
                return
        if self._over is not None:
            self._over.show(self._paragraphs(item))
        else:
            self.page.show(self._paragraphs(item))

    def _fetch(self, item: Item) -> None:
        if self._asked != item.id:
            self._asked = item.id
            self._session.ask_history("items", item.id)

    def _paragraphs(self, item: Item) -> list[tuple[str, str]]:
        from tui.frame import details

        return details.of_item(
            item, self._session.town, self._session.moment.today, self._histories.get(item.id)
        )
