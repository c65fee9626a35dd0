"""打分表: zones by categories, what was taken off in each cell, its finds below; scored with the keyboard."""

from collections.abc import Callable

from textual.app import ComposeResult

from core.actions.action import Action
from core.actions.rounds import DropFind, EditFind, VisitZone, WaiveFind
from core.model import Find, Mark, Round, RoundState
from core.stats.scoring.round_sheet import SheetFind, SheetRow, of_round, sheet_of
from core.stats.shares import in_points
from tui.frame import keys, round_keys
from tui.frame.grid import CellGrid, GridCell, GridRow, Layout
from tui.frame.key_bar import KeyBar
from tui.frame.lines import Page, TitleBar
from tui.messages import Committed
from tui.places.place import Place
from tui.rounds.forms import RoundForms, reason_form
from tui.rounds.next_steps import next_of_round
from tui.rounds.sheet_text import SHORT, cell_said, find_said, heading, off_text, sheet_lines
from tui.rounds.taken_out import show_walk, write_sheet
from tui.session.session import Session
from tui.terminal.display import shown
from tui.verbs.fields import Field, Form
from tui.words.i18n import _
from tui.words.texts import verb_name

CYCLE = (100, 200, 0)
"""Factors that one key goes round, in hundredths."""


class SheetScreen(Place[str | None]):
    """Returns a query for the board where an item was chosen."""

    NAME = "Sheet of a round"
    KEYS = round_keys.ROUND_SHEET
    BINDINGS = keys.bindings(round_keys.ROUND_SHEET)
    CSS_PATH = "../styles/grid.tcss"

    def __init__(self, session: Session, held: int) -> None:
        super().__init__(session)
        self._held = held
        self._at = 0
        """Which find of the cell is in hand."""
        self._cell: tuple[int | None, int] = (None, 0)
        """The cell it is of."""

    def compose(self) -> ComposeResult:
        """Title, grid, the finds of the cell, keys."""
        yield TitleBar(id="title")
        yield CellGrid()
        yield Page(id="finds")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the sheet."""
        self.query_one("#finds", Page).can_focus = False
        self.reworded()
        self._grid.focus()

    @property
    def _grid(self) -> CellGrid:
        return self.query_one(CellGrid)

    @property
    def held(self) -> Round:
        """The round."""
        return self.session.town.rounds[self._held]

    @property
    def _forms(self) -> RoundForms:
        return RoundForms(self.session.town, self.session.moment, self.forms)

    def reworded(self) -> None:
        """Say everything again."""
        bar = self.query_one(KeyBar)
        bar.show([key for key in self.KEYS if key.bar])
        bar.refresh()
        self.fill()

    def fill(self) -> None:
        """Every zone; only lines that differ are drawn anew."""
        self._sheet = sheet_of(self.session.town, self.held)
        sheet, places = self._sheet, self._sheet.places()
        office = shown(self.session.town.settings.office)
        self.query_one(TitleBar).say(f"{office}  {shown(heading(self.held, sheet))}")
        layout = Layout(
            names=("", _("Zone")),
            widths=(5, 0),
            heads=tuple(c[:SHORT] for c in sheet.weights),
            below=tuple(in_points(weight) for weight in sheet.weights.values()),
            tail=(_("Score"), _("Pl.")),
            tail_widths=(7, 3),
            widest=6,
        )
        self._grid.show(layout, [self._row(row, places) for row in sheet.rows])
        self._say()

    def _row(self, row: SheetRow, places: dict[int, int]) -> GridRow:
        cells = tuple(
            GridCell(text := off_text(self._sheet, row, c), 2 if text.endswith("!") else 0)
            for c in self._sheet.weights
        )
        score = self._sheet.printed(row) or _("unseen")
        tail = (score, str(places.get(row.zone, "")))
        return GridRow(row.zone, (shown(row.code), shown(row.name)), cells, tail)

    def take_in(self, message: Committed) -> None:
        """Show what was saved; one's own new find comes in hand."""
        self.fill()
        if message.own:
            added = {c.id for c in message.changes if c.table == "finds" and c.old is None}
            at = [n for n, find in enumerate(self._finds) if find.find in added]
            self._at = at[-1] if at else self._at
            self._say()
            self.tell(_("{verb}: done").format(verb=verb_name(message.changes.op)))

    @property
    def _category(self) -> str:
        return list(self._sheet.weights)[self._grid.column]

    @property
    def _zone_row(self) -> SheetRow | None:
        return self._sheet.row(self._grid.key or 0)

    @property
    def _finds(self) -> list[SheetFind]:
        """The finds of the cell."""
        row = self._zone_row
        return [f for f in row.finds if f.category == self._category] if row else []

    @property
    def _find(self) -> SheetFind | None:
        """The find in hand."""
        found = self._finds
        return found[min(self._at, len(found) - 1)] if found else None

    def _in_hand(self) -> SheetFind | None:
        """The find in hand; says so where there is none."""
        if self._find is None:
            self.tell(_("Nothing was found in this cell."))
        return self._find

    def _say(self) -> None:
        row, category = self._zone_row, self._category
        if row is None:
            return
        at = min(self._at, max(0, len(self._finds) - 1))
        self.query_one("#finds", Page).show(cell_said(self._sheet, row, category, at))

    def on_cell_grid_rested(self, event: CellGrid.Rested) -> None:
        """The finds follow the cursor."""
        cell = (self._grid.key, self._grid.column)
        if cell != self._cell:
            self._cell, self._at = cell, 0
        self._say()

    def on_cell_grid_chosen(self, event: CellGrid.Chosen) -> None:
        """A second click enters a find."""
        self.action_add()

    def action_move(self, across: int, down: int) -> None:
        """Move in the grid."""
        self.query_one(KeyBar).hush()
        self._grid.move(across, down)

    def action_page(self, step: int) -> None:
        """Move by screenfuls."""
        self._grid.page(step)

    def action_edge(self, step: int) -> None:
        """To the first or last zone."""
        self._grid.move(0, step * 10_000)

    def action_leave(self) -> None:
        """Back to the list."""
        self.dismiss(None)

    def action_choose(self) -> None:
        """Show the item of the find, or those of the cell, on the board."""
        numbers = [find.number for find in self._finds if find.number]
        if numbers:
            self.dismiss(f"no:{'|'.join(numbers)}")
        else:
            self.tell(_("No item stands behind this cell; a adds a find."))

    def action_next_find(self, step: int) -> None:
        """Another find of the cell."""
        found = self._finds
        if found:
            self._at = (self._at + step) % len(found)
            self._say()

    def _underway(self) -> bool:
        """Whether it may be scored; says why not."""
        if self.held.state == RoundState.UNDERWAY:
            return True
        self.tell(_("It is not underway; o in the list opens it again."), warning=True)
        return False

    def action_add(self) -> None:
        """A find in this cell; its item is reported with it."""
        row = self._zone_row
        if row is None or not self._underway():
            return
        forms, zone = self._forms, row.zone
        form = forms.find(self.held, self._category, zone)
        self.ask(form, lambda answers: [forms.found(self.held, zone, answers)])

    def action_not_applicable(self) -> None:
        """不适用, or no longer."""
        row, category = self._zone_row, self._category
        if row is None or not self._underway():
            return
        na = tuple(c for c in row.na if c != category)
        if category not in row.na:
            na = (*row.na, category)
        self.submit([VisitZone(round=self._held, zone=row.zone, na=na)])

    def action_seen(self) -> None:
        """The zone was seen, and nothing was found."""
        row = self._zone_row
        if row is not None and self._underway():
            self.submit([VisitZone(round=self._held, zone=row.zone)])

    def action_unseen(self) -> None:
        """The zone was not seen, with the reason."""
        row = self._zone_row
        if row is None or not self._underway():
            return
        zone = row.zone
        form = Form(_("Not seen"), (Field(key="why", label=_("Reason"), required=True),))
        self.ask(
            form,
            lambda a: [VisitZone(round=self._held, zone=zone, seen=False, why=a["why"])],
            shown(f"{row.code} {row.name}"),
        )

    def action_factor(self) -> None:
        """×1, ×2, ×0: how often the find in hand counts."""
        find = self._in_hand()
        if find is None or not self._underway():
            return
        at = CYCLE.index(find.factor) if find.factor in CYCLE else -1
        factor = CYCLE[(at + 1) % len(CYCLE)]
        self.submit([EditFind(find=find.find, fields={"factor": factor})])

    def action_edit(self) -> None:
        """Another deduction, count or factor."""
        find = self._in_hand()
        record = self.session.town.tables["finds"].get(find.find) if find else None
        if isinstance(record, Find) and self._underway():
            forms = self._forms
            self.ask(forms.change(record), lambda a: forms.changed(record, a))

    def action_waive(self) -> None:
        """免扣, with the reason."""
        self._ask_why(_("Waive"), lambda key, why: WaiveFind(find=key, reason=why))

    def action_drop(self) -> None:
        """Entered by mistake; its item stays what it is."""
        self._ask_why(_("Entered by mistake"), lambda key, why: DropFind(find=key, reason=why))

    def _ask_why(self, title: str, make: Callable[[int, str], Action]) -> None:
        """Do something to the find in hand, with the reason."""
        find = self._in_hand()
        if find is not None:
            key, said = find.find, shown(find_said(find))
            self.ask(reason_form(title), lambda a: [make(key, a["reason"])], said)

    def action_marks(self) -> None:
        """资料得分 of the units."""
        if not self._underway():
            return
        known = {
            m.unit: m.points for m in of_round(self.session.town, Mark, self._held) if m.active
        }
        forms = self._forms
        self.ask(forms.marks(self.held, known), lambda a: forms.marked(self.held, known, a))

    def action_step(self) -> None:
        """What comes next."""
        action = next_of_round(self.held)
        if action is not None:
            self.submit([action])

    def action_walk(self) -> None:
        """The list to take along."""
        show_walk(self, self.held)

    def action_write(self) -> None:
        """The sheet as a file."""
        write_sheet(self, self.held)

    def action_copy(self) -> None:
        """The sheet as text to the clipboard."""
        self.app.copy_to_clipboard("\n".join(sheet_lines(self.held, self._sheet)))
        self.tell(_("Sent to your clipboard."))
