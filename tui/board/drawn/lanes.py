"""One column as lines: which card or heading stands on which, what is in sight."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from msgspec import Struct

from core.day.kanban import Column
from core.model import State
from tui.board.drawn.cards import HEIGHT
from tui.terminal.display import shown
from tui.words.i18n import _

STEP = HEIGHT + 1
"""Lines from one card to the next."""


class Folds(Struct, frozen=True):
    """What is shown as a heading only: columns, and groups by name."""

    states: frozenset[State] = frozenset({State.SUSPENDED})
    groups: frozenset[str] = frozenset()


OPEN = Folds(frozenset())


class LaneRow(Struct, frozen=True):
    """One line of a column: of a card, or a group's heading where `key` is None."""

    key: int | None = None
    line: int = 0
    text: str = ""


class Lane:
    """A column's cards laid out one below the other, with a cursor; scrolls by pages."""

    def __init__(self, column: Column, height: int, folds: Folds = OPEN) -> None:
        self.column = column
        self.folds = folds
        self.folded = column.state in folds.states
        self.cards = tuple(
            key
            for group in column.groups
            if not self.folded and group.name not in folds.groups
            for key in group.keys
        )
        self.index = {key: at for at, key in enumerate(self.cards)}
        self.at = 0
        self.top = 0
        self._height = height
        self._lines: list[int] = []
        self._heads: dict[int, str] = {}
        self._lay_out()

    def _lay_out(self) -> None:
        """Where each card begins; groups with a name have a heading line."""
        line = 0
        named = any(group.name for group in self.column.groups)
        for group in () if self.folded else self.column.groups:
            closed = group.name in self.folds.groups
            if named or closed:
                name = shown(group.name) or _("not set")
                self._heads[line] = f"{'+ ' if closed else ''}{name} ({len(group.keys)})"
                line += 1
            for _key in () if closed else group.keys:
                self._lines.append(line)
                line += STEP
        self.length = line

    @property
    def key(self) -> int | None:
        """Id of the item under the cursor."""
        return self.cards[self.at] if self.cards else None

    @property
    def group(self) -> str:
        """Name of the group the cursor is in."""
        return next((g.name for g in self.column.groups if self.key in g.keys), "")

    @property
    def above(self) -> tuple[int, ...]:
        """Ids of the cards that stand above what is in sight."""
        return self.cards[: bisect_left(self._lines, self.top)]

    def rewind(self) -> None:
        """Back to the first card."""
        self.at = self.top = 0

    def line_of(self, card: int) -> int:
        """The line a card begins on."""
        return self._lines[card]

    def row(self, line: int) -> LaneRow | None:
        """What stands on a line."""
        if line in self._heads:
            return LaneRow(text=self._heads[line])
        at = bisect_right(self._lines, line) - 1
        if at < 0 or line - self._lines[at] >= HEIGHT:
            return None
        return LaneRow(self.cards[at], line - self._lines[at])

    def go(self, at: int) -> None:
        """Put the cursor on a card, turning a page where it would be out of sight."""
        self.at = max(0, min(at, len(self.cards) - 1))
        if not self.cards:
            self.top = 0
            return
        first = self._lines[self.at]
        if first - 1 in self._heads:
            first -= 1
        last = self._lines[self.at] + HEIGHT
        if first < self.top:
            self.top = max(0, last - self._height)
            self.top = min(self._snapped(self.top), first)
        elif last > self.top + self._height:
            self.top = first
        self.top = min(self.top, self._last_top)

    @property
    def _last_top(self) -> int:
        """Where the last screenful begins: nothing is left blank while there are cards."""
        return self._snapped(max(0, self.length - 1 - self._height))

    def _snapped(self, line: int) -> int:
        """The beginning of the first card that is whole behind a line."""
        at = bisect_right(self._lines, max(0, line - 1))
        if at >= len(self._lines):
            return line
        begin = self._lines[at]
        return begin - 1 if begin - 1 in self._heads else begin

    def restore(self, top: int, at: int) -> None:
        """Take on the place of the lane this one follows."""
        self.top = max(0, min(top, max(0, self.length - 1)))
        self.go(at)

    def resize(self, height: int) -> None:
        """Fit another height."""
        self._height = height
        self.go(self.at)


GAP = 2
"""Cells between two columns."""


def shared_out(least: Mapping[int, int], wide: Sequence[int], width: int) -> dict[int, int]:
    """The cells of each column: what it needs at `least`, and of what is left an equal part where it is `wide`."""
    spare = width + GAP - sum(cells + GAP for cells in least.values())
    found = {}
    for number, cells in least.items():
        if number in wide:
            at = wide.index(number)
            cells += (at + 1) * spare // len(wide) - at * spare // len(wide)
        found[number] = max(1, cells)
    return found
