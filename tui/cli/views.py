"""`zg view`: saved queries of the office, on the number keys of the board."""

from typing import Annotated, Any

import typer
from msgspec.structs import replace

from core.actions import Action, AddView, EditView
from core.errors import RuleError
from core.facets import view_counts
from core.intake.lists import count_of, text_of, yes_of
from core.model import View
from core.text import key_of
from store.ledgers.headers import VIEW
from store.lock import WAIT
from tui.cli.masters import exporter, given, print_rows
from tui.cli.office import Office, open_office
from tui.cli.options import Active, As, Every, Json, Lang, Store, Wait
from tui.cli.register_files import Make, importer, told_of
from tui.cli.registry import Commands
from tui.i18n import _

COMMANDS = Commands()
Name = Annotated[
    str, typer.Argument(metavar="NAME", show_default=False, help=_("Name of a view, or its key."))
]
Key = Annotated[
    int | None,
    typer.Option(
        "--key", metavar="N", min=0, max=9, show_default=False, help=_("Number key; 0 for none.")
    ),
]


def view_rows(office: Office) -> list[dict[str, Any]]:
    """Views as rows of a view file."""
    return [
        {"name": v.name, "query": v.query, "key": v.key, "active": v.active}
        for v in sorted(office.town.views.values(), key=lambda v: (v.key or 99, v.id))
    ]


def _known(office: Office, name: str) -> View:
    """The view of a name or a key. Raises `RuleError("no_view")`."""
    for view in sorted(office.town.views.values(), key=lambda v: not v.active):
        if key_of(view.name) == key_of(name) or (view.active and str(view.key) == name):
            return view
    raise RuleError("no_view", value=name)


def _list(
    every: Every = False,
    as_role: As = None,
    json: Json = False,
    store: Store = None,
    lang: Lang = None,
) -> None:
    with open_office(store, lang, as_role) as office:
        office.repository.load_closed()
        counts = {
            view.name: count if count >= 0 else None
            for view, count in view_counts(office.town, office.today, office.actor)
        }
        rows = [
            row | {"count": counts.get(row["name"])}
            for row in view_rows(office)
            if every or row["active"]
        ]
        print_rows(rows, ("key", "name", "query", "count"), 2, json=json)


def _add(
    name: Annotated[
        str, typer.Argument(metavar="NAME", show_default=False, help=_("What it is called."))
    ],
    query: Annotated[
        str, typer.Argument(metavar="QUERY", show_default=False, help=_("What it shows."))
    ],
    key: Key = None,
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    with open_office(store, lang, as_role, wait) as office:
        office.commit([AddView(fields={"name": name, "query": query, "key": key or None})])


def _edit(
    name: Name,
    query: Annotated[
        str | None,
        typer.Option("--query", metavar="QUERY", show_default=False, help=_("What it shows.")),
    ] = None,
    new_name: Annotated[
        str | None,
        typer.Option("--name", metavar="TEXT", show_default=False, help=_("What it is called.")),
    ] = None,
    key: Key = None,
    active: Active = None,
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    with open_office(store, lang, as_role, wait) as office:
        fields = given(name=new_name, query=query, active=active)
        if key is not None:
            fields["key"] = key or None
        if not fields:
            raise RuleError("nothing_given")
        office.commit([EditView(view=_known(office, name).id, fields=fields)])


def _retire(
    name: Name, as_role: As = None, store: Store = None, lang: Lang = None, wait: Wait = WAIT
) -> None:
    with open_office(store, lang, as_role, wait) as office:
        view = _known(office, name)
        office.commit([EditView(view=view.id, fields={"active": False, "key": None})])


def _reader(office: Office) -> Make:
    """Rows of a view file as actions; a view is known by its name, a key goes over to the row."""
    held = {view.name: view for view in office.town.views.values()}
    keys = {view.key: view for view in held.values() if view.active and view.key}

    def make(cells: dict[str, Any]) -> list[Action]:
        fields: dict[str, Any] = {
            "name": text_of(cells, "name"),
            "query": text_of(cells, "query"),
        }
        if "key" in cells:
            fields["key"] = count_of("key", cells["key"])
        if text_of(cells, "active"):
            fields["active"] = yes_of(cells["active"])
        old = held.get(fields["name"])
        made: list[Action] = []
        owner = keys.get(fields.get("key") or 0)
        if owner is not None and owner is not old:
            held[owner.name] = replace(owner, key=None)
            made.append(EditView(view=owner.id, fields={"key": None}))
        if "key" in fields:
            for key in (fields["key"], old.key if old is not None else None):
                keys.pop(key or 0, None)
        if old is None:
            return [*made, AddView(fields=fields)]
        changed = {k: v for k, v in fields.items() if getattr(old, k) != v}
        return [*made, EditView(view=old.id, fields=changed)] if changed else made

    return make


def _group() -> Any:
    group = typer.Typer(
        help=_("Saved queries, on the number keys of the board."), no_args_is_help=True
    )
    group.command("list", help=_("List views and how much each shows."))(_list)
    group.command("add", help=_("Save a query under a name."))(_add)
    group.command("edit", help=_("Change a view."))(_edit)
    group.command("retire", help=_("Take a view out of use."))(_retire)
    group.command("import", help=_("Bring a table of views in."), epilog=told_of(VIEW))(
        importer(VIEW, ("name", "query"), _reader)
    )
    group.command("export", help=_("Write a table of views."))(exporter(VIEW, view_rows))
    return group


COMMANDS.group("view", _group)
