"""`zg rule` and `zg route`: what a kind of problem asks for, and who it goes to."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from core.actions import Action, AddRoute, AddRule, EditRoute, EditRule
from core.errors import RuleError
from core.model import Route, Rule
from core.reading import read_number
from store.ledgers.headers import ROUTE, RULE
from store.lock import WAIT
from tui.cli.masters import as_bool, as_int, as_list, export_table, given, import_table
from tui.cli.office import Office, open_office, print_json, print_table
from tui.cli.options import As, Category, Json, Lang, Severity, Store, Wait, Zone, complete_units
from tui.cli.output import Encoding, Force, FormatOption, Output
from tui.cli.registry import Commands
from tui.i18n import _
from tui.texts import name_of

COMMANDS = Commands()
_TEXTS = ("condition", "kind", "close_standard", "severity", "evidence")

_Number = Annotated[
    int, typer.Argument(metavar="NUMBER", help=_("Its number in the list."), show_default=False)
]
_Kind = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="KIND",
        show_default=False,
        help=_("same_day, hours, work_days, natural_days or suspend."),
    ),
]
_Value = Annotated[
    int | None,
    typer.Option("--value", metavar="N", show_default=False, help=_("Days or hours.")),
]
_Standard = Annotated[
    str | None,
    typer.Option(
        "--standard",
        metavar="TEXT",
        show_default=False,
        help=_("What must be so for it to be struck off."),
    ),
]
_Deduct = Annotated[
    float | None,
    typer.Option("--deduct", metavar="POINTS", show_default=False, help=_("Points off a find.")),
]
_Evidence = Annotated[
    str | None,
    typer.Option("--evidence", metavar="TEXT", show_default=False, help=_("What proves it.")),
]
_Chapter = Annotated[
    int | None,
    typer.Option(
        "--chapter", metavar="1-7", show_default=False, help=_("Chapter of the standard.")
    ),
]
_Condition = Annotated[
    str,
    typer.Option(
        "--condition", metavar="TEXT", show_default=False, help=_("When it holds, in words.")
    ),
]
_Every = Annotated[
    bool, typer.Option("--all", "-a", help=_("Retired ones too."), show_default=False)
]
_DryRun = Annotated[
    bool, typer.Option("--dry-run", show_default=False, help=_("Only show what would happen."))
]
_InEncoding = Annotated[
    str | None,
    typer.Option(
        "--encoding", metavar="NAME", help=_("Encoding of a csv file."), show_default=False
    ),
]
_File = Annotated[str, typer.Argument(metavar="FILE|-", help=_("A table."), show_default=False)]


def _known(records: dict[int, Any], number: int, table: str) -> Any:
    if number not in records:
        raise RuleError("no_record", table=table, value=str(number))
    return records[number]


# Rules


def rule_rows(office: Office) -> list[dict[str, Any]]:
    """Rules as rows of a rule file."""
    return [_rule_row(rule) for rule in office.town.rules.values()]


def _rule_row(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.id,
        "category": rule.category,
        "subcategory": rule.subcategory,
        "condition": rule.condition or None,
        "kind": rule.kind,
        "value": rule.value,
        "close_standard": rule.close_standard or None,
        "severity": rule.severity or None,
        "deduct": rule.deduct,
        "evidence": rule.evidence or None,
        "chapter": rule.chapter,
        "active": rule.active,
    }


def _show(
    rows: Sequence[dict[str, Any]], keys: Sequence[str], flexible: int, *, json: bool
) -> None:
    if json:
        print_json(rows)
        return
    print_table(
        [["" if row[key] is None else str(row[key]) for key in keys] for row in rows],
        [name_of(key) for key in keys],
        flexible=flexible,
    )


def _list_rules(
    category: Category = "",
    every: _Every = False,
    as_role: As = None,
    json: Json = False,
    store: Store = None,
    lang: Lang = None,
) -> None:
    with open_office(store, lang, as_role) as office:
        main, sub = office.kind(category)
        rows = [
            row
            for row in rule_rows(office)
            if (every or row["active"])
            and main in ("", row["category"])
            and sub in ("", row["subcategory"])
        ]
        keys = ("code", "category", "subcategory", "condition", "kind", "value", "close_standard")
        _show(rows, keys, 6, json=json)


def _add_rule(
    category: Annotated[
        str,
        typer.Argument(
            metavar="KIND", help=_("Category, or the kind within one."), show_default=False
        ),
    ],
    kind: _Kind = None,
    value: _Value = None,
    condition: _Condition = "",
    standard: _Standard = None,
    severity: Severity = "",
    deduct: _Deduct = None,
    evidence: _Evidence = None,
    chapter: _Chapter = None,
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    with open_office(store, lang, as_role, wait) as office:
        main, sub = office.kind(category)
        fields = {
            "category": main,
            "subcategory": sub,
            "condition": condition,
            **given(
                kind=kind,
                value=value,
                close_standard=standard,
                severity=severity or None,
                deduct=deduct,
                evidence=evidence,
                chapter=chapter,
            ),
        }
        changes = office.commit([AddRule(fields=fields)])
        print(changes.of("rules")[0].id)


def _edit_rule(
    number: _Number,
    kind: _Kind = None,
    value: _Value = None,
    standard: _Standard = None,
    severity: Severity = "",
    deduct: _Deduct = None,
    evidence: _Evidence = None,
    chapter: _Chapter = None,
    active: Annotated[
        bool | None,
        typer.Option("--active/--retired", show_default=False, help=_("In use or retired.")),
    ] = None,
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    with open_office(store, lang, as_role, wait) as office:
        _known(office.town.rules, number, "rules")
        fields = given(
            kind=kind,
            value=value,
            close_standard=standard,
            severity=severity or None,
            deduct=deduct,
            evidence=evidence,
            chapter=chapter,
            active=active,
        )
        if not fields:
            raise RuleError("nothing_given")
        office.commit([EditRule(rule=number, fields=fields)])


def _retire_rule(
    number: _Number, as_role: As = None, store: Store = None, lang: Lang = None, wait: Wait = WAIT
) -> None:
    with open_office(store, lang, as_role, wait) as office:
        _known(office.town.rules, number, "rules")
        office.commit([EditRule(rule=number, fields={"active": False})])


def _import_rules(
    file: _File,
    dry_run: _DryRun = False,
    encoding: _InEncoding = None,
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    with open_office(store, lang, as_role, wait, via="import") as office:

        def make(cells: dict[str, Any]) -> list[Action]:
            sub = str(cells.get("subcategory") or "").strip()
            main = str(cells.get("category") or "").strip()
            main, found = office.kind(f"{main}/{sub}" if main else sub)
            fields: dict[str, Any] = {key: str(cells[key]) for key in _TEXTS if cells.get(key)}
            fields |= {"category": main, "subcategory": found}
            fields |= given(
                value=as_int("value", cells.get("value")),
                deduct=read_number(cells.get("deduct"), "deduct"),
                chapter=as_int("chapter", cells.get("chapter")),
            )
            if "active" in cells:
                fields["active"] = as_bool(cells["active"])
            key = (main, found, fields.get("condition", ""))
            rules = sorted(office.town.rules.values(), key=lambda r: not r.active)
            known = next(
                (r for r in rules if (r.category, r.subcategory, r.condition) == key), None
            )
            if known is None:
                return [AddRule(fields=fields)]
            changed = {k: v for k, v in fields.items() if getattr(known, k) != v}
            return [EditRule(rule=known.id, fields=changed)] if changed else []

        import_table(office, file, RULE, ("subcategory",), make, encoding=encoding, dry_run=dry_run)


def _export_rules(
    output: Output = "-",
    form: FormatOption = None,
    encoding: Encoding = "",
    force: Force = False,
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
) -> None:
    with open_office(store, lang, as_role) as office:
        export_table(rule_rows(office), RULE, output, form, encoding, force=force)


# Routes


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
_Co = Annotated[
    list[str] | None,
    typer.Option(
        "--co", metavar="UNIT", help=_("A unit that helps; may be repeated."), show_default=False
    ),
]
_ZoneKind = Annotated[
    str | None,
    typer.Option(
        "--zone-kind", metavar="TEXT", show_default=False, help=_("A type of zone, such as 村.")
    ),
]


def _list_routes(
    every: _Every = False,
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
        _show(rows, keys, 6, json=json)


def _add_route(
    unit: _Lead = None,
    category: Category = "",
    zone: Zone = None,
    zone_kind: _ZoneKind = None,
    co: _Co = None,
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


def _edit_route(
    number: _Number,
    unit: _Lead = None,
    co: _Co = None,
    active: Annotated[
        bool | None,
        typer.Option("--active/--retired", show_default=False, help=_("In use or retired.")),
    ] = None,
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    with open_office(store, lang, as_role, wait) as office:
        _known(office.town.routes, number, "routes")
        fields = given(
            lead=office.unit(unit).id if unit else None,
            co=tuple(office.unit(name).id for name in co) if co else None,
            active=active,
        )
        if not fields:
            raise RuleError("nothing_given")
        office.commit([EditRoute(route=number, fields=fields)])


def _retire_route(
    number: _Number, as_role: As = None, store: Store = None, lang: Lang = None, wait: Wait = WAIT
) -> None:
    with open_office(store, lang, as_role, wait) as office:
        _known(office.town.routes, number, "routes")
        office.commit([EditRoute(route=number, fields={"active": False})])


def _import_routes(
    file: _File,
    dry_run: _DryRun = False,
    encoding: _InEncoding = None,
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    with open_office(store, lang, as_role, wait, via="import") as office:

        def make(cells: dict[str, Any]) -> list[Action]:
            words = (str(cells.get(key) or "").strip() for key in ("category", "subcategory"))
            main, sub = office.kind("/".join(word for word in words if word))
            zone = cells.get("zone")
            fields: dict[str, Any] = {
                "category": main,
                "subcategory": sub,
                "zone": office.zone(str(zone)).id if zone else None,
                "zone_kind": str(cells.get("zone_kind") or ""),
                "lead": office.unit(str(cells["lead_unit"])).id,
                "co": tuple(office.unit(n).id for n in as_list(cells.get("co_units"))),
                "note": str(cells.get("note") or ""),
                "active": as_bool(cells["active"]) if "active" in cells else True,
            }
            known = _same_route(office, fields)
            if known is None:
                return [AddRoute(fields=fields)]
            changed = {k: v for k, v in fields.items() if getattr(known, k) != v}
            return [EditRoute(route=known.id, fields=changed)] if changed else []

        import_table(office, file, ROUTE, ("lead_unit",), make, encoding=encoding, dry_run=dry_run)


def _same_route(office: Office, fields: dict[str, Any]) -> Route | None:
    names = ("category", "subcategory", "zone", "zone_kind")
    return next(
        (
            r
            for r in sorted(office.town.routes.values(), key=lambda r: not r.active)
            if all(getattr(r, name) == fields[name] for name in names)
        ),
        None,
    )


def _export_routes(
    output: Output = "-",
    form: FormatOption = None,
    encoding: Encoding = "",
    force: Force = False,
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
) -> None:
    with open_office(store, lang, as_role) as office:
        export_table(route_rows(office), ROUTE, output, form, encoding, force=force)


def _rule_group() -> Any:
    group = typer.Typer(
        help=_("What a kind of problem asks for: deadline, closing standard, severity."),
        no_args_is_help=True,
    )
    group.command("list", help=_("List rules."))(_list_rules)
    group.command("add", help=_("Add a rule; prints its number."))(_add_rule)
    group.command("edit", help=_("Change a rule; no issued deadline moves."))(_edit_rule)
    group.command("retire", help=_("Take a rule out of use."))(_retire_rule)
    group.command("import", help=_("Bring a table of rules in."))(_import_rules)
    group.command("export", help=_("Write a table of rules."))(_export_rules)
    return group


def _route_group() -> Any:
    group = typer.Typer(
        help=_("Who a kind of problem goes to, by zone or type of zone."), no_args_is_help=True
    )
    group.command("list", help=_("List routes."))(_list_routes)
    group.command("add", help=_("Add a route; prints its number."))(_add_route)
    group.command("edit", help=_("Change a route."))(_edit_route)
    group.command("retire", help=_("Take a route out of use."))(_retire_route)
    group.command("import", help=_("Bring a table of routes in."))(_import_routes)
    group.command("export", help=_("Write a table of routes."))(_export_routes)
    return group


COMMANDS.group("rule", _rule_group)
COMMANDS.group("route", _route_group)
