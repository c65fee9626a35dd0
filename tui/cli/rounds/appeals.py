"""`zg appeal`: what units say against a lateness, a find or points."""

from typing import Annotated, Any

import typer

from core.actions.appeals import Appeal
from core.day.month import appeals_waiting
from core.errors import Incomplete
from core.model import Channel, RequestState
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import complete_numbers
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import print_table
from tui.cli.verbs.asks import Said, asking
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


@COMMANDS.command(
    "appeal", _("Say that a lateness, a find or points should not count; alone, list what waits.")
)
@opens(saves=True)
@asking("appeal", note=False)
def appeal(office: Office, numbers: Late = None, *, given: Said) -> None:
    """申诉 T25."""
    unit = given["on_behalf_of"]
    common: dict[str, Any] = {
        "reason": given["reason"] or "",
        "on": given.day,
        "on_behalf_of": unit,
        "channel": Channel.PAPER if unit is not None else None,
    }
    find, points = given["find"], given["points"]
    if not numbers and find is None and points is None and not common["reason"]:
        _print_waiting(office)
        return
    said = sum(part is not None for part in (find, points)) + bool(numbers)
    if said != 1:
        raise Incomplete("one_matter")
    if find is not None:
        actions = [Appeal(find=find, **common)]
    elif points is not None:
        actions = [Appeal(points=points, **common)]
    else:
        items = office.items(numbers or ())
        actions = [Appeal(item=item.id, no=given["no"], **common) for item in items]
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
