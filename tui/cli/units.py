"""`zg unit`: the 责任单位 and every name people write for them."""

from typing import Annotated, Any

import typer

from core.actions import Action, AddUnit, EditUnit, MergeUnits
from core.changes import Changes
from core.errors import RuleError
from core.intake.lists import names_of, text_of, texts_of, yes_of
from core.model import Item
from core.summary import UnitTally, by_unit
from store.ledgers.headers import UNIT
from store.lock import WAIT
from tui.cli.masters import export_table, given
from tui.cli.office import Office, open_office, print_json, print_table, talk
from tui.cli.options import Active, As, Every, Json, Lang, On, Store, Wait, complete_units
from tui.cli.output import Encoding, Force, FormatOption, Output
from tui.cli.register_files import Make, importer, told_of
from tui.cli.registry import Commands
from tui.display import shown
from tui.i18n import _
from tui.texts import listed, name_of

COMMANDS = Commands()
TEXTS = ("name", "short", "kind", "group", "leader_post", "liaison_post", "phone")
CONTACTS = ("liaison_post", "phone")

Which = Annotated[
    str,
    typer.Argument(
        metavar="UNIT",
        help=_("Unit, by name or alias."),
        autocompletion=complete_units,
        show_default=False,
    ),
]
Short = Annotated[
    str | None, typer.Option("--short", metavar="TEXT", help=_("A short name."), show_default=False)
]
Alias = Annotated[
    list[str] | None,
    typer.Option(
        "--alias", metavar="TEXT", show_default=False, help=_("Another name; may be repeated.")
    ),
]
Kind = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="TEXT",
        show_default=False,
        help=_("机关站所, 村居, 学校, 企业 or 部门垂管."),
    ),
]
Group = Annotated[
    str | None,
    typer.Option("--group", metavar="TEXT", help=_("Working group."), show_default=False),
]
LeaderPost = Annotated[
    str | None,
    typer.Option(
        "--leader-post", metavar="TEXT", help=_("Post of the leader in charge."), show_default=False
    ),
]
LiaisonPost = Annotated[
    str | None,
    typer.Option(
        "--liaison-post", metavar="TEXT", help=_("Post of the liaison."), show_default=False
    ),
]
Phone = Annotated[
    str | None, typer.Option("--phone", metavar="TEXT", help=_("Telephone."), show_default=False)
]
Contacts = Annotated[
    bool,
    typer.Option(
        "--with-contacts", show_default=False, help=_("Posts and telephones of liaisons too.")
    ),
]


def unit_rows(office: Office, *, contacts: bool) -> list[dict[str, Any]]:
    """Units as rows of a unit file."""
    rows = []
    for unit in office.town.units.values():
        row: dict[str, Any] = {key: getattr(unit, key) or None for key in TEXTS}
        row |= {"aliases": list(unit.aliases), "active": unit.active}
        if not contacts:
            row |= dict.fromkeys(CONTACTS)
        rows.append(row)
    return rows


def _list(
    every: Every = False,
    as_role: As = None,
    json: Json = False,
    contacts: Contacts = False,
    store: Store = None,
    lang: Lang = None,
) -> None:
    with open_office(store, lang, as_role) as office:
        rows = [r for r in unit_rows(office, contacts=contacts) if every or r["active"]]
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
        heads = [name_of("name"), name_of("aliases"), name_of("kind"), _("Open"), _("Overdue")]
        print_table(cells, [*heads, name_of("level"), _("In time")], flexible=1)


def _add(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help=_("Its full name."), show_default=False)
    ],
    short: Short = None,
    alias: Alias = None,
    kind: Kind = None,
    group: Group = None,
    leader_post: LeaderPost = None,
    liaison_post: LiaisonPost = None,
    phone: Phone = None,
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    with open_office(store, lang, as_role, wait) as office:
        office.commit(
            [
                AddUnit(
                    fields={
                        "name": name,
                        **given(
                            short=short,
                            aliases=tuple(alias) if alias else None,
                            kind=kind,
                            group=group,
                            leader_post=leader_post,
                            liaison_post=liaison_post,
                            phone=phone,
                        ),
                    }
                )
            ]
        )
        print(name)


