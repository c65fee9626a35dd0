"""One record going into another: what goes along is told and asked about first."""

from collections import Counter
from collections.abc import Callable
from typing import Annotated, Any

import typer

from core.actions.action import Action
from core.changes import Changes
from core.model import Item
from core.registers import Register, Tables
from core.registers.leaning import resting_on
from core.town.called import called
from tui.cli.faces.group import signed
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import On, Yes
from tui.exits import make_sure
from tui.terminal.display import shown
from tui.words.i18n import _
from tui.words.texts import listed, quote, resting_name

MOST_NAMED = 20
"""Items that went along and are named one by one."""


def merger(
    register: Register,
    which: Any,
    help_text: str,
    complete: Callable[[str], list[str]],
    make: Callable[..., Action],
) -> Callable[..., None]:
    """The command `merge`; `make` is given the record, the one it goes into and the day."""
    into = typer.Option(
        "--into",
        metavar=register.noun.upper(),
        show_default=False,
        help=help_text,
        autocompletion=complete,
    )

    def command(office: Office, which: str, into: str, on: str | None, *, yes: bool) -> None:
        tables = office.town.tables
        old, new = (called(tables, register.table, name) for name in (which, into))
        _make_sure(office, register, old, new, yes=yes)
        _tell_moved(office.commit([make(old.id, new.id, office.day(on))]))

    asked = signed(
        command,
        ("which", which, ...),
        ("into", Annotated[str, into], ...),
        ("on", On, None),
        ("yes", Yes, False),
    )
    return opens(saves=True)(asked)


def _make_sure(office: Office, register: Register, old: Any, new: Any, *, yes: bool) -> None:
    """Ask where something rests on what goes into another. Raises `RuleError("declined")`.

    A record that would go into itself is refused without a question.
    """
    rests = resting_on(Tables(office.town.tables, office.today), register.table, old.id)
    if not rests or old.id == new.id:
        return
    counts = Counter(table for table, _record in {(r.table, r.record) for r in rests})
    along = listed(f"{resting_name(table)} {count}" for table, count in counts.items())
    question = _("{old} goes into {new}, and with it: {along}. Go on?")
    make_sure(question.format(old=quote(old.name), new=quote(new.name), along=along), yes=yes)


def _tell_moved(changes: Changes) -> None:
    """Which open items went along."""
    items = [c.new for c in changes.of("items") if isinstance(c.new, Item)]
    found = list(dict.fromkeys(item.whole or item.label for item in items))
    if found:
        names = listed(shown(name) for name in found[:MOST_NAMED])
        text = _("Went along with their deadlines ({count}): {numbers}.")
        talk(text.format(count=len(found), numbers=names))
