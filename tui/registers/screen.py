"""A register on the board: its list, what is said of one record, and the form that keeps it."""

from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len
from textual.events import Resize

from core.actions import Action, Add, Edit
from core.registers import FieldKind, Register
from tui.frame import details, keys
from tui.registers.forms import RegisterForms, changed
from tui.registers.masters import WIDE, MastersScreen
from tui.session import Session
from tui.terminal.display import shown
from tui.verbs.fields import Answers
from tui.words.declared import noun_of
from tui.words.i18n import _
from tui.words.texts import column_name, field_label

WIDEST = 24
"""Cells of a column of a list at the most."""
BESIDE = 44
"""Cells of the details where they stand beside the list."""


class RegisterScreen(MastersScreen):
    """Any register, as its declaration says; a list of its own replaces `fill`."""

    NAME = "Register"
    KEYS = keys.REGISTER
    BINDINGS = keys.bindings(keys.REGISTER)

    def __init__(self, session: Session, register: Register) -> None:
        super().__init__(session)
        self.register = register
        self.TABLE = register.table

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

    @property
    def lines(self) -> RegisterForms:
        """Its forms, in the town as it is now."""
        return RegisterForms(self.register, self.session.town, self.forms)

    def label(self, key: str) -> str:
        """What a column is called."""
        return column_name(self.register, key)

    def fill(self) -> None:
        """The first fields of every record, as many as there is room for; retired ones last."""
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
            -width if each.kind in (FieldKind.FIGURE, FieldKind.COUNT) else width
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
        """As many columns as there is room for."""
        super().on_resize(event)
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

    def making(self, fields: dict[str, Any], answers: Answers) -> list[Action]:
        """What adds a record."""
        return [Add(table=self.register.table, fields=fields)]

    def action_add(self) -> None:
        """A new record."""
        lines = self.lines
        self.ask(lines.form(), lambda answers: self.making(lines.fields(answers), answers))

    def action_edit(self) -> None:
        """Changed attributes."""
        record, lines = self.record, self.lines
        if record is None:
            return

        def make(answers: Answers) -> list[Action]:
            fields = changed(record, lines.fields(answers))
            if not fields:
                return []
            return [Edit(table=self.register.table, record=record.id, fields=fields)]

        self.ask(lines.form(record), make)

    def action_retire(self) -> None:
        """Out of use, or back in use."""
        record = self.record
        if record is not None:
            fields = {"active": not record.active}
            self.submit([Edit(table=self.register.table, record=record.id, fields=fields)])