def _edit(
    unit: Which,
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="TEXT", help=_("Its full name."), show_default=False),
    ] = None,
    short: Short = None,
    alias: Alias = None,
    kind: Kind = None,
    group: Group = None,
    leader_post: LeaderPost = None,
    liaison_post: LiaisonPost = None,
    phone: Phone = None,
    active: Active = None,
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    with open_office(store, lang, as_role, wait) as office:
        found = office.any_unit(unit)
        fields = given(
            name=name,
            short=short,
            kind=kind,
            group=group,
            leader_post=leader_post,
            liaison_post=liaison_post,
            phone=phone,
            active=active,
        )
        if alias:
            fields["aliases"] = tuple(dict.fromkeys((*found.aliases, *alias)))
        if not fields:
            raise RuleError("nothing_given")
        office.commit([EditUnit(unit=found.id, fields=fields)])


def _retire(
    unit: Which,
    on: On = None,
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    with open_office(store, lang, as_role, wait) as office:
        fields = {"active": False, **given(until=office.day(on))}
        office.commit([EditUnit(unit=office.unit(unit).id, fields=fields)])


def _merge(
    unit: Which,
    into: Annotated[
        str,
        typer.Option(
            "--into",
            metavar="UNIT",
            show_default=False,
            help=_("The unit it goes into."),
            autocompletion=complete_units,
        ),
    ],
    on: On = None,
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    with open_office(store, lang, as_role, wait) as office:
        old, new = office.unit(unit), office.unit(into)
        _tell_moved(office.commit([MergeUnits(unit=old.id, into=new.id, on=office.day(on))]))


def _tell_moved(changes: Changes) -> None:
    """Which open items went along."""
    found = [c.new.label for c in changes.of("items") if isinstance(c.new, Item)]
    if found:
        names = listed(shown(name) for name in found[:20])
        text = _("Went along with their deadlines ({count}): {numbers}.")
        talk(text.format(count=len(found), numbers=names))


def _reader(office: Office) -> Make:
    """Rows of a unit file as actions."""

    def make(cells: dict[str, Any]) -> list[Action]:
        fields = texts_of(cells, TEXTS)
        if not fields.get("name"):
            raise RuleError("missing", fields=("name",), verb="add_unit")
        short, *others = names_of(fields.get("short", "")) or ("",)
        if short:
            fields["short"] = short
        aliases = (*others, *names_of(cells.get("aliases")))
        if aliases:
            fields["aliases"] = tuple(
                name for name in dict.fromkeys(aliases) if name != fields["name"]
            )
        if text_of(cells, "active"):
            fields["active"] = yes_of(cells["active"])
        known = office.town.unit_named(fields["name"])
        if known is None:
            return [AddUnit(fields=fields)]
        if "aliases" in fields:
            fields["aliases"] = tuple(dict.fromkeys((*known.aliases, *fields["aliases"])))
        changed = {k: v for k, v in fields.items() if getattr(known, k) != v}
        return [EditUnit(unit=known.id, fields=changed)] if changed else []

    return make


def _export(
    output: Output = "-",
    form: FormatOption = None,
    encoding: Encoding = "",
    contacts: Contacts = False,
    force: Force = False,
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
) -> None:
    with open_office(store, lang, as_role) as office:
        export_table(
            unit_rows(office, contacts=contacts), UNIT, output, form, encoding, force=force
        )


def _group() -> Any:
    group = typer.Typer(help=_("Units and their names."), no_args_is_help=True)
    group.command("list", help=_("List units with their open items."))(_list)
    group.command("add", help=_("Add a unit."))(_add)
    group.command("edit", help=_("Change a unit; --alias adds a name."))(_edit)
    group.command("retire", help=_("Take a unit out of use; its history stays."))(_retire)
    group.command("merge", help=_("Let a unit go into another, with its names and zones."))(_merge)
    group.command("import", help=_("Bring a unit file in."), epilog=told_of(UNIT))(
        importer(UNIT, ("name",), _reader)
    )
    group.command("export", help=_("Write a unit file."))(_export)
    return group


COMMANDS.group("unit", _group)
