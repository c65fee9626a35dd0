"""`zg zone`: the town's 责任区 and who answers for them."""

from typing import Annotated, Any

import typer

from core.actions import AddZone, AssignZone, EditZone, MergeZones
from core.errors import RuleError
from core.summary import ZoneTally, by_zone
from store.ledgers.headers import ZONE
from store.lock import WAIT
from tui.cli.masters import exporter, given
from tui.cli.office import Office, open_office, print_json, print_table
from tui.cli.options import (
    Active,
    As,
    Every,
    Json,
    Lang,
    On,
    Store,
    Unit,
    Wait,
    complete_units,
    complete_zones,
)
from tui.cli.register_files import importer, told_of
from tui.cli.registry import Commands
from tui.cli.walking import walk
from tui.cli.zone_files import ZoneRows, zone_rows
from tui.i18n import _
from tui.texts import name_of

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
Name = Annotated[
    str | None, typer.Option("--name", metavar="TEXT", help=_("Its name."), show_default=False)
]
Kind = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="TEXT",
        show_default=False,
        help=_("街道段, 重点场所, 村, 社区, 片区 or 路段."),
    ),
]
Parent = Annotated[
    str | None,
    typer.Option(
        "--parent",
        metavar="ZONE",
        show_default=False,
        help=_("The zone it is part of."),
        autocompletion=complete_zones,
    ),
]
Scope = Annotated[
    str | None, typer.Option("--scope", metavar="TEXT", help=_("Its bounds."), show_default=False)
]
Area = Annotated[
    float | None,
    typer.Option("--area", metavar="M2", min=0, help=_("Square metres."), show_default=False),
]
Households = Annotated[
    int | None,
    typer.Option("--households", metavar="N", min=0, help=_("Households."), show_default=False),
]
Population = Annotated[
    int | None,
    typer.Option("--population", metavar="N", min=0, help=_("Inhabitants."), show_default=False),
]
ItsNote = Annotated[
    str | None, typer.Option("--note", metavar="TEXT", help=_("A note."), show_default=False)
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since", metavar="DATE", show_default=False, help=_("From which day; today by default.")
    ),
]


def _list(
    every: Every = False,
    as_role: As = None,
    json: Json = False,
    store: Store = None,
    lang: Lang = None,
) -> None:
    with open_office(store, lang, as_role) as office:
        rows = [row for row in zone_rows(office) if every or row["active"]]
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
                name_of("code"),
                name_of("name"),
                name_of("kind"),
                name_of("lead_unit"),
                _("Open"),
                _("Overdue"),
                _("Looked"),
                _("This month"),
            ],
        )


def _fields(office: Office, **options: Any) -> dict[str, Any]:
    fields = given(**options)
    if "parent" in fields:
        fields["parent"] = office.zone(fields["parent"]).id
    return fields


def _add(
    code: Annotated[str, typer.Argument(metavar="CODE", help=_("A new code."), show_default=False)],
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("Its name."), show_default=False)],
    kind: Kind = None,
    parent: Parent = None,
    scope: Scope = None,
    unit: Unit = None,
    since: Since = None,
    area: Area = None,
    households: Households = None,
    population: Population = None,
    note: ItsNote = None,
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    with open_office(store, lang, as_role, wait) as office:
        fields = _fields(
            office,
            kind=kind,
            parent=parent,
            scope=scope,
            area=area,
            households=households,
            population=population,
            note=note,
        )
        office.commit(
            [
                AddZone(
                    fields={"code": code, "name": name, **fields},
                    lead=office.unit(unit).id if unit else None,
                    since=office.day(since, "since"),
                )
            ]
        )
        print(code)


def _edit(
    zone: Code,
    code: Annotated[
        str | None,
        typer.Option("--code", metavar="CODE", help=_("A new code."), show_default=False),
    ] = None,
    name: Name = None,
    kind: Kind = None,
    parent: Parent = None,
    scope: Scope = None,
    area: Area = None,
    households: Households = None,
    population: Population = None,
    note: ItsNote = None,
    active: Active = None,
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    with open_office(store, lang, as_role, wait) as office:
        fields = _fields(
            office,
            code=code,
            name=name,
            kind=kind,
            parent=parent,
            scope=scope,
            area=area,
            households=households,
            population=population,
            note=note,
            active=active,
        )
        if not fields:
            raise RuleError("nothing_given")
        office.commit([EditZone(zone=office.any_zone(zone).id, fields=fields)])


def _retire(
    zone: Code,
    on: On = None,
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    with open_office(store, lang, as_role, wait) as office:
        fields = {"active": False, **given(until=office.day(on))}
        office.commit([EditZone(zone=office.zone(zone).id, fields=fields)])


def _assign(
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
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    with open_office(store, lang, as_role, wait) as office:
        office.commit(
            [
                AssignZone(
                    zone=office.zone(zone).id,
                    unit=office.unit(unit).id,
                    since=office.day(since, "since") or office.today,
                )
            ]
        )


def _merge(
    zone: Code,
    into: Annotated[
        str,
        typer.Option(
            "--into",
            metavar="ZONE",
            show_default=False,
            help=_("The zone it goes into."),
            autocompletion=complete_zones,
        ),
    ],
    on: On = None,
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    with open_office(store, lang, as_role, wait) as office:
        old, new = office.zone(zone), office.zone(into)
        office.commit([MergeZones(zone=old.id, into=new.id, on=office.day(on))])


def _group() -> Any:
    group = typer.Typer(help=_("Zones and the units that answer for them."), no_args_is_help=True)
    group.command("list", help=_("List zones with their units and open items."))(_list)
    group.command("add", help=_("Add a zone."))(_add)
    group.command("edit", help=_("Change a zone."))(_edit)
    group.command("retire", help=_("Take a zone out of use; its history stays."))(_retire)
    group.command("assign", help=_("A unit answers for a zone from a day on."))(_assign)
    group.command("merge", help=_("Let a zone go into another, with its open items."))(_merge)
    group.command("walk", help=_("A list to take along on a walk, a page a zone."))(walk)
    group.command("import", help=_("Bring a zone file in."), epilog=told_of(ZONE))(
        importer(ZONE, ("name",), lambda office: ZoneRows(office).actions)
    )
    group.command("export", help=_("Write a zone file."))(exporter(ZONE, zone_rows))
    return group


COMMANDS.group("zone", _group)
