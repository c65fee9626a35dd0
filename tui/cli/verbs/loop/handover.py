"""`zg return|reassign|extend`: given back, given on, given longer."""

from datetime import date

from core.actions import (
    Action,
    Extend,
    Reassign,
    Return,
)
from core.model import Item
from core.words.deadlines import wording
from tui.cli.frame.office import Office
from tui.cli.frame.options import (
    ChannelOption,
    Due,
    For,
    Note,
    Reason,
    Requirement,
    Unit,
)
from tui.cli.verbs.verb import Make, VerbCommands, on_behalf
from tui.words.i18n import _

COMMANDS = VerbCommands()


@COMMANDS.verb("return", _("The unit says it is not theirs; the office decides."))
def return_(
    office: Office,
    day: date | None,
    unit: Unit = None,
    reason: Reason = "",
    for_unit: For = None,
    channel: ChannelOption = "微信",
    note: Note = "",
) -> Make:
    """退回 T7."""
    proposed = office.unit(unit).id if unit else None

    def make(item: Item) -> Action:
        return Return(
            item=item.id,
            reason=reason,
            unit=proposed,
            note=note,
            on=day,
            **on_behalf(office, "return", for_unit, channel),
        )

    return make


@COMMANDS.verb("reassign", _("Give it to another unit; a leader approves."))
def reassign(
    office: Office,
    day: date | None,
    unit: Unit = None,
    due: Due = None,
    reason: Reason = "",
    requirement: Requirement = "",
    note: Note = "",
) -> Make:
    """改派 T8."""
    lead = office.unit(unit).id if unit else None
    until = office.due(due, day)

    def make(item: Item) -> Action:
        return Reassign(
            item=item.id,
            lead=lead,
            due=until,
            deadline=wording(due),
            requirement=requirement,
            reason=reason,
            note=note,
            on=day,
        )

    return make


@COMMANDS.verb("extend", _("Ask for a later deadline, before it has passed; a leader approves."))
def extend(
    office: Office,
    day: date | None,
    due: Due = None,
    reason: Reason = "",
    for_unit: For = None,
    channel: ChannelOption = "微信",
    note: Note = "",
) -> Make:
    """延期 T14. A deadline word counts from the deadline that is."""

    def make(item: Item) -> Action:
        held = item.assignment.due if item.assignment else None
        return Extend(
            item=item.id,
            due=office.due(due, held or day),
            deadline=wording(due),
            reason=reason,
            note=note,
            on=day,
            **on_behalf(office, "extend", for_unit, channel),
        )

    return make
