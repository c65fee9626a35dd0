"""`zg staff`: who may do what."""

from typing import Annotated, Any

import typer

from core.actions import Action
from core.changes import Changes
from core.errors import Incomplete, NotFound, RuleError
from core.ledger.lists import names_of, text_of, texts_of, yes_of
from core.model import Role
from core.model import Staff as StaffRecord
from core.registers.staff import STAFF
from tui.cli.frame.office import Office, talk
from tui.cli.frame.options import Active, Unit
from tui.cli.frame.registry import Commands
from tui.cli.registers.face import Face, Parameter
from tui.cli.registers.group import group_of
from tui.cli.registers.values import Make, kept
from tui.terminal.display import shown
from tui.whereabouts import is_known_login, role_named
from tui.words.i18n import _

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


Speaks = Annotated[
    str | None,
    typer.Option(
        "--speaks", metavar="zh|en", help=_("The language they are shown."), show_default=False
    ),
]


def _roles(_office: Office, words: list[str]) -> tuple[Role, ...]:
    return tuple(role_named(word) for word in words)


def _language(_office: Office, word: str) -> str:
    if word not in ("zh", "en"):
        raise RuleError("unknown_language", value=word)
    return word


def _member(office: Office, login: str, *, retired: bool) -> StaffRecord:
    found = office.town.member(login)
    if found is None:
        raise NotFound("no_record", table="staff", value=login)
    return found


def _added(_office: Office, fields: dict[str, Any], _changes: Changes) -> None:
    """Print the login, and tell of one the machine does not know."""
    login = fields["login"]
    print(login)
    if not is_known_login(login):
        text = _("This machine has no account {login}; nobody can log in so yet.")
        talk(text.format(login=shown(login)))


def _reader(office: Office) -> Make:
    """Rows of a list of staff as actions; somebody is known by the login."""

    def make(cells: dict[str, Any]) -> list[Action]:
        fields = texts_of(cells, ("login", "name"))
        if not fields.get("login"):
            raise Incomplete("missing", fields=("login",), table="staff")
        roles = names_of(cells.get("roles"))
        if roles:
            fields["roles"] = tuple(role_named(word) for word in roles)
        unit = text_of(cells, "unit")
        if unit:
            fields["unit"] = office.unit(unit).id
        if text_of(cells, "active"):
            fields["active"] = yes_of(cells["active"])
        held = office.town.member(fields["login"])
        return kept(STAFF, held, fields)

    return make


FACE = Face(
    register=STAFF,
    help=_("Staff and their roles."),
    helps={
        "list": _("List staff."),
        "add": _("Add a login with its roles."),
        "edit": _("Change roles, name, unit or language."),
        "retire": _("Take a login out of use; its history stays."),
        "import": _("Bring a list of staff in."),
        "export": _("Write a list of staff."),
    },
    which=Login,
    find=_member,
    adding=(
        Parameter("login", Login, ...),
        Parameter("role", RoleOption, field="roles", read=_roles),
        Parameter("name", Name),
        Parameter("unit", Unit),
    ),
    editing=(
        Parameter("role", RoleOption, field="roles", read=_roles),
        Parameter("name", Name),
        Parameter("unit", Unit),
        Parameter("active", Active),
        Parameter("speaks", Speaks, field="language", read=_language),
    ),
    added=_added,
    dated=True,
    every=False,
    columns=("login", "name", "roles", "unit", "active"),
    reader=_reader,
)
COMMANDS.group("staff", lambda: group_of(FACE))
