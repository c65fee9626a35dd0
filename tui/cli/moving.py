"""Moving items between units and aside: return, reassign, extend, suspend, resume, merge, void, revive."""

from typing import Annotated

import typer

from core.actions import (
    Action,
    Extend,
    Merge,
    Reassign,
    Resume,
    Return,
    Revive,
    Suspend,
    Void,
)
from core.errors import RuleError
from core.model import Item, VoidKind
from store.lock import WAIT
from tui.cli.acting import act, on_behalf
from tui.cli.office import Office, open_office
from tui.cli.options import (
    As,
    ChannelOption,
    Due,
    For,
    Json,
    Lang,
    Note,
    Numbers,
    On,
    Reason,
    Store,
    Unit,
    Wait,
    Yes,
    complete_numbers,
    worded,
)
from tui.cli.registry import Commands
from tui.i18n import _

COMMANDS = Commands()
_Requirement = Annotated[
    str,
    typer.Option(
        "--requirement", metavar="TEXT", show_default=False, help=_("What is asked of the unit.")
    ),
]


@COMMANDS.command("return", _("The unit says it is not theirs; the office decides."))
def return_(
    numbers: Numbers,
    unit: Unit = None,
    reason: Reason = "",
    for_unit: For = None,
    channel: ChannelOption = "微信",
    note: Note = "",
    on: On = None,
    as_role: As = None,
    yes: Yes = False,
    json: Json = False,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    """退回 T7."""
    with open_office(store, lang, as_role, wait) as office:
        day = office.day(on)
        proposed = office.unit(unit).id if unit else None

        def make(office: Office, item: Item) -> Action:
            return Return(
                item=item.id,
                reason=reason,
                unit=proposed,
                note=note,
                on=day,
                **on_behalf(office, "return", for_unit, channel),
            )

        act(office, numbers, make, json)


@COMMANDS.command("reassign", _("Give it to another unit; a leader approves."))
def reassign(
    numbers: Numbers,
    unit: Unit = None,
    due: Due = None,
    reason: Reason = "",
    requirement: _Requirement = "",
    note: Note = "",
    on: On = None,
    as_role: As = None,
    yes: Yes = False,
    json: Json = False,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    """改派 T8."""
    with open_office(store, lang, as_role, wait) as office:
        day = office.day(on)
        lead = office.unit(unit).id if unit else None
        until = office.due(due, day)

        def make(office: Office, item: Item) -> Action:
            return Reassign(
                item=item.id,
                lead=lead,
                due=until,
                deadline=worded(due),
                requirement=requirement,
                reason=reason,
                note=note,
                on=day,
            )

        act(office, numbers, make, json)


@COMMANDS.command("extend", _("Ask for a later deadline, before it has passed; a leader approves."))
def extend(
    numbers: Numbers,
    due: Due = None,
    reason: Reason = "",
    for_unit: For = None,
    channel: ChannelOption = "微信",
    note: Note = "",
    on: On = None,
    as_role: As = None,
    yes: Yes = False,
    json: Json = False,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    """延期 T14. A deadline word counts from the deadline that is."""
    with open_office(store, lang, as_role, wait) as office:
        day = office.day(on)

        def make(office: Office, item: Item) -> Action:
            held = item.assignment.due if item.assignment else None
            return Extend(
                item=item.id,
                due=office.due(due, held or day),
                deadline=worded(due),
                reason=reason,
                note=note,
                on=day,
                **on_behalf(office, "extend", for_unit, channel),
            )

        act(office, numbers, make, json)


@COMMANDS.command("suspend", _("What cannot be done now is planned; a leader approves."))
def suspend(
    numbers: Numbers,
    reason: Reason = "",
    measure: Annotated[
        str,
        typer.Option(
            "--measure", metavar="TEXT", show_default=False, help=_("What is done meanwhile.")
        ),
    ] = "",
    plan: Annotated[
        str | None,
        typer.Option(
            "--plan",
            metavar="DATE",
            show_default=False,
            help=_("The day by which it is planned, within a year."),
        ),
    ] = None,
    reference: Annotated[
        str,
        typer.Option(
            "--reference",
            metavar="TEXT",
            show_default=False,
            help=_("The funds or the project it hangs on."),
        ),
    ] = "",
    note: Note = "",
    on: On = None,
    as_role: As = None,
    yes: Yes = False,
    json: Json = False,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    """挂账 T15."""
    with open_office(store, lang, as_role, wait) as office:
        day = office.day(on)
        planned = office.due(plan, day)
        act(
            office,
            numbers,
            lambda office, item: Suspend(
                item=item.id,
                reason=reason,
                measure=measure,
                plan_on=planned,
                reference=reference,
                note=note,
                on=day,
            ),
            json,
        )


@COMMANDS.command("resume", _("Back to work with a new deadline."))
def resume(
    numbers: Numbers,
    due: Due = None,
    unit: Unit = None,
    requirement: _Requirement = "",
    note: Note = "",
    on: On = None,
    as_role: As = None,
    yes: Yes = False,
    json: Json = False,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    """销挂 T16."""
    with open_office(store, lang, as_role, wait) as office:
        day = office.day(on)
        lead = office.unit(unit).id if unit else None
        until = office.due(due, day)
        act(
            office,
            numbers,
            lambda office, item: Resume(
                item=item.id,
                due=until,
                deadline=worded(due),
                lead=lead,
                requirement=requirement,
                note=note,
                on=day,
            ),
            json,
        )


@COMMANDS.command("merge", _("The same problem twice: merge into the item that stays."))
def merge(
    numbers: Numbers,
    into: Annotated[
        str,
        typer.Option(
            "--into",
            metavar="NUMBER",
            show_default=False,
            help=_("The item that stays."),
            autocompletion=complete_numbers,
        ),
    ] = "",
    note: Note = "",
    on: On = None,
    as_role: As = None,
    yes: Yes = False,
    json: Json = False,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    """合并 T17."""
    with open_office(store, lang, as_role, wait) as office:
        day = office.day(on)
        main = office.items([into])[0].id if into else None
        act(
            office,
            numbers,
            lambda office, item: Merge(item=item.id, main=main, note=note, on=day),
            json,
        )


@COMMANDS.command("void", _("It does not count; once issued, a leader approves."))
def void(
    numbers: Numbers,
    reason: Annotated[
        str,
        typer.Option(
            "--reason",
            metavar="REASON",
            show_default=False,
            help=_("误报, 不属实, 不在范围 or 重复登记."),
        ),
    ] = "",
    note: Note = "",
    on: On = None,
    as_role: As = None,
    yes: Yes = False,
    json: Json = False,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    """作废 T18."""
    with open_office(store, lang, as_role, wait) as office:
        day = office.day(on)
        kinds = tuple(k for k in VoidKind if k not in (VoidKind.UNREPORTED, VoidKind.NOT_ACCEPTED))
        if reason and reason not in kinds:
            raise RuleError("unknown_reason", value=reason, expected=kinds)
        kind = VoidKind(reason) if reason else None
        act(
            office,
            numbers,
            lambda office, item: Void(item=item.id, reason=kind, note=note, on=day),
            json,
        )


@COMMANDS.command("revive", _("Void or merged by mistake: back to the state it came from."))
def revive(
    numbers: Numbers,
    reason: Reason = "",
    note: Note = "",
    on: On = None,
    as_role: As = None,
    yes: Yes = False,
    json: Json = False,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    """撤销作废 T19."""
    with open_office(store, lang, as_role, wait) as office:
        day = office.day(on)
        act(
            office,
            numbers,
            lambda office, item: Revive(item=item.id, reason=reason, note=note, on=day),
            json,
        )
