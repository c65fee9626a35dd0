"""`zg merge|void|revive`: what leaves the book, and comes back."""

from datetime import date
from typing import Annotated

import typer

from core.actions import (
    Merge,
    Revive,
    Void,
)
from core.model import VOIDED_AS
from tui.cli.frame.office import Office
from tui.cli.frame.options import (
    Note,
    Reason,
    complete_numbers,
    reason_of,
)
from tui.cli.verbs.verb import Make, VerbCommands
from tui.words.i18n import _

COMMANDS = VerbCommands()


@COMMANDS.verb("merge", _("The same problem twice: merge into the item that stays."))
def merge(
    office: Office,
    day: date | None,
    into: Annotated[
        str,
        typer.Option(
            "--into",
            metavar="NUMBER",
            show_default=False,
            help=_("The item that stays."),
            autocompletion=complete_numbers,
        ),
    ] = "",
    note: Note = "",
) -> Make:
    """合并 T17."""
    main = office.items([into])[0].id if into else None
    return lambda item: Merge(item=item.id, main=main, note=note, on=day)


@COMMANDS.verb("void", _("It does not count; once issued, a leader approves."))
def void(
    office: Office,
    day: date | None,
    reason: Annotated[
        str,
        typer.Option(
            "--reason",
            metavar="REASON",
            show_default=False,
            help=_("误报, 不属实, 不在范围 or 重复登记."),
        ),
    ] = "",
    note: Note = "",
) -> Make:
    """作废 T18."""
    kind = reason_of(reason, VOIDED_AS)
    return lambda item: Void(item=item.id, reason=kind, note=note, on=day)


@COMMANDS.verb("revive", _("Void or merged by mistake: back to the state it came from."))
def revive(
    office: Office,
    day: date | None,
    reason: Reason = "",
    note: Note = "",
) -> Make:
    """撤销作废 T19."""
    return lambda item: Revive(item=item.id, reason=reason, note=note, on=day)
