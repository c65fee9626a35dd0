"""`zg sender`: how whoever sends ledgers writes them, as it was told once with `zg import --map`."""

from typing import Annotated, Any

import typer

from core.actions.registers import Forget
from core.errors import NotFound
from core.model import Sender, State
from core.words.text import key_of
from store.ledgers.headers import HEADERS
from tui.cli.frame.office import Office
from tui.cli.frame.opening import opens
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import print_rows
from tui.words.i18n import _
from tui.words.texts import state_name

COMMANDS = Commands()


def _rows(office: Office) -> list[dict[str, Any]]:
    """A writing a row: whose, what is written, what it stands for."""
    rows = []
    for sender in sorted(office.town.senders.values(), key=lambda s: s.name):
        if not sender.active:
            continue
        for word, field in sender.headers.items():
            rows.append({"sender": sender.name, "text": word, "header": HEADERS.get(field, "")})
        for word, unit in sender.units.items():
            known = office.town.units.get(unit)
            rows.append({"sender": sender.name, "text": word, "unit": known.name if known else ""})
        for word, meant in sender.words.items():
            said = state_name(State(meant)) if meant in tuple(State) else meant
            rows.append({"sender": sender.name, "text": word, "unit": said})
    return [{"sender": "", "text": "", "header": "", "unit": ""} | row for row in rows]


@opens(json=True)
def _list(office: Office, *, json: bool) -> None:
    print_rows(_rows(office), ("sender", "text", "header", "unit"), 1, json=json)


@opens(saves=True)
def _forget(
    office: Office,
    sender: Annotated[
        str,
        typer.Argument(
            metavar="SENDER", show_default=False, help=_("Whose writings; - for everybody's.")
        ),
    ],
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TEXT]...", show_default=False, help=_("Which ones; all where none is named.")
        ),
    ] = None,
) -> None:
    known = _known(office, "" if sender == "-" else sender)
    office.commit([Forget(sender=known.id, words=tuple(words or ()))])


def _known(office: Office, name: str) -> Sender:
    for sender in office.town.senders.values():
        if sender.active and key_of(sender.name) == key_of(name):
            return sender
    raise NotFound("no_sender", value=name)


def _group() -> Any:
    group = typer.Typer(
        help=_("How senders of ledgers write headers and units, as told with zg import --map."),
        no_args_is_help=True,
    )
    group.command("list", help=_("What is remembered."))(_list)
    group.command("forget", help=_("Forget some of it, or all."))(_forget)
    return group


COMMANDS.group("sender", _group)
