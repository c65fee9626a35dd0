"""`zg NOUN`: the commands every register has, made from its face."""

import inspect
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer

from core.actions.registers import Add, Edit
from core.errors import Incomplete
from core.lists.known import list_of
from tui.cli.faces.face import Face, Parameter
from tui.cli.faces.sheets_in import importer, told_of
from tui.cli.frame.office import Office
from tui.cli.frame.opening import NAMED, opens
from tui.cli.frame.options import Every, On
from tui.cli.frame.output import Encoding, Force, FormatOption, Output, export_table
from tui.cli.frame.tables import cell_text, print_json, print_rows, print_table
from tui.words.declared import noun_of
from tui.words.i18n import _, chinese

Contacts = Annotated[
    bool,
    typer.Option(
        "--with-contacts", show_default=False, help=_("Posts and telephones of liaisons too.")
    ),
]


def group_of(face: Face) -> Any:
    """The group of a register."""
    register = face.register
    several, one = noun_of(register, several=True), noun_of(register)
    group = typer.Typer(help=face.help or several, no_args_is_help=True)
    usual = {
        "list": _("List {several}.").format(several=several),
        "show": _("Show one {one} whole.").format(one=one),
        "add": _("Add a {one}.").format(one=one),
        "edit": _("Change a {one}.").format(one=one),
        "retire": _("Take a {one} out of use; its history stays.").format(one=one),
        "import": _("Bring a table of {several} in.").format(several=several),
        "export": _("Write a table of {several}.").format(several=several),
    }
    helps = {**usual, **face.helps}
    usual_ones: dict[str, Callable[[], Callable[..., None]]] = {
        "list": lambda: face.listing or _list(face),
        "show": lambda: _show(face),
        "add": lambda: _add(face),
        "edit": lambda: _edit(face),
        "retire": lambda: _retire(face),
    }
    for name, made in usual_ones.items():
        if name not in face.without:
            group.command(name, help=helps[name])(made())
    for name, help_text, function in face.own:
        group.command(name, help=help_text)(function)
    group.command("import", help=helps["import"], epilog=told_of(register))(
        importer(list_of(register.table), face.usual)
    )
    group.command("export", help=helps["export"])(_export(face))
    return group


def signed(function: Callable[..., None], *parameters: tuple[str, Any, Any]) -> Callable[..., None]:
    """A function of the open office that has these parameters besides: name, shape, default."""

    def command(office: Office, **said: Any) -> None:
        function(office, **said)

    own = (
        inspect.Parameter(
            name,
            NAMED,
            default=inspect.Parameter.empty if default is ... else default,
            annotation=shape,
        )
        for name, shape, default in parameters
    )
    office = next(iter(inspect.signature(command).parameters.values()))
    command.__signature__ = inspect.Signature([office, *own])  # type: ignore[attr-defined]
    return command


def _parameters(asked: Sequence[Parameter]) -> list[tuple[str, Any, Any]]:
    return [(each.name, each.shape, each.default) for each in asked]


def _contacts(face: Face) -> list[tuple[str, Any, Any]]:
    """The option for what goes out only where it is asked for."""
    held = any(each.contact for each in face.register.fields)
    return [("contacts", Contacts, False)] if held else []


def _list(face: Face) -> Callable[..., None]:
    number = ("code",) if face.register.numbered else ()
    keys = face.columns or (
        *number,
        *(f.key for f in face.register.fields if f.name != "active"),
    )

    def command(office: Office, *, every: bool = True, contacts: bool = False, json: bool) -> None:
        found = [
            row
            for record, row in face.rows(office, contacts=contacts)
            if every or getattr(record, "active", True)
        ]
        print_rows(
            found if json else [face.in_words(row, _) for row in found],
            keys,
            face.flexible,
            json=json,
            label=face.label,
        )

    before = [("every", Every, False)] if face.every else []
    return opens(json=True)(signed(command, *before, *_contacts(face)))


def _show(face: Face) -> Callable[..., None]:
    def command(office: Office, which: Any, *, json: bool) -> None:
        row = face.row(office, face.record(office, which, retired=True))
        if json:
            print_json(row)
            return
        shown = face.in_words(row, _)
        print_table(
            [[face.label(k), cell_text(v)] for k, v in shown.items() if v not in (None, "", [])],
            [_("Field"), _("Value")],
            flexible=1,
        )

    return opens(json=True)(signed(command, ("which", face.argument, ...)))


def _add(face: Face) -> Callable[..., None]:
    register = face.register

    def command(office: Office, **said: Any) -> None:
        fields, beside = face.fields(office, said, new=True)
        action = (
            face.action(office, fields, beside)
            if face.action
            else Add(table=register.table, fields=fields)
        )
        changes = office.commit(action if isinstance(action, list) else [action])
        if face.added is not None:
            face.added(office, fields, changes)
        elif register.whole:
            print(changes.of(register.table)[0].id)
        else:
            print(fields[register.named_by[0]])

    return opens(saves=True)(signed(command, *_parameters(face.asks(new=True))))


def _edit(face: Face) -> Callable[..., None]:
    register = face.register

    def command(office: Office, which: Any, **said: Any) -> None:
        record = face.record(office, which, retired=True)
        fields, _beside = face.fields(office, said, new=False)
        if face.editable is not None:
            fields = face.editable(record, fields)
        if not fields:
            raise Incomplete("nothing_given")
        office.commit([Edit(table=register.table, record=record.id, fields=fields)])

    asked = signed(command, ("which", face.argument, ...), *_parameters(face.asks(new=False)))
    return opens(saves=True)(asked)


def _retire(face: Face) -> Callable[..., None]:
    register = face.register

    def command(office: Office, which: Any, on: str | None = None) -> None:
        record = face.record(office, which)
        fields = dict(face.retiring)
        day = office.day(on)
        if day is not None:
            fields["until"] = day
        office.commit([Edit(table=register.table, record=record.id, fields=fields)])

    dated = [("on", On, None)] if face.dated else []
    return opens(saves=True)(signed(command, ("which", face.argument, ...), *dated))


def _export(face: Face) -> Callable[..., None]:
    headers = face.register.headers

    def command(
        office: Office,
        output: str,
        form: str | None,
        encoding: str,
        *,
        contacts: bool = False,
        force: bool,
    ) -> None:
        rows = [row for _record, row in face.rows(office, contacts=contacts)]
        said = [face.in_words(row, chinese) for row in rows]
        export_table(said, headers, output, form, encoding, force=force)

    asked = signed(
        command,
        ("output", Output, "-"),
        ("form", FormatOption, None),
        ("encoding", Encoding, ""),
        *_contacts(face),
        ("force", Force, False),
    )
    return opens()(asked)
