"""Columns side by side: which the cursor is in, which of them fit, and how wide each is."""

from collections.abc import Sequence

from msgspec.structs import replace
from rich.cells import cell_len

from core.day.kanban import COLUMNS, Column
from tui.board.drawn.column import HEAD, heading, short
from tui.board.drawn.lanes import GAP, OPEN, Folds, Lane, shared_out

NARROWEST = 22
ONE_COLUMN = 80
"""Cells below which one column is shown at a time."""


class Arrangement:
    """The columns of a board; the cursor stays on its card while they change."""

    def __init__(self) -> None:
        self.lanes = [Lane(Column(state), 1) for state in COLUMNS]
        self.at = self.first = 0
        """The column the cursor is in, and the first in sight."""
        self.widths: dict[int, int] = {}
        """Cells of the columns in sight."""
        self.folds = Folds()
        self.width = self.height = 0
        self._filled = False

    @property
    def lane(self) -> Lane:
        """The column the cursor is in."""
        return self.lanes[self.at]

    @property
    def body(self) -> int:
        """Lines below the headings."""
        return max(1, self.height - HEAD)

    @property
    def is_single(self) -> bool:
        """Whether the screen is too narrow for columns side by side."""
        return self.width < ONE_COLUMN

    def take(self, columns: Sequence[Column]) -> None:
        """Show these columns; the cursor stays on its card, or near where it was."""
        here = self.lane.key
        if not any(c.count for c in columns if c.state not in self.folds.states):
            self.folds = OPEN  # nothing would be left to stand on
        for number, column in enumerate(columns):
            before = self.lanes[number]
            if before.column is not column or before.folds != self.folds:
                self.lanes[number] = Lane(column, self.body, self.folds)
                self.lanes[number].restore(before.top, before.at)
        if here is not None and here in self.lane.index:
            self.lane.go(self.lane.index[here])
        if not self._filled or not self.lane.cards:
            near = sorted(range(len(self.lanes)), key=lambda n: (abs(n - self.at), -n))
            self.at = next((n for n in near if self.lanes[n].cards), 0)
        self._filled = self._filled or any(lane.cards for lane in self.lanes)

    def resize(self, width: int, height: int) -> None:
        """Fit another screen."""
        self.width, self.height = width, height
        for lane in self.lanes:
            lane.resize(self.body)

    def fold(self, *, group: bool) -> bool:
        """Fold the group under the cursor, or the whole column, to its heading, once taken anew; whether there is one."""
        if self.lane.key is None:
            return False
        folds, state = self.folds, self.lane.column.state
        if group:
            self.folds = replace(folds, groups=folds.groups | {self.lane.group})
        else:
            self.folds = replace(folds, states=folds.states | {state})
        return True

    def beside(self, across: int) -> int | None:
        """The next column with cards on a side."""
        at = self.at + across
        while 0 <= at < len(self.lanes) and not self.lanes[at].cards:
            at += across
        return at if 0 <= at < len(self.lanes) else None

    def _narrowest(self, number: int) -> int:
        """Cells a column needs; one without cards is folded to its heading."""
        lane = self.lanes[number]
        return NARROWEST if lane.cards else cell_len(heading(lane))

    def _fitting(self, first: int) -> list[int]:
        """The columns that fit side by side from `first` on; one at least."""
        if self.is_single:
            return [first]
        found: list[int] = []
        room = self.width + GAP
        for number in range(first, len(self.lanes)):
            room -= self._narrowest(number) + GAP
            if room < 0 and found:
                break
            found.append(number)
        return found

    def lay_out(self) -> None:
        """Bring the cursor's column into sight and share the width out."""
        if self.at < self.first:
            self.first = self.at
        while self.at not in self._fitting(self.first):
            self.first += 1
        last = len(self.lanes) - 1
        while not self.is_single and self.first and last in self._fitting(self.first - 1):
            self.first -= 1
        shown = self._fitting(self.first)
        wide = [n for n in shown if self.lanes[n].cards] or shown
        self.widths = shared_out({n: self._narrowest(n) for n in shown}, wide, self.width)

    @property
    def strip(self) -> list[tuple[str, bool]]:
        """Every column with its count, and whether the cursor is in it."""
        return [(short(lane), number == self.at) for number, lane in enumerate(self.lanes)]

    @property
    def out_of_sight(self) -> list[str]:
        """Columns with cards beyond the edges, with an arrow to where they are."""
        if self.is_single:
            return []
        last = max(self.widths, default=-1)
        before = [f"< {short(lane)}" for lane in self.lanes[: self.first] if lane.column.count]
        behind = [f"{short(lane)} >" for lane in self.lanes[last + 1 :] if lane.column.count]
        return before + behind
