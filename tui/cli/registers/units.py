"""`zg unit`: the 责任单位 and every name people write for them."""

from typing import Annotated, Any

import typer

from core.actions.registers import MergeUnits
from core.day.tallies import UnitTally, by_unit
from core.lists.units import with_names
from core.registers.units import UNITS
from tui.cli.faces.face import Face
from tui.cli.faces.group import Contacts, group_of
from tui.cli.faces.merging import merger
from tui.cli.frame.office import Office
from tui.cli.frame.opening import opens
from tui.cli.frame.options import (
    Every,
    complete_units,
)
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import print_json, print_table
from tui.words.i18n import _
from tui.words.texts import name_of

COMMANDS = Commands()
Which = Annotated[
    str,
    typer.Argument(
        metavar="UNIT",
        help=_("Unit, by name or alias."),
        autocompletion=complete_units,
        show_default=False,
    ),
]


@opens(json=True)
def _list(
    office: Office, every: Every = False, contacts: Contacts = False, *, json: bool = False
) -> None:
    rows = [row for _unit, row in FACE.rows(office, contacts=contacts) if every or row["active"]]
    if json:
        print_json(rows)
        return
    office.repository.load_closed()
    counts = by_unit(office.town, office.today)
    ids = {unit.name: unit.id for unit in office.town.units.values()}
    cells = []
    for row in rows:
        tally = counts.get(ids[row["name"]], UnitTally())
        cells.append(
            [
                row["name"],
                "、".join(row["aliases"]),
                row["kind"] or "",
                str(tally.open),
                str(tally.overdue),
                str(tally.level),
                str(tally.rate),
            ]
        )
    heads = [
        FACE.label("name"),
        FACE.label("aliases"),
        FACE.label("kind"),
        _("Open"),
        _("Overdue"),
    ]
    print_table(cells, [*heads, name_of("level"), _("In time")], flexible=1)


def _find(office: Office, text: str, *, retired: bool) -> Any:
    return office.any_unit(text) if retired else office.unit(text)


_MERGE = merger(
    UNITS,
    Which,
    _("The unit it goes into."),
    complete_units,
    lambda old, new, on: MergeUnits(unit=old, into=new, on=on),
)
FACE = Face(
    register=UNITS,
    help=_("Units and their names."),
    helps={
        "list": _("List units with their open items."),
        "add": _("Add a unit."),
        "edit": _("Change a unit; --alias adds a name."),
        "retire": _("Take a unit out of use; its history stays."),
        "import": _("Bring a unit file in."),
        "export": _("Write a unit file."),
    },
    which=Which,
    find=_find,
    editable=with_names,
    dated=True,
    listing=_list,
    own=(("merge", _("Let a unit go into another, with its names and zones."), _MERGE),),
)
COMMANDS.group("unit", lambda: group_of(FACE))
