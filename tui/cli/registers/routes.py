"""`zg route`: who a kind of problem goes to."""

from typing import Any

from core.actions.action import Action
from core.actions.registers import Add
from core.errors import Incomplete
from core.lists.list_reading import kind_of
from core.registers.routes import ROUTES
from tui.cli.faces.face import Face, Parameter
from tui.cli.faces.group import group_of
from tui.cli.frame.office import Office
from tui.cli.frame.options import Category
from tui.cli.frame.registry import Commands
from tui.words.i18n import _

COMMANDS = Commands()

_KIND = {
    "category": (Parameter("category", Category, "", field="*", read=kind_of),),
    "subcategory": (),
}


def _adding(_office: Office, fields: dict[str, Any], _beside: dict[str, Any]) -> Action:
    if "lead" not in fields:
        raise Incomplete("nothing_given")
    return Add(table="routes", fields=fields)


FACE = Face(
    register=ROUTES,
    help=_("Who a kind of problem goes to, by zone or type of zone."),
    helps={
        "list": _("List routes."),
        "add": _("Add a route; prints its number."),
        "edit": _("Change a route."),
        "retire": _("Take a route out of use."),
        "import": _("Bring a table of routes in."),
        "export": _("Write a table of routes."),
    },
    adds=_KIND,
    edits=_KIND,
    action=_adding,
    columns=("code", "category", "subcategory", "zone", "zone_kind", "lead_unit", "co_units"),
    flexible=6,
)
COMMANDS.group("route", lambda: group_of(FACE))
