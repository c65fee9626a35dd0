"""`zg key`: the public keys by which people come through the gate (docs/gate.md)."""

from typing import Annotated, Any

import typer

from core.actions.registers import AddKey, RetireKey
from core.errors import Incomplete, NotAllowed, NotFound
from core.model import SshKey
from core.registers.staff import STAFF
from tui.cli.frame.completing import complete_records
from tui.cli.frame.input import read_text
from tui.cli.frame.office import Office
from tui.cli.frame.opening import opens
from tui.cli.frame.registry import Commands, Passing
from tui.cli.frame.tables import print_json, print_rows
from tui.cli.keeping.key_lines import authorized
from tui.whereabouts import Gate
from tui.words.i18n import _

COMMANDS = Commands({"key": Passing.ADMINS})
Person = Annotated[
    str,
    typer.Argument(
        metavar="LOGIN",
        show_default=False,
        help=_("Whose, by login."),
        autocompletion=complete_records(STAFF),
    ),
]
KeyFile = Annotated[
    str, typer.Argument(metavar="FILE|-", show_default=False, help=_("The .pub file; - reads it."))
]
Which = Annotated[
    str,
    typer.Argument(
        metavar="FINGERPRINT|LOGIN",
        show_default=False,
        help=_("Which; its beginning is enough, or whose where they have one."),
    ),
]
Every = Annotated[bool, typer.Option("--all", "-a", help=_("Retired ones too."))]


@opens(saves=True)
def add(office: Office, login: Person, file: KeyFile = "-") -> None:
    """登记密钥."""
    changes = office.commit(
        [
            AddKey(
                login=login,
                public=read_text(file, _("Paste the line of the .pub file, then Ctrl-D.")),
            )
        ]
    )
    made: Any = changes.of("keys")[0].new
    print(made.fingerprint)


@opens(json=True)
def list_(office: Office, every: Every = False, json: bool = False) -> None:
    """密钥列表."""
    rows = [
        {
            "login": _owner(office, key),
            "type": key.type,
            "fingerprint": key.fingerprint,
            "comment": key.comment or None,
            "added": key.added,
            "retired": key.retired,
        }
        for key in office.town.all(SshKey)
        if every or key.active
    ]
    if json:
        print_json(rows)
        return
    print_rows(rows, ("login", "type", "fingerprint", "comment", "added", "retired"), 3, json=False)


@opens(saves=True)
def retire(office: Office, which: Which) -> None:
    """停用密钥."""
    wanted = which if which.startswith("SHA256:") else f"SHA256:{which}"
    live = [k for k in office.town.all(SshKey) if k.active]
    found = [k for k in live if k.fingerprint.startswith(wanted) or _owner(office, k) == which]
    if len(found) > 1:
        prints = tuple(k.fingerprint for k in found)
        raise Incomplete("keys_of_person", value=which, expected=prints)
    if not found:
        raise NotFound("no_record", table="keys", value=which)
    office.commit([RetireKey(key=found[0].id)])


@opens()
def export(office: Office) -> None:
    """The lines of a file of keys, for a server that cannot ask the program itself."""
    if Gate.caller is not None:
        raise NotAllowed("gate_setting", value="key export")
    for key in office.town.all(SshKey):
        if key.active and _owner(office, key):
            print(authorized(office.repository.path.resolve(), _owner(office, key), key))


def _owner(office: Office, key: SshKey) -> str:
    person = office.town.staff.get(key.staff)
    return person.login if person is not None else ""


def _group() -> Any:
    group = typer.Typer(help=_("Keys by which people come through the gate."), no_args_is_help=True)
    for name, text, function in (
        ("list", _("List keys, and whose they are."), list_),
        ("add", _("Let somebody in by a key."), add),
        ("retire", _("Let a key in no more; its history stays."), retire),
        ("export", _("Write a file of keys for sshd, where it cannot ask."), export),
    ):
        group.command(name, help=text)(function)
    return group


COMMANDS.group("key", _group)
