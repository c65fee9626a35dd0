"""How a register is asked for, shown and read on the command line: from its declaration, and what is its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, NamedTuple

import typer

from core.actions.action import Action
from core.changes import Changes
from core.lists.list_reading import read_value
from core.registers import REGISTERS, FieldKind, Register, RegisterField
from core.town.called import called
from tui.cli.faces.helps import help_of, metavar_of
from tui.cli.faces.values import told
from tui.cli.frame.completing import complete_records, of_words
from tui.cli.frame.office import Office
from tui.cli.frame.options import RowNumber, complete_units, complete_zones
from tui.words.texts import column_name, field_label, word_names

Read = Callable[[Office, Any], Any]


class Parameter(NamedTuple):
    """One parameter of a command, and the field it fills."""

    name: str
    """Of the parameter; `zone_kind` is --zone-kind."""
    shape: Any
    """What Typer makes the parameter of."""
    default: Any = None
    field: str = ""
    """Where that is not `name`; `*` where its value is several fields."""
    read: Read | None = None
    """The value that is kept, of what was said; by the kind of the field where there is none."""


@dataclass(frozen=True, kw_only=True)
class Face:
    """A register on the command line."""

    register: Register
    help: str = ""
    helps: Mapping[str, str] = field(default_factory=dict)
    """What help says of a command, where the usual sentence will not do."""
    which: Any = None
    """The argument by which a record is named."""
    find: Callable[..., Any] | None = None
    """The record an argument names, `retired` ones too where that is asked. Raises `RuleError`."""
    adds: Mapping[str, tuple[Parameter, ...]] = field(default_factory=dict)
    """What `add` asks in place of a field; nothing where that is empty."""
    edits: Mapping[str, tuple[Parameter, ...]] = field(default_factory=dict)
    """What `edit` asks in place of a field."""
    besides: tuple[Parameter, ...] = ()
    """What `add` asks that is no field."""
    action: Callable[[Office, dict[str, Any], dict[str, Any]], Action | list[Action]] | None = None
    """What `add` does with the fields, and with what was said that is no field."""
    added: Callable[[Office, dict[str, Any], Changes], None] | None = None
    """What `add` prints."""
    editable: Callable[[Any, dict[str, Any]], dict[str, Any]] | None = None
    """Fields that are added to what a record has."""
    retiring: Mapping[str, Any] = field(default_factory=lambda: {"active": False})
    """What retiring sets."""
    dated: bool = False
    """Whether retiring has a day."""
    columns: tuple[str, ...] = ()
    """What a list shows."""
    flexible: int = -1
    """The column that gives way."""
    order: Callable[[Any], Any] | None = None
    every: bool = True
    """Whether a list leaves retired ones out until asked."""
    values: Callable[[Office, Any], dict[str, Any]] | None = None
    """Values of a row that are not attributes as they stand."""
    listing: Callable[..., None] | None = None
    """The command `list`, where it is its own."""
    own: tuple[tuple[str, str, Callable[..., None]], ...] = ()
    """Commands of its own: name, help, function."""
    without: tuple[str, ...] = ()
    """Usual commands it does not have: what they would do has a verb of its own."""
    usual: Callable[[Office], list[Action]] | None = None
    """What an office usually has and this one has not: `import --default`."""

    def asks(self, *, new: bool) -> tuple[Parameter, ...]:
        """The parameters of `add` or `edit`: what the declaration has, but for what is asked otherwise."""
        own = self.adds if new else self.edits
        found: list[Parameter] = []
        for each in self.register.fields:
            if each.name in own:
                found += own[each.name]
            elif each.kept and not (new and each.name == "active"):
                found.append(_asked(self.register, each, new=new))
        return (*found, *(self.besides if new else ()))

    def fields(
        self, office: Office, said: Mapping[str, Any], *, new: bool
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """What was said as attributes, and what was said that is none."""
        found: dict[str, Any] = {}
        beside: dict[str, Any] = {}
        names = self.register.record.__struct_fields__
        for asked in self.asks(new=new):
            value = said[asked.name]
            if value is None or value == asked.default:
                continue
            name = asked.field or asked.name
            if name != "*" and name not in names:
                beside[name] = value
                continue
            if asked.read is not None:
                value = asked.read(office, value)
            elif name != "*":
                value = read_value(office, self.register, self.register.field(name), value)
            found |= value if name == "*" else {name: value}
        return found, beside

    def record(self, office: Office, text: Any, *, retired: bool = False) -> Any:
        """The record an argument names. Raises `RuleError`."""
        if self.find is not None:
            return self.find(office, text, retired=retired)
        return called(office.town.tables, self.register.table, str(text), retired=retired)

    def label(self, key: str) -> str:
        """What a column is called."""
        return column_name(self.register, key)

    @property
    def argument(self) -> Any:
        """The argument by which a record is named."""
        if self.which is not None:
            return self.which
        if self.register.whole:
            return RowNumber
        return Annotated[
            str,
            typer.Argument(
                metavar=self.register.noun.upper(),
                help=field_label(self.register.field(self.register.named_by[0])),
                autocompletion=complete_records(self.register),
                show_default=False,
            ),
        ]

    def rows(self, office: Office, *, contacts: bool = True) -> list[tuple[Any, dict[str, Any]]]:
        """Every record with its row."""
        records = office.town.tables[self.register.table].values()
        return [
            (record, self.row(office, record, contacts=contacts))
            for record in sorted(records, key=self.order or (lambda record: record.id))
        ]

    def row(self, office: Office, record: Any, *, contacts: bool = True) -> dict[str, Any]:
        """A record as a row of a sheet or of JSON."""
        own = self.values(office, record) if self.values else {}
        row: dict[str, Any] = {}
        if self.register.numbered:
            row["code"] = getattr(record, "label", None) or record.id
        for each in self.register.fields:
            if each.key in own:
                row[each.key] = own[each.key]
            elif each.contact and not contacts:
                row[each.key] = None
            else:
                row[each.key] = told(office, each, getattr(record, each.name))
        return row

    def in_words(self, row: dict[str, Any], say: Callable[[str], str]) -> dict[str, Any]:
        """A row with words for codes; `say` puts a name into a language."""
        found = dict(row)
        for each in self.register.fields:
            names = word_names(self.register.table, each.key)
            value = row[each.key]
            if names and isinstance(value, list):
                found[each.key] = [say(names.get(word, word)) for word in value]
            elif names and value:
                found[each.key] = say(names.get(value, value))
        return found


def _asked(register: Register, each: RegisterField, *, new: bool) -> Parameter:
    """A parameter as the declaration has it."""
    said = help_of(register, each)
    kinds: dict[FieldKind, tuple[Any, str]] = {
        FieldKind.NAMES: (list[str] | None, "TEXT"),
        FieldKind.REFS: (list[str] | None, each.of.removesuffix("s").upper()),
        FieldKind.FIGURE: (float | None, "N"),
        FieldKind.COUNT: (int | None, "N"),
        FieldKind.POINTS: (float | None, "N"),
        FieldKind.DAY: (str | None, "DATE"),
        FieldKind.YES: (bool | None, ""),
        FieldKind.REF: (str | None, each.of.removesuffix("s").upper()),
    }
    kind, usual = kinds.get(each.kind, (str | None, "TEXT"))
    metavar = metavar_of(register, each) or usual
    complete = _completion(each)
    by_place = each.name in register.named_by or not register.whole
    if new and each.required and by_place and each.kind in (FieldKind.TEXT, FieldKind.REF):
        shape = typer.Argument(
            metavar=each.name.upper(), help=said, show_default=False, autocompletion=complete
        )
        return Parameter(each.called, Annotated[str, shape], ..., field=each.name)
    flag = f"--{each.called.replace('_', '-')}"
    if each.kind == FieldKind.YES:
        flag = "--active/--retired" if each.name == "active" else f"{flag}/--no{flag[1:]}"
    option = typer.Option(
        flag,
        metavar=metavar or None,
        help=said,
        min=0 if each.kind in (FieldKind.FIGURE, FieldKind.COUNT) else None,
        show_default=False,
        autocompletion=complete,
    )
    return Parameter(each.called, Annotated[kind, option], field=each.name)


def _completion(each: RegisterField) -> Callable[[str], list[str]] | None:
    if each.of == "units":
        return complete_units
    if each.of == "zones":
        return complete_zones
    if each.words:
        return of_words(each.words)
    return complete_records(REGISTERS[each.of]) if each.of else None
