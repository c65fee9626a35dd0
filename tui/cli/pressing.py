"""Pressing, and looking back: remind, supervise, criticise, summon, recheck, reopen."""

from typing import Annotated

import typer

from core.actions import Criticise, Recheck, Remind, Reopen, Summon, Supervise, Trigger
from core.errors import RuleError
from store.lock import WAIT
from tui.cli.acting import act
from tui.cli.office import open_office
from tui.cli.options import (
    As,
    Due,
    Json,
    Lang,
    Note,
    Numbers,
    On,
    Photos,
    Reason,
    Store,
    Unit,
    Wait,
    Yes,
    worded,
)
from tui.cli.registry import Commands
from tui.i18n import _

COMMANDS = Commands()
_Reference = Annotated[
    str,
    typer.Option(
        "--reference",
        metavar="TEXT",
        show_default=False,
        help=_("Number of the notice or of the approval."),
    ),
]


@COMMANDS.command("remind", _("Tell the unit again; level 1."))
def remind(
    numbers: Numbers,
    note: Note = "",
    on: On = None,
    as_role: As = None,
    yes: Yes = False,
    json: Json = False,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    """催办."""
    with open_office(store, lang, as_role, wait) as office:
        day = office.day(on)
        act(office, numbers, lambda office, item: Remind(item=item.id, note=note, on=day), json)


@COMMANDS.command(
    "supervise", _("A supervision notice with a deadline of its own; a leader signs. Level 2.")
)
def supervise(
    numbers: Numbers,
    reason: Annotated[
        str,
        typer.Option(
            "--reason",
            metavar="REASON",
            show_default=False,
            help=_("逾期, 返工, 上级交办, 领导批示 or 现场效果差."),
        ),
    ] = "",
    due: Due = None,
    reference: _Reference = "",
    note: Note = "",
    on: On = None,
    as_role: As = None,
    yes: Yes = False,
    json: Json = False,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    """督办 T20."""
    with open_office(store, lang, as_role, wait) as office:
        day = office.day(on)
        if reason and reason not in tuple(Trigger):
            raise RuleError("unknown_reason", value=reason, expected=tuple(Trigger))
        until = office.due(due, day)
        act(
            office,
            numbers,
            lambda office, item: Supervise(
                item=item.id,
                reason=Trigger(reason) if reason else None,
                work_until=until,
                deadline=worded(due),
                reference=reference,
                note=note,
                on=day,
            ),
            json,
        )


@COMMANDS.command("criticise", _("Named in a circular, with its approval; level 3."))
def criticise(
    numbers: Numbers,
    reference: _Reference = "",
    note: Note = "",
    on: On = None,
    as_role: As = None,
    yes: Yes = False,
    json: Json = False,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    """通报批评 T21."""
    with open_office(store, lang, as_role, wait) as office:
        day = office.day(on)
        act(
            office,
            numbers,
            lambda office, item: Criticise(item=item.id, reference=reference, note=note, on=day),
            json,
        )


@COMMANDS.command("summon", _("Talked to or handed over; level 4."))
def summon(
    numbers: Numbers,
    record: Annotated[
        str,
        typer.Option(
            "--record",
            metavar="TEXT",
            show_default=False,
            help=_("What was said and promised, or where it was handed over."),
        ),
    ] = "",
    due: Due = None,
    note: Note = "",
    on: On = None,
    as_role: As = None,
    yes: Yes = False,
    json: Json = False,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    """约谈, 责任追究 T22."""
    with open_office(store, lang, as_role, wait) as office:
        day = office.day(on)
        until = office.due(due, day)
        act(
            office,
            numbers,
            lambda office, item: Summon(
                item=item.id, record=record, work_until=until, note=note, on=day
            ),
            json,
        )


@COMMANDS.command("recheck", _("Looked back at: it held."))
def recheck(
    numbers: Numbers,
    finding: Annotated[
        str,
        typer.Option(
            "--finding", metavar="TEXT", show_default=False, help=_("What was found on the spot.")
        ),
    ] = "",
    photo: Photos = None,
    note: Note = "",
    on: On = None,
    as_role: As = None,
    yes: Yes = False,
    json: Json = False,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    """回头看: 保持 T23."""
    with open_office(store, lang, as_role, wait) as office:
        day = office.day(on)
        act(
            office,
            numbers,
            lambda office, item: Recheck(
                item=item.id, finding=finding, photos=tuple(photo or ()), note=note, on=day
            ),
            json,
        )


@COMMANDS.command("reopen", _("Looked back at: it came back; opened again at level 2."))
def reopen(
    numbers: Numbers,
    reason: Reason = "",
    photo: Photos = None,
    unit: Unit = None,
    due: Due = None,
    note: Note = "",
    on: On = None,
    as_role: As = None,
    yes: Yes = False,
    json: Json = False,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    """回头看: 反弹 T24."""
    with open_office(store, lang, as_role, wait) as office:
        day = office.day(on)
        named = office.unit(unit).id if unit else None
        until = office.due(due, day)
        act(
            office,
            numbers,
            lambda office, item: Reopen(
                item=item.id,
                reason=reason,
                photos=tuple(photo or ()),
                lead=named or (item.assignment.lead if item.assignment else None),
                due=until,
                deadline=worded(due),
                note=note,
                on=day,
            ),
            json,
        )
