"""`zg staff`: who may do what."""

from typing import Annotated, Any

import typer

from core.actions import Action, AddStaff, EditStaff
from core.errors import RuleError
from core.intake.lists import names_of, text_of, texts_of, yes_of
from core.model import Role
from core.model import Staff as StaffRecord
from store.ledgers.headers import STAFF
from store.lock import WAIT
from tui.cli.masters import exporter, given
from tui.cli.office import Office, open_office, print_json, print_table, talk
from tui.cli.options import Active, As, Json, Lang, On, Store, Unit, Wait
from tui.cli.register_files import Make, importer, told_of
from tui.cli.registry import Commands
from tui.display import shown
from tui.i18n import _
from tui.place import is_known_login, role_named
from tui.texts import name_of, role_name

COMMANDS = Commands()

Login = Annotated[
    str, typer.Argument(metavar="LOGIN", help=_("Login name on this server."), show_default=False)
]
RoleOption = Annotated[
    list[str] | None,
    typer.Option(
        "--role",
        metavar="ROLE",
        show_default=False,
        help=_("clerk, inspector, liaison, leader, viewer or admin; may be repeated."),
    ),
]
Name = Annotated[
    str | None, typer.Option("--name", metavar="TEXT", help=_("Name or post."), show_default=False)
]


def staff_rows(office: Office) -> list[dict[str, Any]]:
    """Staff as rows."""
    units = office.town.units
    return [
        {
            "login": s.login,
            "name": s.name or None,
            "roles": list(s.roles),
            "unit": units[s.unit].name if s.unit in units else None,
            "active": s.active,
        }
        for s in office.town.staff.values()
    ]


def _roles(words: list[str] | None) -> tuple[Role, ...] | None:
    if words is None:
        return None
    return tuple(role_named(word) for word in words)


def _member(office: Office, login: str) -> StaffRecord:
    found = office.town.member(login)
    if found is None:
        raise RuleError("no_record", table="staff", value=login)
    return found


def _list(as_role: As = None, json: Json = False, store: Store = None, lang: Lang = None) -> None:
    with open_office(store, lang, as_role) as office:
        rows = staff_rows(office)
        if json:
            print_json(rows)
            return
        print_table(
            [
                [
                    r["login"],
                    r["name"] or "",
                    "、".join(role_name(x) for x in r["roles"]),
                    r["unit"] or "",
                    _("yes") if r["active"] else _("no"),
                ]
                for r in rows
            ],
            [name_of(key) for key in ("login", "name", "roles", "unit", "active")],
        )


def _add(
    login: Login,
    role: RoleOption = None,
    name: Name = None,
    unit: Unit = None,
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    with open_office(store, lang, as_role, wait) as office:
        office.commit(
            [
                AddStaff(
                    fields={
                        "login": login,
                        **given(
                            name=name,
                            roles=_roles(role),
                            unit=office.unit(unit).id if unit else None,
                        ),
                    }
                )
            ]
        )
        print(login)
        if not is_known_login(login):
            text = _("This machine has no account {login}; nobody can log in so yet.")
            talk(text.format(login=shown(login)))


def _edit(
    login: Login,
    role: RoleOption = None,
    name: Name = None,
    unit: Unit = None,
    active: Active = None,
    speaks: Annotated[
        str | None,
        typer.Option(
            "--speaks", metavar="zh|en", help=_("The language they are shown."), show_default=False
        ),
    ] = None,
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    if speaks is not None and speaks not in ("zh", "en"):
        raise RuleError("unknown_language", value=speaks)
    with open_office(store, lang, as_role, wait) as office:
        fields = given(
            name=name,
            roles=_roles(role),
            active=active,
            language=speaks,
            unit=office.unit(unit).id if unit else None,
        )
        if not fields:
            raise RuleError("nothing_given")
        office.commit([EditStaff(staff=_member(office, login).id, fields=fields)])


def _retire(
    login: Login,
    on: On = None,
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    with open_office(store, lang, as_role, wait) as office:
        fields = {"active": False, **given(until=office.day(on))}
        office.commit([EditStaff(staff=_member(office, login).id, fields=fields)])


def _reader(office: Office) -> Make:
    """Rows of a list of staff as actions; somebody is known by the login."""

    def make(cells: dict[str, Any]) -> list[Action]:
        fields = texts_of(cells, ("login", "name"))
        if not fields.get("login"):
            raise RuleError("missing", fields=("login",), verb="add_staff")
        roles = names_of(cells.get("roles"))
        if roles:
            fields["roles"] = tuple(role_named(word) for word in roles)
        unit = text_of(cells, "unit")
        if unit:
            fields["unit"] = office.unit(unit).id
        if text_of(cells, "active"):
            fields["active"] = yes_of(cells["active"])
        held = office.town.member(fields["login"])
        if held is None:
            return [AddStaff(fields=fields)]
        changed = {k: v for k, v in fields.items() if getattr(held, k) != v}
        return [EditStaff(staff=held.id, fields=changed)] if changed else []

    return make


def _file_rows(office: Office) -> list[dict[str, Any]]:
    """Staff as rows of a file, with roles by the names people use."""
    return [{**r, "roles": [role_name(role) for role in r["roles"]]} for r in staff_rows(office)]


def _group() -> Any:
    group = typer.Typer(help=_("Staff and their roles."), no_args_is_help=True)
    group.command("list", help=_("List staff."))(_list)
    group.command("add", help=_("Add a login with its roles."))(_add)
    group.command("edit", help=_("Change roles, name, unit or language."))(_edit)
    group.command("retire", help=_("Take a login out of use; its history stays."))(_retire)
    group.command("import", help=_("Bring a list of staff in."), epilog=told_of(STAFF))(
        importer(STAFF, ("login",), _reader)
    )
    group.command("export", help=_("Write a list of staff."))(exporter(STAFF, _file_rows))
    return group


COMMANDS.group("staff", _group)
