"""`zg appeal`: what units say against a lateness, a find or points."""

from typing import Annotated, Any

import typer

from core.actions import Appeal
from core.day.month import appeals_waiting
from core.errors import Incomplete
from core.model import Channel, RequestState
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import For, On, Reason, complete_numbers
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import print_table
from tui.cli.rounds.options import OfFind, OfPoints
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


@COMMANDS.command(
    "appeal", _("Say that a lateness, a find or points should not count; alone, list what waits.")
)
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
    if not numbers and find is None and points is None and not reason:
        _print_waiting(office)
        return
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
    talk(
        _("The appeal waits for the leader.")
        if waits
        else _("Upheld at once, since you are a leader yourself.")
    )


def _print_waiting(office: Office) -> None:
    """What waits, and how it is called when it is decided."""
    rows = []
    for request in appeals_waiting(office.town):
        asked, item = request.asked, office.town.held(request.item) if request.item else None
        label = item.label if item is not None else ""
        called = label
        if asked.find is not None:
            called = f"--find {asked.find}"
        elif asked.points is not None:
            called = f"--points {asked.points}"
        day = request.asked_on.isoformat() if request.asked_on else ""
        rows.append([called, label, day, office.town.person(request.by), request.reason])
    if not rows:
        talk(_("No appeal waits."))
        return
    heads = [_("Appeal"), _("Item"), _("Day"), _("By"), _("Reason")]
    print_table(rows, heads, flexible=4)
