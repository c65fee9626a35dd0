"""`zg pass|fail|inspect`: looks on the spot."""

from typing import Annotated

import typer

from core.actions.action import Action
from core.errors import Incomplete
from core.model import Item
from tui.cli.frame.office import Office, talk
from tui.cli.verbs.asks import Said
from tui.cli.verbs.verb import Make, VerbCommands
from tui.verbs.proofs import proof_lines
from tui.words.i18n import _

COMMANDS = VerbCommands()
COMMANDS.as_asked("fail", _("Looked at on the spot and sent back for rework."))


@COMMANDS.verb("pass", _("Looked at on the spot and struck off."))
def pass_(office: Office, given: Said) -> Make:
    """复查合格 T11."""
    if any(item.files for item in office.town.open_items()):
        office.repository.load_closed()  # the same picture may stand with one that is closed

    def make(item: Item) -> Action:
        for line in proof_lines(office.town, item):
            talk(f"{item.label} {line}")
        return given.wish(item)

    return make


@COMMANDS.verb("inspect", _("Look before the unit has reported."))
def inspect(
    _office: Office,
    given: Said,
    passed: Annotated[
        bool, typer.Option("--pass", help=_("Found in order."), show_default=False)
    ] = False,
    failed: Annotated[
        bool, typer.Option("--fail", help=_("Not in order."), show_default=False)
    ] = False,
) -> Make:
    """直接复查 T13."""
    if passed == failed:
        raise Incomplete("both_or_neither")
    until = None if passed else given["work_until"]
    return lambda item: given.wish(item, passed=passed, work_until=until)
