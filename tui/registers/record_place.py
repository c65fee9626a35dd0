"""A place where records of a register are added, changed and retired: its own screen, or one that shows more of it."""

from abc import abstractmethod
from typing import Any

from core.actions.action import Action
from core.actions.registers import Add, Edit
from core.registers import Register
from tui.places.listing import Listing
from tui.registers.forms import RegisterForms
from tui.verbs.fields import Answers


class RecordPlace(Listing):
    """The acts of every register."""

    register: Register

    @property
    @abstractmethod
    def record(self) -> Any:
        """The record under the cursor; None where there is none."""

    @property
    def lines(self) -> RegisterForms:
        """Its forms, in the town as it is now."""
        return RegisterForms(self.register, self.session.town, self.forms)

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
        if record is not None:
            self.ask(lines.form(record), lambda answers: lines.changing(record, answers))

    def action_retire(self) -> None:
        """Out of use, or back in use."""
        record = self.record
        if record is not None:
            fields = {"active": not record.active}
            self.submit([Edit(table=self.register.table, record=record.id, fields=fields)])
