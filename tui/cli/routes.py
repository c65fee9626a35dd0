"""`zg route`: who a kind of problem goes to."""

from typing import Annotated, Any

import typer

from core.actions import Action, AddRoute, EditRoute
from core.errors import RuleError
from core.intake.lists import names_of, text_of, yes_of
from store.ledgers.headers import ROUTE
from store.lock import WAIT
from tui.cli.masters import exporter, given, known, print_rows
from tui.cli.office import Office, open_office
from tui.cli.options import (
    Active,
    As,
    Category,
    Co,
    Every,
    Json,
    Lang,
    RowNumber,
    Store,
    Wait,
    Zone,
    complete_units,
)
from tui.cli.register_files import Make, importer, told_of
from tui.cli.registry import Commands
from tui.i18n import _

COMMANDS = Commands()


def route_rows(office: Office) -> list[dict[str, Any]]:
    """Routes as rows of a route file."""
    town = office.town
    units = {unit.id: unit.name for unit in town.units.values()}
    zones = {zone.id: zone.code for zone in town.zones.values()}
    return [
        {
            "code": route.id,
            "category": route.category or None,
            "subcategory": route.subcategory or None,
            "zone": zones.get(route.zone or 0),
            "zone_kind": route.zone_kind or None,
            "lead_unit": units.get(route.lead),
            "co_units": [units[u] for u in route.co if u in units],
            "note": route.note or None,
            "active": route.active,
        }
        for route in town.routes.values()
    ]


_Lead = Annotated[
    str | None,
    typer.Option(
        "--unit",
        metavar="UNIT",
        show_default=False,
        help=_("The unit that leads."),
        autocompletion=complete_units,
    ),
]
_ZoneKind = Annotated[
    str | None,
    typer.Option(
        "--zone-kind", metavar="TEXT", show_default=False, help=_("A type of zone, such as 村.")
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
        rows = [row for row in route_rows(office) if every or row["active"]]
        if not json:
            rows = [{**row, "co_units": "、".join(row["co_units"])} for row in rows]
        keys = ("code", "category", "subcategory", "zone", "zone_kind", "lead_unit", "co_units")
        print_rows(rows, keys, 6, json=json)


def _add(
    unit: _Lead = None,
    category: Category = "",
    zone: Zone = None,
    zone_kind: _ZoneKind = None,
    co: Co = None,
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    with open_office(store, lang, as_role, wait) as office:
        if unit is None:
            raise RuleError("nothing_given")
        main, sub = office.kind(category)
        fields = {
            "category": main,
            "subcategory": sub,
            "zone": office.zone(zone).id if zone else None,
            "zone_kind": zone_kind or "",
            "lead": office.unit(unit).id,
            "co": tuple(office.unit(name).id for name in co or ()),
        }
        changes = office.commit([AddRoute(fields=fields)])
        print(changes.of("routes")[0].id)


def _edit(
    number: RowNumber,
    unit: _Lead = None,
    co: Co = None,
    active: Active = None,
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    with open_office(store, lang, as_role, wait) as office:
        known(office.town.routes, number, "routes")
        fields = given(
            lead=office.unit(unit).id if unit else None,
            co=tuple(office.unit(name).id for name in co) if co else None,
            active=active,
        )
        if not fields:
            raise RuleError("nothing_given")
        office.commit([EditRoute(route=number, fields=fields)])


def _retire(
    number: RowNumber, as_role: As = None, store: Store = None, lang: Lang = None, wait: Wait = WAIT
) -> None:
    with open_office(store, lang, as_role, wait) as office:
        known(office.town.routes, number, "routes")
        office.commit([EditRoute(route=number, fields={"active": False})])


def _reader(office: Office) -> Make:
    """Rows of a route file as actions; a route in use stands before a retired one."""
    routes = sorted(office.town.routes.values(), key=lambda r: not r.active)

    def make(cells: dict[str, Any]) -> list[Action]:
        words = (text_of(cells, key) for key in ("category", "subcategory"))
        main, sub = office.kind("/".join(word for word in words if word))
        zone = text_of(cells, "zone")
        fields: dict[str, Any] = {
            "category": main,
            "subcategory": sub,
            "zone": office.zone(zone).id if zone else None,
            "zone_kind": text_of(cells, "zone_kind"),
            "lead": office.unit(text_of(cells, "lead_unit")).id,
            "co": tuple(office.unit(n).id for n in names_of(cells.get("co_units"))),
            "note": text_of(cells, "note"),
            "active": yes_of(cells["active"]) if text_of(cells, "active") else True,
        }
        key = (main, sub, fields["zone"], fields["zone_kind"])
        held = next((r for r in routes if r.key == key), None)
        if held is None:
            return [AddRoute(fields=fields)]
        changed = {k: v for k, v in fields.items() if getattr(held, k) != v}
        return [EditRoute(route=held.id, fields=changed)] if changed else []

    return make


def _group() -> Any:
    group = typer.Typer(
        help=_("Who a kind of problem goes to, by zone or type of zone."), no_args_is_help=True
    )
    group.command("list", help=_("List routes."))(_list)
    group.command("add", help=_("Add a route; prints its number."))(_add)
    group.command("edit", help=_("Change a route."))(_edit)
    group.command("retire", help=_("Take a route out of use."))(_retire)
    group.command("import", help=_("Bring a table of routes in."), epilog=told_of(ROUTE))(
        importer(ROUTE, ("lead_unit",), _reader)
    )
    group.command("export", help=_("Write a table of routes."))(exporter(ROUTE, route_rows))
    return group


COMMANDS.group("route", _group)
