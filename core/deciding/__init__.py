"""What an action does to the town, or why it may not. `decide` only dispatches."""

from collections.abc import Callable, Iterable
from typing import Any

from core.actions import (
    Accept,
    Action,
    Add,
    AddZone,
    Approve,
    Assign,
    AssignZone,
    Attach,
    ChangeSettings,
    Correct,
    Criticise,
    DraftPaper,
    Edit,
    Extend,
    Fail,
    Fix,
    Forget,
    Inspect,
    KeepSide,
    Merge,
    MergeUnits,
    MergeZones,
    MoveIn,
    Pass,
    Reassign,
    Recall,
    Receive,
    ReceivePaper,
    Recheck,
    Recount,
    Refuse,
    Reject,
    Remember,
    Remind,
    Reopen,
    Report,
    Resume,
    Return,
    Revive,
    ServePaper,
    SetHolidays,
    SignPaper,
    Submit,
    Summon,
    Supervise,
    Suspend,
    TakeIn,
    Undo,
    Void,
    Wish,
    Withdraw,
    WithdrawPaper,
    verb_of,
)
from core.changes import Changes
from core.deciding import (
    attaching,
    corrections,
    escalation,
    handover,
    leaving,
    lookback,
    moving,
    papers,
    registers,
    requests,
    road,
    side,
    spot,
    standing,
    unit_steps,
)
from core.deciding.draft import Draft
from core.deciding.registers import calendar, senders, staff, units, zones
from core.deciding.undoing import undo
from core.errors import RuleError
from core.model import RequestKind
from core.roles import Actor
from core.town import Moment, Town

_DECIDERS: dict[type[Action], Callable[[Draft, Any], object]] = {
    Report: road.report,
    Accept: road.accept,
    Reject: road.reject,
    Fix: road.fix,
    Assign: road.assign,
    Receive: unit_steps.receive,
    Submit: unit_steps.submit,
    Withdraw: unit_steps.withdraw,
    Pass: spot.pass_,
    Fail: spot.fail,
    Inspect: spot.inspect,
    Return: handover.return_,
    Reassign: handover.reassign,
    Extend: handover.extend,
    Suspend: standing.suspend,
    Resume: standing.resume,
    Merge: leaving.merge,
    Void: leaving.void,
    Revive: leaving.revive,
    Remind: escalation.remind,
    Supervise: escalation.supervise,
    Criticise: escalation.criticise,
    Summon: escalation.summon,
    Recheck: lookback.recheck,
    Reopen: lookback.reopen,
    Approve: requests.approve,
    Refuse: requests.refuse,
    Recall: requests.recall,
    Correct: corrections.correct,
    Attach: attaching.attach,
    MoveIn: moving.move_in,
    TakeIn: moving.take_in,
    Add: registers.add,
    Edit: registers.edit,
    AddZone: zones.add_zone,
    AssignZone: zones.assign_zone,
    MergeUnits: units.merge_units,
    MergeZones: zones.merge_zones,
    ChangeSettings: staff.change_settings,
    DraftPaper: papers.draft_paper,
    SignPaper: papers.sign_paper,
    ServePaper: papers.serve_paper,
    ReceivePaper: papers.receive_paper,
    WithdrawPaper: papers.withdraw_paper,
    Remember: senders.remember,
    Forget: senders.forget,
    SetHolidays: calendar.set_holidays,
    Recount: calendar.recount,
    KeepSide: side.keep,
    Undo: undo,
}


EFFECTS: dict[str, requests.Effect] = {
    RequestKind.RETURN: handover.returned,
    RequestKind.REASSIGN: handover.reassigned,
    RequestKind.EXTEND: handover.extended,
    RequestKind.SUSPEND: standing.suspended,
    RequestKind.VOID: leaving.voided,
    RequestKind.SUPERVISE: escalation.supervised,
    RequestKind.CONFIRM: spot.confirmed,
}
"""What an approved request does, by its kind."""


def decide(town: Town, wish: Wish, actor: Actor, now: Moment) -> Changes:
    """What one wish changes. Raises `RuleError`; touches nothing."""
    return decide_all(town, (wish,), actor, now)


def decide_all(
    town: Town, wishes: Iterable[Wish], actor: Actor, now: Moment, *, op: str = "", source: str = ""
) -> Changes:
    """Several wishes as one transaction, each decided on what the ones before it left.

    `op` names the transaction (by default the verb of its first action), `source` the file it
    came from.
    """
    draft = Draft(town, actor, now)
    name = ""
    for wish in wishes:
        draft.check_basis(wish)
        action = draft.tidy(wish.action)
        name = name or verb_of(action)
        decider = _DECIDERS.get(type(action))
        if decider is None:
            raise RuleError("unknown_verb", verb=type(action).__name__)
        decider(draft, action)
    return draft.done(op or name, source)


__all__ = ["Draft", "decide", "decide_all"]
