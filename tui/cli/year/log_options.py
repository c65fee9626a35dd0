"""Options of the commands of the log."""

from typing import Annotated

import typer

from tui.cli.frame.options import complete_units, complete_zones
from tui.cli.year.options import (
    complete_kinds,
)
from tui.words.i18n import _

TypedWords = Annotated[
    list[str],
    typer.Argument(
        metavar="WORD...",
        show_default=False,
        help=_("In one line: 3月7日 大扫除 环卫所 死角30余处 垃圾11余吨 60人次."),
    ),
]


KindOption = Annotated[
    str,
    typer.Option(
        "--kind",
        metavar="KIND",
        show_default=False,
        help=_("What it was: 会议, 大扫除, 填报 …"),
        autocompletion=complete_kinds,
    ),
]


Title = Annotated[
    str, typer.Option("--title", metavar="TEXT", show_default=False, help=_("A title."))
]


Place = Annotated[
    str, typer.Option("--place", metavar="TEXT", show_default=False, help=_("Where it was."))
]


Reference = Annotated[
    str,
    typer.Option(
        "--reference", metavar="TEXT", show_default=False, help=_("The number of its document.")
    ),
]


UnitOption = Annotated[
    str | None,
    typer.Option(
        "--unit",
        metavar="UNIT",
        show_default=False,
        help=_("Unit, by name or alias."),
        autocompletion=complete_units,
    ),
]


ZoneOption = Annotated[
    str | None,
    typer.Option(
        "--zone",
        metavar="ZONE",
        show_default=False,
        help=_("Zone, by code or name."),
        autocompletion=complete_zones,
    ),
]


People = Annotated[
    str,
    typer.Option("--people", metavar="N", show_default=False, help=_("How many came: 2000余.")),
]


Until = Annotated[
    str | None,
    typer.Option(
        "--until", metavar="DATE", show_default=False, help=_("The last day of a report.")
    ),
]


Figures = Annotated[
    list[str] | None,
    typer.Option(
        "--figure",
        metavar="FIGURE",
        show_default=False,
        help=_("A figure: A01=11余吨; may be repeated."),
    ),
]


Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[WORD]...",
        show_default=False,
        help=_("Only lines that say this; zone: unit: kind: covered."),
    ),
]
