"""`zg gate`: how a server is set up for people who come with a key, and whether it is right (docs/gate.md)."""

from pathlib import Path
from typing import Annotated, Any

import typer

from store.errors import NoStore
from tui.cli.frame.options import Lang, Store
from tui.cli.frame.registry import Commands, Passing
from tui.cli.keeping import server
from tui.exit_codes import ExitCode
from tui.whereabouts import store_path
from tui.words.i18n import _

COMMANDS = Commands({"gate": Passing.NOBODY})
Account = Annotated[
    str,
    typer.Option("--account", metavar="LOGIN", help=_("The one account everybody comes in by.")),
]


def setup(account: Account = server.ACCOUNT, store: Store = None, lang: Lang = None) -> None:
    """安装步骤."""
    print(server.setup(account, Path(store) if store else server.STORE))


def check(store: Store = None, lang: Lang = None) -> None:
    """检查入口."""
    path = store_path(store)
    if not path.is_dir():
        raise NoStore("no_gate_store", path=str(path))
    account = server.account_of(path)
    found = list(server.troubles(path, account=account, sshd=server.sshd_says(account)))
    for line in found:
        print(line)
    if found:
        raise typer.Exit(ExitCode.DAMAGED)
    print(_("The gate is as it should be."))


def _group() -> Any:
    group = typer.Typer(help=_("One account for all, a key a person."), no_args_is_help=True)
    group.command("setup", help=_("Print what root does once, step by step."))(setup)
    group.command("check", help=_("Say what is wrong with this server's set-up."))(check)
    return group


COMMANDS.group("gate", _group)
