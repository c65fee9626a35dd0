"""A register on the board: its list, what is said of one record, and the form that keeps it."""

from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Resize

from core.model import Event
from core.registers import FieldKind, Register
from tui.frame import details, keys
from tui.frame.key_bar import KeyBar
from tui.frame.lines import Page, RowList, TitleBar
from tui.messages import Committed, HistoryRead
from tui.registers.record_place import RecordPlace
from tui.session.session import Session
from tui.terminal.display import shown
from tui.words.declared import noun_of
from tui.words.history import Historian
from tui.words.i18n import _
from tui.words.texts import column_name, field_label

NUMBERS = (FieldKind.FIGURE, FieldKind.COUNT, FieldKind.POINTS)
WIDE = 110
"""Columns from which details get more room."""
WIDEST = 24
"""Cells of a column of a list at the most."""
BESIDE = 44
"""Cells of the details where they stand beside the list."""


class RegisterScreen(RecordPlace):
    """Any register, as its declaration says; a list of its own replaces `fill`.

    Returns a query for the board where a row was chosen.
    """

    NAME = "Register"
    KEYS = keys.REGISTER
    BINDINGS = keys.bindings(keys.REGISTER)

    def __init__(self, session: Session, register: Register) -> None:
        super().__init__(session)
        self.register = register
        self._events: dict[int, Sequence[Event]] = {}
        self._filled_for: int | None = None

    def compose(self) -> ComposeResult:
        """Title, list with details beside it, keys."""
        yield TitleBar(id="title")
        with Horizontal(id="middle"):
            yield RowList()
            yield Page(id="detail")
        yield KeyBar()

    def begin(self) -> None:
        """Show the town."""
        self.query_one("#detail", Page).can_focus = False
        if not self.session.town.complete:  # what is counted here goes back to the new year
            self.session.read_all_closed()
        super().begin()

    @property
    def heading(self) -> str:
        """The office, and what is listed."""
        office = shown(self.session.town.settings.office)
        name = noun_of(self.register, several=True)
        return f"{office}  {name[:1].upper()}{name[1:]}"

    @property
    def remembered_by(self) -> str:
        """Each register by itself."""
        return self.register.table

    @property
    def record(self) -> Any:
        """The record under the cursor."""
        return self.session.town.tables[self.register.table].get(self.cursor)

    def label(self, key: str) -> str:
        """What a column is called."""
        return column_name(self.register, key)

    def fill(self) -> None:
        """The first fields of every record, as many as there is room for; retired ones last."""
        self._filled_for = self.size.width
        lines = self.lines
        listed = [
            each
            for each in self.register.fields
            if each.kept and each.name != "active" and not each.contact
        ]
        records: Sequence[Any] = sorted(
            self.session.town.tables[self.register.table].values(),
            key=lambda r: (not getattr(r, "active", True), r.id),
        )
        rows = [
            [shown(lines.text(each, getattr(record, each.name))) for each in listed]
            for record in records
        ]
        for record, cells in zip(records, rows, strict=True):
            if not getattr(record, "active", True):
                cells[0] = _("{name} (retired)").format(name=cells[0])
        heads = [field_label(each) for each in listed]
        widths = [
            min(WIDEST, max(cell_len(head), *(cell_len(row[at]) for row in rows), 4))
            for at, head in enumerate(heads)
        ]
        count = self._room_for(widths)
        signed = [
            -width if each.kind in NUMBERS else width
            for each, width in zip(listed, widths, strict=True)
        ][:count]
        signed[widths[:count].index(max(widths[:count]))] = 0  # the widest gives way
        self.rows.show(
            tuple(heads[:count]),
            tuple(signed),
            [(r.id, tuple(cells[:count])) for r, cells in zip(records, rows, strict=True)],
        )

    def _room_for(self, widths: Sequence[int]) -> int:
        """How many columns stand beside each other, one of which gives way."""
        left = self.size.width - (BESIDE if self.size.width >= WIDE else 0) - 2
        count = 0
        for width in widths:
            left -= width + 2
            if left < 0 and count:
                break
            count += 1
        return count

    def on_resize(self, event: Resize) -> None:
        """More room for details where there is some, and as many columns as fit beside them."""
        self.set_class(event.size.width >= WIDE, "-wide")
        if self._filled_for not in (None, self.size.width):
            self.fill()

    def paragraphs(self, key: int) -> details.Paragraphs:
        """Every field that is filled."""
        record: Any = self.session.town.tables[self.register.table][key]
        lines = self.lines
        said: details.Paragraphs = [("head", shown(self.register.label(record)))]
        for each in self.register.fields:
            if each.name == "active" and record.active:
                continue
            if each.kept and each.name not in self.register.named_by:
                text = lines.text(each, getattr(record, each.name))
                if text:
                    said.append(("text", f"{field_label(each)}: {shown(text)}"))
        return said

    def chased(self) -> int | None:
        """The unit to be reminded, of the row under the cursor."""
        return None

    def action_bring(self) -> None:
        """Its list from a file."""
        from core.lists.known import list_of
        from tui.ledger.bringing import bring_list_in

        bring_list_in(self, lambda answers: list_of(self.register.table), _("Bring a list in"))

    def action_chase(self) -> None:
        """The messages that remind units, beginning with this one."""
        from tui.papers.chase import ChaseScreen

        def chosen(query: str | None) -> None:
            if query is not None:
                self.dismiss(query)

        self.app.push_screen(ChaseScreen(self.session, self.chased()), chosen)

    @property
    def cursor(self) -> int:
        """Id of the row under the cursor; 0 where there is none."""
        return self.rows.cursor or 0

    def take_in(self, message: Committed) -> None:
        """Show what was saved; the board has brought the town up to it."""
        self._events.clear()
        self.fill()
        if message.own:
            self.tell_named(message.changes, self.register.table)

    def take_history(self, message: HistoryRead) -> None:
        """A history that was asked for."""
        if message.table == self.register.table:
            self._events[message.record] = message.events
            self._show_detail()

    def on_row_list_rested(self, event: RowList.Rested) -> None:
        """Details follow the cursor."""
        self._show_detail()

    def _show_detail(self) -> None:
        key = self.cursor
        if not key:
            self.query_one("#detail", Page).show([])
            return
        paragraphs = self.paragraphs(key)
        events = self._events.get(key)
        if events is None:
            self.session.ask_history(self.register.table, key)
        else:
            historian = Historian(self.session.town)
            paragraphs.append(("head", _("History")))
            paragraphs += [("text", shown(historian.line(e))) for e in reversed(events)]
        self.query_one("#detail", Page).show(paragraphs)
