"""Lists of registers as offices keep them, in: read, shown, then saved."""

import inspect
from collections.abc import Callable
from typing import Annotated

import typer

from core.actions.action import Action
from core.errors import Incomplete
from core.lists.coming import ListKind
from core.registers import Register
from store.ledgers.headers import first_header
from tui.cli.faces.sheeted import Sheeted
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import DryRun, Encoding, Sheet, Yes
from tui.words.i18n import _, ngettext
from tui.words.ledger.columns import columns_told

Table = Annotated[str, typer.Argument(metavar="FILE|-", help=_("A table."), show_default=False)]
Usual = Annotated[
    bool, typer.Option("--default", help=_("What an office usually has, without a file."))
]
Map = Annotated[
    list[str] | None,
    typer.Option(
        "--map", metavar="TEXT=FIELD", show_default=False, help=_("A header is this field.")
    ),
]


def importer(
    listed: ListKind, usual: Callable[[Office], list[Action]] | None = None
) -> Callable[..., None]:
    """The command that brings a register's list in; `usual` makes the actions of `--default`."""

    def command(
        office: Office,
        file: Table = "",
        default: Usual = False,
        dry_run: DryRun = False,
        map_: Map = None,
        sheet: Sheet = None,
        encoding: Encoding = None,
        yes: Yes = False,
    ) -> None:
        if usual and _brought(office, usual, default=default, file=file, dry_run=dry_run):
            return
        from tui.cli.faces.bringing import bring_in

        reading = Sheeted(map_ or (), sheet, encoding)
        bring_in(office, file, listed, reading, dry_run=dry_run, yes=yes)

    return opens(saves=True, via="import")(command if usual else _of_a_file(command))


def _of_a_file(command: Callable[..., None]) -> Callable[..., None]:
    """The command where nothing is usual: a file must be named."""
    bare = inspect.signature(command)
    kept = [p for p in bare.parameters.values() if p.name != "default"]
    kept[1] = kept[1].replace(default=inspect.Parameter.empty)
    command.__signature__ = bare.replace(parameters=kept)  # type: ignore[attr-defined]
    return command


def _brought(
    office: Office,
    usual: Callable[[Office], list[Action]],
    *,
    default: bool,
    file: str,
    dry_run: bool,
) -> bool:
    """Bring in what an office usually has and this one has not, where it was asked for. Raises `Incomplete`."""
    if not default and not file:
        raise Incomplete("no_file_named")
    if not default:
        return False
    actions = usual(office)
    if actions and not dry_run:
        office.commit(actions, op="import")
    told = ngettext("{count} change.", "{count} changes.", len(actions))
    talk(told.format(count=len(actions)) if actions else _("Nothing new."))
    return True


def told_of(register: Register) -> str:
    """What `--help` says of the headers of a list."""
    return columns_told(first_header(names) for names in register.headers.values())
