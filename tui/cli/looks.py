"""The unit's verbs and looks on the spot: receive, submit, withdraw, pass, fail, inspect."""

from datetime import date
from typing import Annotated

import typer

from core.actions import (
    Action,
    Fail,
    Inspect,
    Pass,
    Receive,
    Submit,
    Withdraw,
)
from core.actions.road import REWORK_DUE
from core.errors import RuleError
from core.model import Item
from store.lock import WAIT
from tui.cli.acting import act, on_behalf
from tui.cli.office import Office, open_office
from tui.cli.options import (
    As,
    ChannelOption,
    For,
    Json,
    Lang,
    Note,
    Numbers,
    On,
    Photos,
    Reason,
    Store,
    Wait,
    Yes,
)
from tui.cli.registry import Commands
from tui.i18n import _

COMMANDS = Commands()


@COMMANDS.command("receive", _("The unit has signed for it."))
def receive(
    numbers: Numbers,
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
    """签收 T6."""
    with open_office(store, lang, as_role, wait) as office:
        day = office.day(on)
        act(
            office,
            numbers,
            lambda office, item: Receive(
                item=item.id,
                note=note,
                on=day,
                **on_behalf(office, "receive", for_unit, channel),
            ),
            json,
        )


@COMMANDS.command("submit", _("The unit says it is done."))
def submit(
    numbers: Numbers,
    measure: Annotated[
        str, typer.Option("--measure", metavar="TEXT", help=_("What was done."), show_default=False)
    ] = "",
    progress: Annotated[
        str,
        typer.Option(
            "--progress", metavar="TEXT", help=_("How it stands now."), show_default=False
        ),
    ] = "",
    photo: Photos = None,
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
    """反馈整改 T9."""
    with open_office(store, lang, as_role, wait) as office:
        day = office.day(on)

        def make(office: Office, item: Item) -> Action:
            proposed = item.proposed
            return Submit(
                item=item.id,
                measure=measure or (proposed.measure if proposed else ""),
                progress=progress or (proposed.progress if proposed else ""),
                photos=tuple(photo or ()) or (proposed.photos_after if proposed else ()),
                note=note,
                on=day or (proposed.feedback_on if proposed else None),
                **on_behalf(office, "submit", for_unit, channel),
            )

        act(office, numbers, make, json)


@COMMANDS.command("withdraw", _("The unit takes its feedback back."))
def withdraw(
    numbers: Numbers,
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
    """撤回反馈 T10."""
    with open_office(store, lang, as_role, wait) as office:
        day = office.day(on)
        act(
            office,
            numbers,
            lambda office, item: Withdraw(
                item=item.id,
                reason=reason,
                note=note,
                on=day,
                **on_behalf(office, "withdraw", for_unit, channel),
            ),
            json,
        )


_FINDING = Annotated[
    str,
    typer.Option(
        "--finding", metavar="TEXT", show_default=False, help=_("What was found on the spot.")
    ),
]
_UNTIL = Annotated[
    str | None,
    typer.Option(
        "--due",
        metavar="DUE",
        show_default=False,
        help=_("The new day to work until; 2wd by default."),
    ),
]


@COMMANDS.command("pass", _("Looked at on the spot and struck off."))
def pass_(
    numbers: Numbers,
    finding: _FINDING = "",
    done: Annotated[
        str | None,
        typer.Option(
            "--done",
            metavar="DATE",
            show_default=False,
            help=_("Day the unit was done, where it left that out."),
        ),
    ] = None,
    note: Note = "",
    on: On = None,
    as_role: As = None,
    yes: Yes = False,
    json: Json = False,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    """复查合格 T11."""
    with open_office(store, lang, as_role, wait) as office:
        day, done_on = office.day(on), office.day(done, "feedback_on")
        act(
            office,
            numbers,
            lambda office, item: Pass(
                item=item.id, finding=finding, feedback_on=done_on, note=note, on=day
            ),
            json,
        )


@COMMANDS.command("fail", _("Looked at on the spot and sent back for rework."))
def fail(
    numbers: Numbers,
    reason: Reason = "",
    due: _UNTIL = None,
    note: Note = "",
    on: On = None,
    as_role: As = None,
    yes: Yes = False,
    json: Json = False,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    """复查不合格 T12."""
    with open_office(store, lang, as_role, wait) as office:
        day = office.day(on)
        until = office.due(due or REWORK_DUE, day)
        act(
            office,
            numbers,
            lambda office, item: Fail(
                item=item.id, reason=reason, work_until=until, note=note, on=day
            ),
            json,
        )


@COMMANDS.command("inspect", _("Look before the unit has reported."))
def inspect(
    numbers: Numbers,
    passed: Annotated[
        bool, typer.Option("--pass", help=_("Found in order."), show_default=False)
    ] = False,
    failed: Annotated[
        bool, typer.Option("--fail", help=_("Not in order."), show_default=False)
    ] = False,
    finding: _FINDING = "",
    due: _UNTIL = None,
    note: Note = "",
    on: On = None,
    as_role: As = None,
    yes: Yes = False,
    json: Json = False,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    """直接复查 T13."""
    if passed == failed:
        raise RuleError("both_or_neither")
    with open_office(store, lang, as_role, wait) as office:
        day = office.day(on)
        until: date | None = None if passed else office.due(due or REWORK_DUE, day)
        act(
            office,
            numbers,
            lambda office, item: Inspect(
                item=item.id, passed=passed, finding=finding, work_until=until, note=note, on=day
            ),
            json,
        )
