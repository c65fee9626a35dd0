"""`zg pass|fail|inspect`: looks on the spot."""

from datetime import date
from typing import Annotated

import typer

from core.actions import (
    Fail,
    Inspect,
    Pass,
)
from core.actions.loop.inspection import REWORK_DUE
from core.errors import Incomplete
from core.model import Item
from tui.cli.frame.office import Office, talk
from tui.cli.frame.options import (
    Note,
    Reason,
)
from tui.cli.verbs.verb import Make, VerbCommands, complete_phrases
from tui.verbs.proofs import proof_lines
from tui.words.i18n import _

COMMANDS = VerbCommands()


_FINDING = Annotated[
    str,
    typer.Option(
        "--finding",
        metavar="TEXT",
        show_default=False,
        help=_("What was found on the spot."),
        autocompletion=complete_phrases("finding"),
    ),
]


_UNTIL = Annotated[
    str | None,
    typer.Option(
        "--due",
        metavar="DUE",
        show_default=False,
        help=_("The new day to work until; 2wd by default."),
    ),
]


@COMMANDS.verb("pass", _("Looked at on the spot and struck off."))
def pass_(
    office: Office,
    day: date | None,
    finding: _FINDING = "",
    done: Annotated[
        str | None,
        typer.Option(
            "--done",
            metavar="DATE",
            show_default=False,
            help=_("Day the unit was done, where it left that out."),
        ),
    ] = None,
    note: Note = "",
) -> Make:
    """复查合格 T11."""
    done_on = office.day(done, "feedback_on")

    if any(item.files for item in office.town.open_items()):
        office.repository.load_closed()  # the same picture may stand with one that is closed

    def make(item: Item) -> Pass:
        for line in proof_lines(office.town, item):
            talk(f"{item.label} {line}")
        return Pass(item=item.id, finding=finding, feedback_on=done_on, note=note, on=day)

    return make


@COMMANDS.verb("fail", _("Looked at on the spot and sent back for rework."))
def fail(
    office: Office,
    day: date | None,
    reason: Reason = "",
    due: _UNTIL = None,
    note: Note = "",
) -> Make:
    """复查不合格 T12."""
    until = office.due(due or REWORK_DUE, day)
    return lambda item: Fail(item=item.id, reason=reason, work_until=until, note=note, on=day)


@COMMANDS.verb("inspect", _("Look before the unit has reported."))
def inspect(
    office: Office,
    day: date | None,
    passed: Annotated[
        bool, typer.Option("--pass", help=_("Found in order."), show_default=False)
    ] = False,
    failed: Annotated[
        bool, typer.Option("--fail", help=_("Not in order."), show_default=False)
    ] = False,
    finding: _FINDING = "",
    due: _UNTIL = None,
    note: Note = "",
) -> Make:
    """直接复查 T13."""
    if passed == failed:
        raise Incomplete("both_or_neither")
    until: date | None = None if passed else office.due(due or REWORK_DUE, day)
    return lambda item: Inspect(
        item=item.id, passed=passed, finding=finding, work_until=until, note=note, on=day
    )
