"""`zg split`: one problem for several units, each with its own deadline."""

from datetime import date
from typing import Annotated

import typer

from core.actions.action import Action
from core.actions.loop.dividing import Split, UnitPart
from core.day.triage import plan_of
from core.errors import Incomplete
from core.model import Item
from core.words.deadlines import wording
from tui.cli.frame.office import Office, talk
from tui.cli.frame.options import complete_units
from tui.cli.verbs.asks import Said
from tui.cli.verbs.verb import Make, VerbCommands
from tui.verbs.suggesting import suggestion_text
from tui.words.i18n import _

COMMANDS = VerbCommands()
Parts = Annotated[
    list[str] | None,
    typer.Option(
        "--part",
        metavar="UNIT[=DUE[=TEXT]]",
        show_default=False,
        autocompletion=complete_units,
        help=_("A unit, its deadline and what is asked of it; once for each unit."),
    ),
]


@COMMANDS.verb("split", _("Give one problem to several units, in parts with their own deadlines."))
def split(office: Office, given: Said, part: Parts = None) -> Make:
    """分项交办."""
    asked = [_Asked(office, each) for each in part or ()]

    def make(item: Item) -> Action:
        plan = plan_of(office.town, item, office.today)
        usual = given["due"] or plan.deadline
        if not usual and any(not each.due for each in asked):
            raise Incomplete("missing", verb="split", number=item.label, fields=("due",))
        if given["due"] is None and any(not each.due for each in asked):
            talk(f"{item.label}: {suggestion_text(plan.suggestion, office.town)}")
        return Split(
            item=item.id,
            parts=tuple(each.as_part(office, usual, given.day) for each in asked),
            requirement=given["requirement"] or plan.requirement,
            note=given["note"] or "",
            on=given.day,
        )

    return make


class _Asked:
    """What was said of one unit."""

    def __init__(self, office: Office, text: str) -> None:
        name, _sign, rest = text.replace("＝", "=").partition("=")
        self.due, _sign, self.requirement = (each.strip() for each in rest.partition("="))
        self.unit = office.unit(name.strip()).id

    def as_part(self, office: Office, usual: str, day: date | None) -> UnitPart:
        """The part, by the usual deadline where it has none of its own."""
        words = self.due or usual
        until = office.due(words, day)
        assert until is not None
        return UnitPart(
            lead=self.unit, due=until, deadline=wording(words), requirement=self.requirement
        )
