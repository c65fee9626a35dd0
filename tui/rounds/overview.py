"""总览: zones by categories, open and overdue in each cell, and the last twelve months as bars below."""

from collections.abc import Sequence

from textual.app import ComposeResult

from core.calendar.spans import Length, Span
from core.finding.terms import Term, written
from core.model import Item
from core.stats.shares import printed, rounded
from core.stats.statistics import INDICATORS
from core.stats.trend import found_in, trend
from core.town.facts import outstanding
from core.words.categories import CATEGORIES
from tui.frame import keys, round_keys
from tui.frame.grid import CellGrid, GridCell, GridRow, Layout
from tui.frame.key_bar import KeyBar
from tui.frame.lines import TitleBar
from tui.messages import Committed
from tui.places.place import Place
from tui.rounds.sheet_text import SHORT
from tui.terminal.display import shown
from tui.words.i18n import _

BARS = " ▁▂▃▄▅▆▇█"
NONE = 0
"""Key of the row of what is in no zone or with no unit."""
WHOLE = -1
"""Key of the row of the whole town."""


class OverviewScreen(Place[str | None]):
    """Returns the query of the cell that was chosen."""

    NAME = "Overview"
    KEYS = round_keys.OVERVIEW
    BINDINGS = keys.bindings(round_keys.OVERVIEW)
    CSS_PATH = "../styles/grid.tcss"
    _by_unit = _among_months = _at_latest = False
    _spans: Sequence[Span] = ()
    """The months below."""
    _cell: tuple[int | None, int] = (None, 0)
    """The one that was chosen."""

    def compose(self) -> ComposeResult:
        """Title, grid, months, keys."""
        yield TitleBar(id="title")
        yield CellGrid(id="cells")
        yield CellGrid(id="months")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the town."""
        self._months.take_in_hand(in_hand=False)
        if not self.session.town.complete:
            self.session.read_all_closed()
        self.reworded()
        grid = self._cells
        key, column = self._cell
        if key is not None:
            grid.go_to(key, column)
        grid.focus()

    def again(self) -> "OverviewScreen":
        """The same cell in hand."""
        screen = OverviewScreen(self.session)
        screen._by_unit, screen._cell = self._by_unit, self._cell
        return screen

    def reworded(self) -> None:
        """Say everything again."""
        bar = self.query_one(KeyBar)
        bar.show([key for key in self.KEYS if key.bar])
        bar.refresh()
        self.fill()
        self._say_months()

    def take_in(self, message: Committed) -> None:
        """Count anew."""
        self.fill()

    def fill(self) -> None:
        """Open and overdue of each zone or unit, by category."""
        session, today = self.session, self.session.moment.today
        town = session.town
        held: dict[tuple[int, str], dict[int, bool]] = {}
        """Problems of each cell, one for several units once, and whether they are late."""
        for item in town.open_items():
            key, problem = self._key(item), item.part_of or item.id
            late = outstanding(item, today)
            for cell in ((key, item.category), (key, ""), (-1, item.category), (-1, "")):
                found = held.setdefault(cell, {})
                found[problem] = late or found.get(problem, False)
        counts = {cell: [len(found), sum(found.values())] for cell, found in held.items()}
        most = max([c[0] for (key, cat), c in counts.items() if key != -1 and cat], default=1)
        columns = tuple(CATEGORIES)
        rows = [
            GridRow(
                key,
                name,
                tuple(_cell(counts.get((key, c), [0, 0]), most) for c in columns),
                (_text(counts.get((key, ""), [0, 0])),),
            )
            for key, name in self._named(counts)
        ]
        total = tuple(_cell(counts.get((-1, c), [0, 0]), 10**6) for c in columns)
        rows.append(
            GridRow(WHOLE, ("", self._whole_name()), total, (_text(counts.get((-1, ""), [0, 0])),))
        )
        layout = Layout(
            names=("", _("Unit") if self._by_unit else _("Zone")),
            widths=(2 if self._by_unit else 6, 0),
            heads=tuple(c[:SHORT] for c in columns),
            tail=(_("All"),),
            tail_widths=(8,),
            widest=7,
        )
        self._cells.show(layout, rows)
        self._say_title(*counts.get((-1, ""), [0, 0]))

    def _whole_name(self) -> str:
        """What the line of everything is called: a liaison sees their own of the town."""
        return _("Whole town") if self.kept_to is None else _("Together")

    def _say_title(self, opened: int, late: int) -> None:
        office = shown(self.session.town.settings.office)
        said = _("open {opened}, overdue {late}; a cell is open/overdue")
        text = said.format(opened=opened, late=late)
        self.query_one(TitleBar).say(f"{office}  {_('Overview')}  {text}")

    def _key(self, item: Item) -> int:
        return (item.holder if self._by_unit else item.zone) or NONE

    def _named(self, counts: dict[tuple[int, str], list[int]]) -> list[tuple[int, tuple[str, str]]]:
        """Zones or units in use, and what else has something open."""
        town = self.session.town
        found: list[tuple[int, tuple[str, str]]]
        if self._by_unit:
            found = [
                (u.id, ("", shown(u.name)))
                for u in town.units.values()
                if u.active or (u.id, "") in counts
            ]
        else:
            zones = sorted(town.zones.values(), key=lambda z: z.code)
            found = [
                (z.id, (shown(z.code), shown(z.name)))
                for z in zones
                if z.active or (z.id, "") in counts
            ]
        if (NONE, "") in counts:
            found.append((NONE, ("", _("none"))))
        return found

    def _say_months(self) -> None:
        """Found, closed and 按期率 of the last twelve months, as bars with their numbers."""
        session = self.session
        if not session.town.complete:
            return
        today = session.moment.today
        month = Span.around(today, Length.MONTH)
        months = trend(session.town, month, today, unit=self.kept_to)
        self._spans = [span for span, _line in months]
        found = found_in(session.town, self._spans, self.kept_to)
        closed = [line.count("closed") for _month, line in months]
        rates = [line.rate("ontime_rate") for _month, line in months]
        shares = [0 if rate is None else rounded(rate, 0) for rate in rates]
        heads = tuple(str(span.nth) for span in self._spans)
        layout = Layout(names=(_("Month"),), widths=(LABEL,), heads=heads, widest=MONTH)
        rows = [
            GridRow(FOUND, (_("Found"),), _bars(list(map(str, found)), found)),
            GridRow(CLOSED, (_("Closed"),), _bars(list(map(str, closed)), closed)),
            GridRow(
                IN_TIME, (_("Time %"),), _bars([printed(r, 0) or "-" for r in rates], shares, 100)
            ),
        ]
        self._months.show(layout, rows)
        if not self._at_latest:  # the latest is what one comes for
            self._at_latest = True
            self._months.move(len(heads), 0)

    @property
    def _cells(self) -> CellGrid:
        return self.query_one("#cells", CellGrid)

    @property
    def _months(self) -> CellGrid:
        return self.query_one("#months", CellGrid)

    @property
    def _grid(self) -> CellGrid:
        """The one in hand."""
        return self._months if self._among_months else self._cells

    def action_other(self) -> None:
        """From the cells to the months, and back."""
        self._among_months = not self._among_months
        self._cells.take_in_hand(in_hand=not self._among_months)
        self._months.take_in_hand(in_hand=self._among_months)
        self._grid.focus()

    def action_move(self, across: int, down: int) -> None:
        """Move in the grid; down from the last line to the months, up from them back."""
        self.query_one(KeyBar).hush()
        if not self._grid.move(across, down) and down == (-1 if self._among_months else 1):
            self.action_other()

    def action_page(self, step: int) -> None:
        """Move by screenfuls."""
        self._grid.page(step)

    def action_edge(self, step: int) -> None:
        """To the first or last line."""
        self._grid.move(0, step * 10_000)

    def action_leave(self) -> None:
        """Back to the board."""
        self.dismiss(None)

    def action_group(self) -> None:
        """By zone or by unit."""
        self._by_unit = not self._by_unit
        self.fill()

    def on_cell_grid_chosen(self, event: CellGrid.Chosen) -> None:
        """A second click chooses."""
        self.action_choose()

    def action_choose(self) -> None:
        """The items of the cell on the board."""
        if self._among_months:
            self._choose_month()
            return
        grid, town = self._cells, self.session.town
        category, key = list(CATEGORIES)[grid.column], grid.key
        self._cell = (key, grid.column)
        items = [i for i in town.open_items() if i.category == category]
        if key not in (None, WHOLE):
            items = [i for i in items if self._key(i) == key]
        if not items:
            self.tell(_("Nothing is open there."))
            return
        terms = [Term("cat", category)]
        if key == NONE:
            terms = [Term("no", "|".join(item.label for item in items))]
        elif key and key != WHOLE:
            unit, zone = town.units.get(key), town.zones.get(key)
            name = unit.name if self._by_unit and unit else zone.code if zone else ""
            terms.insert(0, Term("lead" if self._by_unit else "zone", name))
        self.dismiss(" ".join(written(term) for term in terms))

    def _choose_month(self) -> None:
        """The items of a month's figure."""
        span, code = self._spans[self._months.column], COUNTED.get(self._months.key or 0)
        counted = code and f"{INDICATORS[code].chinese}@{span.code}"
        term = Term("stat", counted) if counted else Term("found", span.code)
        self.dismiss(written(term))


def _text(count: list[int]) -> str:
    opened, late = count
    if not opened:
        return ""
    return f"{opened}/{late}" if late else str(opened)


def _cell(count: list[int], most: int) -> GridCell:
    """A cell; the graver the more is overdue."""
    opened, late = count
    if not opened:
        return GridCell(shown("·"))
    if late:
        return GridCell(_text(count), 3 if late * 2 >= opened or late >= 3 else 2)
    return GridCell(_text(count), 1 if opened * 2 >= most else 0)


FOUND, CLOSED, IN_TIME = 1, 2, 3
"""Keys of the lines of the months."""
COUNTED = {CLOSED: "closed", IN_TIME: "ontime"}
"""Figures that stand behind them."""
LABEL, MONTH = 8, 5
"""Cells of a label, and of a month."""


def _bars(numbers: list[str], values: list[int], top: int = 0) -> tuple[GridCell, ...]:
    """A number a month, behind a bar of its height."""
    most = top or max([*values, 1])
    marks = [BARS[min(8, max(int(v > 0), round(8 * v / most)))] for v in values]
    return tuple(
        GridCell(shown(f"{mark}{number}")) for mark, number in zip(marks, numbers, strict=True)
    )
