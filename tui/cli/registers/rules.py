"""`zg rule`: what a kind of problem asks for."""

from typing import Annotated

import typer

from core.lists.list_reading import kind_of
from core.registers.rules import RULES
from tui.cli.faces.face import Face, Parameter
from tui.cli.faces.group import group_of
from tui.cli.frame.office import Office
from tui.cli.frame.opening import opens
from tui.cli.frame.options import Category, Every
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import print_rows
from tui.words.i18n import _

COMMANDS = Commands()
_COLUMNS = ("code", "category", "subcategory", "condition", "kind", "value", "close_standard")

_Of = Annotated[
    str,
    typer.Argument(metavar="KIND", help=_("Category, or the kind within one."), show_default=False),
]


@opens(json=True)
def _list(office: Office, category: Category = "", every: Every = False, *, json: bool) -> None:
    main, sub = office.kind(category)
    rows = [
        row
        for _rule, row in FACE.rows(office)
        if (every or row["active"])
        and main in ("", row["category"])
        and sub in ("", row["subcategory"])
    ]
    print_rows(
        rows if json else [FACE.in_words(row, _) for row in rows],
        _COLUMNS,
        6,
        json=json,
        label=FACE.label,
    )


FACE = Face(
    register=RULES,
    help=_("What a kind of problem asks for: deadline, closing standard, severity."),
    helps={
        "list": _("List rules."),
        "add": _("Add a rule; prints its number."),
        "edit": _("Change a rule; no issued deadline moves."),
        "retire": _("Take a rule out of use."),
        "import": _("Bring a table of rules in."),
        "export": _("Write a table of rules."),
    },
    adds={
        "category": (Parameter("category", _Of, ..., field="*", read=kind_of),),
        "subcategory": (),
    },
    edits={
        "category": (Parameter("category", Category, "", field="*", read=kind_of),),
        "subcategory": (),
    },
    listing=_list,
)
COMMANDS.group("rule", lambda: group_of(FACE))
