"""`zg zone`: the town's 责任区 and who answers for them."""

from typing import Annotated, Any

import typer

from core.actions.action import Action
from core.actions.registers import AddZone, AssignZone, MergeZones
from core.day.tallies import ZoneTally, by_zone
from core.registers.zones import ZONES
from tui.cli.faces.face import Face, Parameter
from tui.cli.faces.group import group_of
from tui.cli.faces.merging import merger
from tui.cli.frame.office import Office
from tui.cli.frame.opening import opens
from tui.cli.frame.options import (
    Every,
    Unit,
    complete_units,
    complete_zones,
)
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import print_json, print_table
from tui.cli.papers.walking import walk, walked
from tui.cli.registers.zone_facts import fact, split
from tui.words.i18n import _

COMMANDS = Commands()

Code = Annotated[
    str,
    typer.Argument(
        metavar="ZONE",
        help=_("Code or name of a zone."),
        autocompletion=complete_zones,
        show_default=False,
    ),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since", metavar="DATE", show_default=False, help=_("From which day; today by default.")
    ),
]


@opens(json=True)
def _list(office: Office, every: Every = False, *, json: bool) -> None:
    rows = [row for _zone, row in FACE.rows(office) if every or row["active"]]
    if json:
        print_json(rows)
        return
    office.repository.load_closed()
    counts = by_zone(office.town, office.today)
    codes = {zone.code: zone.id for zone in office.town.zones.values()}
    cells = []
    for row in rows:
        tally = counts.get(codes[row["code"]], ZoneTally())
        cells.append(
            [
                row["code"],
                row["name"],
                row["kind"] or "",
                row["lead_unit"] or "",
                str(tally.open),
                str(tally.overdue),
                tally.looked_on.isoformat() if tally.looked_on else "",
                str(tally.found),
            ]
        )
    print_table(
        cells,
        [
            FACE.label("code"),
            FACE.label("name"),
            FACE.label("kind"),
            FACE.label("lead_unit"),
            _("Open"),
            _("Overdue"),
            _("Looked"),
            _("This month"),
        ],
    )


def _find(office: Office, text: str, *, retired: bool) -> Any:
    return office.any_zone(text) if retired else office.zone(text)


def _values(office: Office, zone: Any) -> dict[str, Any]:
    lead = office.town.lead_of(zone.id, office.today)
    return {"lead_unit": lead.name if lead else None}


def _adding(office: Office, fields: dict[str, Any], beside: dict[str, Any]) -> Action:
    """A new zone, with the unit that answers for it."""
    unit = beside.get("unit")
    return AddZone(
        fields=fields,
        lead=office.unit(unit).id if unit else None,
        since=office.day(beside.get("since"), "since"),
    )


@opens(saves=True)
def _assign(
    office: Office,
    zone: Code,
    unit: Annotated[
        str,
        typer.Argument(
            metavar="UNIT",
            help=_("Unit, by name or alias."),
            autocompletion=complete_units,
            show_default=False,
        ),
    ],
    since: Since = None,
) -> None:
    office.commit(
        [
            AssignZone(
                zone=office.zone(zone).id,
                unit=office.unit(unit).id,
                since=office.day(since, "since") or office.today,
            )
        ]
    )


_MERGE = merger(
    ZONES,
    Code,
    _("The zone it goes into."),
    complete_zones,
    lambda old, new, on: MergeZones(zone=old, into=new, on=on),
)
FACE = Face(
    register=ZONES,
    help=_("Zones and the units that answer for them."),
    helps={
        "list": _("List zones with their units and open items."),
        "add": _("Add a zone."),
        "edit": _("Change a zone."),
        "retire": _("Take a zone out of use; its history stays."),
        "import": _("Bring a zone file in."),
        "export": _("Write a zone file."),
    },
    which=Code,
    find=_find,
    adds={"lead_unit": (Parameter("unit", Unit), Parameter("since", Since))},
    action=_adding,
    dated=True,
    order=lambda zone: zone.code,
    values=_values,
    listing=_list,
    own=(
        ("assign", _("A unit answers for a zone from a day on."), _assign),
        ("merge", _("Let a zone go into another, with its open items."), _MERGE),
        ("walk", _("A list to take along on a walk, a page a zone."), walk),
        (
            "walked",
            _("Take a list back that somebody walked with: 合格, 不合格, 未到, new problems."),
            walked,
        ),
        ("fact", _("What a zone is told to be: households, area …; as of a day."), fact),
        ("split", _("Divide a zone; its open work goes to the parts."), split),
    ),
)
COMMANDS.group("zone", lambda: group_of(FACE))
