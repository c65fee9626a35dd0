"""`zg correct`: a field set right."""

from typing import Any

from core.actions.action import Action
from core.actions.loop.correcting import CORRECTABLE, Correct
from core.actions.loop.photos import Attach
from core.errors import Incomplete
from core.model import Item, Shows
from tui.cli.frame.office import Office
from tui.cli.verbs.asks import Said
from tui.cli.verbs.verb import Make, VerbCommands
from tui.words.i18n import _

COMMANDS = VerbCommands()


@COMMANDS.verb("correct", _("Set a field right; the old value stays in the history."))
def correct(office: Office, given: Said) -> Make:
    """更正 T26."""
    main, sub = given["category"] or ("", "")
    said = {name: given[name] for name in CORRECTABLE if name not in ("category", "due")}
    said |= {"category": main or None, "subcategory": sub or None}
    fields = {name: value for name, value in said.items() if value is not None}
    due, photos, day = given["due"], given["photos"], given.day
    if not fields and due is None and not photos:
        raise Incomplete("nothing_given")
    shown = tuple(office.keep(path, Shows.BEFORE) for path in photos or ())

    def make(item: Item) -> list[Action]:
        values: dict[str, Any] = dict(fields)
        if due is not None:
            issued = item.assignment.issued_on if item.assignment else None
            values["due"] = office.due(due, issued)
        attach: list[Action] = [Attach(item=item.id, files=shown, on=day)] if shown else []
        if not values:
            return attach
        reason = given["reason"] or ""
        return [*attach, Correct(item=item.id, fields=values, reason=reason, on=day)]

    return make
