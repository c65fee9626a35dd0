"""Forms of registers: the lines a declaration asks for, and the fields that answers are."""

from typing import Any

from msgspec import NODEFAULT
from msgspec.structs import fields as struct_fields

from core.actions.action import Action
from core.actions.registers import Edit
from core.calendar.cycles import last_said, read_terms, same
from core.model import Record
from core.registers import REGISTERS, FieldKind, Register, RegisterField
from core.stats.shares import in_points, read_points
from core.town.called import called
from core.town.town import Town
from core.words.cells import read_number, read_whole
from tui.verbs.basics import FormBasics
from tui.verbs.fields import Answers, Choice, Field, Form, names
from tui.words.declared import noun_of
from tui.words.i18n import _
from tui.words.texts import field_label, word_called, word_name


class RegisterForms:
    """Forms of one register in one town."""

    def __init__(self, register: Register, town: Town, basics: FormBasics) -> None:
        self._register = register
        self._town = town
        self._basics = basics
        self._defaults = {
            field.name: None if field.default is NODEFAULT else field.default
            for field in struct_fields(register.record)
        }
        """What a field holds that is left empty."""

    def form(self, record: Any = None) -> Form:
        """What is asked for a new record, or for one that is changed."""
        title = _("Add a {one}") if record is None else _("Edit a {one}")
        asked = [
            each
            for each in self._register.fields
            if (each.kept or record is None) and each.name != "active"
        ]
        asked.sort(
            key=lambda each: (not each.required, each.kept)
        )  # what it cannot do without first
        lines = tuple(self._line(each, getattr(record, each.name, None)) for each in asked)
        return Form(title.format(one=noun_of(self._register)), lines)

    def _line(self, each: RegisterField, value: Any) -> Field:
        choices: tuple[Choice, ...] = ()
        hint = ""
        if each.kind == FieldKind.REF:
            choices = self._records(each.of, value)
        elif each.kind == FieldKind.YES:
            choices = (Choice(True, _("yes")), Choice(False, _("no")))
        elif each.words and each.kind == FieldKind.TEXT:
            choices = tuple(
                Choice(word, word_name(self._register.table, each.key, word), (word,))
                for word in each.words
            )
        elif each.kind in (FieldKind.NAMES, FieldKind.REFS):
            hint = _("names, joined by 、")
        return Field(
            key=each.name,
            label=field_label(each),
            value=self.text(each, value),
            choices=choices,
            required=each.required,
            hint=hint,
        )

    def _records(self, table: str, current: int | None) -> tuple[Choice, ...]:
        if table == "units":
            return self._basics.units()
        if table == "zones":
            return self._basics.zones(current)
        register = REGISTERS[table]
        return tuple(
            Choice(record.id, register.label(record))
            for record in self._town.tables[table].values()
            if getattr(record, "active", True) or record.id == current
        )

    def text(self, each: RegisterField, value: Any) -> str:
        """A value as a line of a form or of details has it."""
        match each.kind:
            case FieldKind.REF:
                return self._named(each.of, value)
            case FieldKind.REFS:
                return "、".join(self._named(each.of, key) for key in value or ())
            case FieldKind.NAMES:
                return "、".join(
                    word_name(self._register.table, each.key, word) for word in value or ()
                )
            case FieldKind.YES:
                return "" if value is None else _("yes") if value else _("no")
            case FieldKind.FIGURE:
                return "" if value is None else f"{value:g}"
            case FieldKind.POINTS:
                return "" if value is None else in_points(value)
            case FieldKind.TERMS:
                return last_said(value or ())
            case _ if each.words and value:
                return word_name(self._register.table, each.key, value)
            case _:
                return "" if value is None else str(value)

    def _named(self, table: str, key: int | None) -> str:
        record = self._town.tables[table].get(key or 0)
        return REGISTERS[table].label(record) if record is not None else ""

    def fields(self, answers: Answers) -> dict[str, Any]:
        """Answers as attributes. Raises `RuleError` where one cannot be read."""
        found: dict[str, Any] = {}
        for each in self._register.fields:
            if each.kept and each.name in answers:
                value = self._value(each, answers[each.name])
                found[each.name] = self._defaults[each.name] if value is None else value
        return found

    def changing(self, record: Any, answers: Answers) -> list[Action]:
        """What makes a record say what was answered; nothing where it does."""
        fields = _changed(record, self.fields(answers))
        return [Edit(table=self._register.table, record=record.id, fields=fields)] if fields else []

    def _value(self, each: RegisterField, answer: Any) -> Any:
        match each.kind:
            case FieldKind.NAMES:
                return tuple(word_called(self._register, each, name) for name in names(answer))
            case FieldKind.REFS:
                return tuple(called(self._town.tables, each.of, name).id for name in names(answer))
            case FieldKind.FIGURE:
                return read_number(answer, each.name)
            case FieldKind.POINTS:
                return read_points(answer, each.name)
            case FieldKind.TERMS:
                return (read_terms(answer),) if answer else None
            case FieldKind.COUNT:
                return read_whole(answer, each.name)
            case FieldKind.DAY:
                return self._basics.day(answer, each.name)
            case _:
                return answer


def _changed(record: Record, fields: dict[str, Any]) -> dict[str, Any]:
    """The answers that are not what the record says already."""
    return {
        name: value
        for name, value in fields.items()
        if (getattr(record, name) or None) != (value or None)
        and not (name == "terms" and same(getattr(record, name), value or ()))
    }
