"""`zg config`: what holds for the whole store, such as the office's name and its word in numbers."""

import shlex
from typing import Annotated

import typer

from core.actions.registers import ChangeSettings
from core.errors import Incomplete, NotAllowed, RuleError
from core.words.cells import count_of
from store.disk.hook import hook_of, set_hook
from tui.cli.frame.office import Office
from tui.cli.frame.opening import opens
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import print_rows
from tui.cli.keeping.settings import KEYS, read_setting, said_setting
from tui.whereabouts import Gate
from tui.words.i18n import _
from tui.words.names import FIELDS
from tui.words.texts import code_called, name_of

COMMANDS = Commands()
_COUNTS = frozenset({"lookback_days", "utc_offset", "shop_red", "shop_black", "shop_months"})


@COMMANDS.command("config", _("Show the settings of the store, or change one."))
@opens(saves=True, json=True)
def config(
    office: Office,
    key: Annotated[
        str,
        typer.Argument(
            metavar="[KEY]", show_default=False, help=_("Which one, such as doc_prefix.")
        ),
    ] = "",
    value: Annotated[
        str | None,
        typer.Argument(metavar="[VALUE]", show_default=False, help=_("What it becomes.")),
    ] = None,
    *,
    json: bool = False,
) -> None:
    """设置."""
    if key == SEND:
        _send(office, value)
        return
    key = _key(key) if key else ""
    if value is not None:
        field = count_of(key, value) if key in _COUNTS else read_setting(key, value.strip())
        office.commit([ChangeSettings(fields={key: field})])
        return
    settings = office.town.settings
    rows = [
        {"key": name, "name": name_of(name), "value": said_setting(getattr(settings, name))}
        for name in KEYS
        if key in ("", name)
    ]
    print_rows(rows, ("key", "name", "value"), 2, json=json)


SEND = "send"
"""The command that sends messages, which is no setting of the town's."""


def _send(office: Office, value: str | None) -> None:
    """Show it, or set it as the store's own account; empty for none. Raises `FileRefused`, `Incomplete`."""
    if Gate.caller is not None:
        raise NotAllowed("gate_setting", value=SEND)
    where = office.repository.path
    if value is None:
        print(shlex.join(hook_of(where)))
        return
    try:
        words = shlex.split(value)
    except ValueError as error:
        raise Incomplete("bad_words", value=value) from error
    set_hook(where, words)


def _key(word: str) -> str:
    """The setting a word names: its key, or what it is called. Raises `RuleError("unknown_setting")`."""
    found = code_called(word, {key: FIELDS[key] for key in KEYS})
    if found is None:
        expected = tuple(f"{key} {name_of(key)}" for key in KEYS)
        raise RuleError("unknown_setting", value=word, expected=expected)
    return found
