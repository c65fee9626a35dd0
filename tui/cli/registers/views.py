"""`zg view`: saved queries of the office, on the number keys of the board."""

from typing import Annotated, Any

import typer

from core.changes import Changes
from core.errors import NotFound
from core.finding.facets import view_counts
from core.model import View
from core.registers.views import VIEWS
from core.words.text import key_of
from tui.cli.faces.face import Face, Parameter
from tui.cli.faces.group import group_of
from tui.cli.frame.office import Office
from tui.cli.frame.opening import opens
from tui.cli.frame.options import Every
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import print_rows
from tui.words.i18n import _

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


def _known(office: Office, name: str, *, retired: bool) -> View:
    """The view of a name or a key. Raises `NotFound("no_view")`."""
    for view in sorted(office.town.all(View), key=lambda v: not v.active):
        if key_of(view.name) == key_of(name) or (view.active and str(view.key) == name):
            return view
    raise NotFound("no_view", value=name)


@opens(json=True)
def _list(office: Office, every: Every = False, *, json: bool) -> None:
    office.repository.load_closed()
    counts = {
        view.name: count if count >= 0 else None
        for view, count in view_counts(office.town, office.today, office.actor)
    }
    rows = [
        row | {"count": counts.get(row["name"])}
        for _view, row in FACE.rows(office)
        if every or row["active"]
    ]
    print_rows(rows, ("key", "name", "query", "count"), 2, json=json, label=FACE.label)


def _key(_office: Office, key: int) -> int | None:
    return key or None


def _printed(_office: Office, _fields: dict[str, Any], _changes: Changes) -> None:
    """A view has no number to print."""


FACE = Face(
    register=VIEWS,
    help=_("Saved queries, on the number keys of the board."),
    helps={
        "list": _("List views and how much each shows."),
        "add": _("Save a query under a name."),
        "edit": _("Change a view."),
        "retire": _("Take a view out of use."),
        "import": _("Bring a table of views in."),
        "export": _("Write a table of views."),
    },
    which=Name,
    find=_known,
    adds={"key": (Parameter("key", Key, read=_key),)},
    edits={"key": (Parameter("key", Key, read=_key),)},
    added=_printed,
    retiring={"active": False, "key": None},
    order=lambda view: (view.key or 99, view.id),
    listing=_list,
)
COMMANDS.group("view", lambda: group_of(FACE))
