"""`zg staff`: who may do what."""

from typing import Annotated, Any

import typer

from core.actions.action import Action
from core.actions.registers import Add, AddKey
from core.changes import Changes
from core.errors import NotFound, RuleError
from core.model import Staff as StaffRecord
from core.registers.staff import STAFF
from tui.cli.faces.face import Face, Parameter
from tui.cli.faces.group import group_of
from tui.cli.frame.input import read_text
from tui.cli.frame.office import Office, talk
from tui.cli.frame.options import Active
from tui.cli.frame.registry import Commands
from tui.terminal.display import shown
from tui.whereabouts import is_known_login
from tui.words.i18n import _

COMMANDS = Commands()

Login = Annotated[
    str, typer.Argument(metavar="LOGIN", help=_("Login name on this server."), show_default=False)
]
Speaks = Annotated[
    str | None,
    typer.Option(
        "--speaks", metavar="zh|en", help=_("The language they are shown."), show_default=False
    ),
]


KeyFile = Annotated[
    str | None,
    typer.Option(
        "--key",
        metavar="FILE|-",
        show_default=False,
        help=_("Their public key (.pub), by which they come through the gate."),
    ),
]


def _with_key(
    _office: Office, fields: dict[str, Any], beside: dict[str, Any]
) -> Action | list[Action]:
    """The person, and with `--key` what lets them in."""
    add = Add(table="staff", fields=fields)
    if "key" not in beside:
        return add
    return [
        add,
        AddKey(
            login=fields["login"],
            public=read_text(beside["key"], _("Paste the line of the .pub file, then Ctrl-D.")),
        ),
    ]


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
    if not is_known_login(login) and not _changes.of("keys"):
        text = _("This machine has no account {login}; nobody can log in so yet.")
        talk(text.format(login=shown(login)))


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
    edits={
        "login": (),
        "active": (
            Parameter("active", Active),
            Parameter("speaks", Speaks, field="language", read=_language),
        ),
    },
    besides=(Parameter("key", KeyFile),),
    action=_with_key,
    added=_added,
    dated=True,
    every=False,
    columns=("login", "name", "roles", "unit", "expires", "active"),
)
COMMANDS.group("staff", lambda: group_of(FACE))
