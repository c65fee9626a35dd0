"""`zg appeal`: what units say against a lateness, a find or points."""

from typing import Annotated, Any

import typer

from core.actions import Appeal
from core.errors import Incomplete
from core.model import Channel, RequestState
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import For, On, Reason, complete_numbers
from tui.cli.frame.registry import Commands
from tui.words.i18n import _

COMMANDS = Commands()
Late = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[NUMBER]...",
        show_default=False,
        help=_("Items that are counted late."),
        autocompletion=complete_numbers,
    ),
]
WhichOne = Annotated[
    int | None,
    typer.Option("--no", metavar="N", show_default=False, help=_("Which assignment of the item.")),
]
OfFind = Annotated[
    int | None,
    typer.Option(
        "--find", metavar="FIND", show_default=False, help=_("A find of a round instead.")
    ),
]
OfPoints = Annotated[
    int | None,
    typer.Option(
        "--points", metavar="N", show_default=False, help=_("An entry of points instead.")
    ),
]


@COMMANDS.command("appeal", _("Say that a lateness, a find or points should not count."))
@opens(saves=True)
def appeal(
    office: Office,
    numbers: Late = None,
    reason: Reason = "",
    no: WhichOne = None,
    find: OfFind = None,
    points: OfPoints = None,
    for_: For = None,
    on: On = None,
) -> None:
    """申诉 T25."""
    unit = office.unit(for_).id if for_ else None
    common: dict[str, Any] = {
        "reason": reason,
        "on": office.day(on),
        "on_behalf_of": unit,
        "channel": Channel.PAPER if unit is not None else None,
    }
    given = sum(part is not None for part in (find, points)) + bool(numbers)
    if given != 1:
        raise Incomplete("one_matter")
    if find is not None:
        actions = [Appeal(find=find, **common)]
    elif points is not None:
        actions = [Appeal(points=points, **common)]
    else:
        actions = [Appeal(item=item.id, no=no, **common) for item in office.items(numbers or ())]
    changes = office.commit(actions)
    waits = sum(getattr(c.new, "state", "") == RequestState.ASKED for c in changes.of("requests"))
    if waits:
        talk(_("The appeal waits for the leader."))
