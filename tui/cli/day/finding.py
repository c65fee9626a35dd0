"""`zg find`: whatever one knows a word of."""

from typing import Annotated

import typer

from core.errors import NotFound
from core.finding.anywhere import anywhere
from tui.cli.frame.office import Office
from tui.cli.frame.opening import opens
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import print_json, print_table
from tui.day.anywhere import HIT_NAMES
from tui.words.i18n import _

COMMANDS = Commands(own=("find",))


@COMMANDS.command(
    "find",
    _("Find by a word: problems, how they go, photos, papers, shops, the log; closed ones too."),
)
@opens(json=True)
def find(
    office: Office,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORD...", show_default=False, help=_("All of them must stand there.")
        ),
    ],
    *,
    json: bool,
) -> None:
    """查找."""
    office.repository.load_closed()
    hits = anywhere(office.town, words)
    if json:
        print_json([{"kind": h.kind, "number": h.number, "text": h.text} for h in hits])
        return
    if not hits:
        raise NotFound("no_match")
    rows = [[_(HIT_NAMES[h.kind]), h.number, h.text] for h in hits]
    print_table(rows, [_("What"), _("No."), _("Text")], flexible=2)
