"""`zg receive|submit|withdraw`: what a unit says."""

from datetime import date
from typing import Annotated

import typer

from core.actions import (
    Action,
    Receive,
    Submit,
    Withdraw,
)
from core.model import Item
from tui.cli.frame.office import Office
from tui.cli.frame.options import (
    ChannelOption,
    For,
    Note,
    Photos,
    Reason,
)
from tui.cli.verbs.verb import Make, VerbCommands, complete_phrases, on_behalf
from tui.words.i18n import _

COMMANDS = VerbCommands()


@COMMANDS.verb("receive", _("The unit has signed for it."))
def receive(
    office: Office,
    day: date | None,
    for_unit: For = None,
    channel: ChannelOption = "微信",
    note: Note = "",
) -> Make:
    """签收 T6."""
    return lambda item: Receive(
        item=item.id,
        note=note,
        on=day,
        **on_behalf(office, "receive", for_unit, channel),
    )


@COMMANDS.verb("submit", _("The unit says it is done."))
def submit(
    office: Office,
    day: date | None,
    measure: Annotated[
        str,
        typer.Option(
            "--measure",
            metavar="TEXT",
            help=_("What was done."),
            show_default=False,
            autocompletion=complete_phrases("measure"),
        ),
    ] = "",
    progress: Annotated[
        str,
        typer.Option(
            "--progress", metavar="TEXT", help=_("How it stands now."), show_default=False
        ),
    ] = "",
    photo: Photos = None,
    for_unit: For = None,
    channel: ChannelOption = "微信",
    note: Note = "",
) -> Make:
    """反馈整改 T9."""

    def make(item: Item) -> Action:
        proposed = item.proposed
        return Submit(
            item=item.id,
            measure=measure or (proposed.measure if proposed else ""),
            progress=progress or (proposed.progress if proposed else ""),
            photos=tuple(photo or ()) or (proposed.photos_after if proposed else ()),
            note=note,
            on=day or (proposed.feedback_on if proposed else None),
            **on_behalf(office, "submit", for_unit, channel),
        )

    return make


@COMMANDS.verb("withdraw", _("The unit takes its feedback back."))
def withdraw(
    office: Office,
    day: date | None,
    reason: Reason = "",
    for_unit: For = None,
    channel: ChannelOption = "微信",
    note: Note = "",
) -> Make:
    """撤回反馈 T10."""
    return lambda item: Withdraw(
        item=item.id,
        reason=reason,
        note=note,
        on=day,
        **on_behalf(office, "withdraw", for_unit, channel),
    )
