"""What an action does to the town, or why it may not. `decide` only dispatches."""

from collections.abc import Callable, Iterable
from typing import Any

from core.actions import (
    Accept,
    Action,
    Add,
    AddFind,
    AddKey,
    AddLog,
    AddZone,
    Appeal,
    Approve,
    Assign,
    AssignZone,
    Attach,
    AttachFiles,
    CancelRound,
    ChangeSettings,
    CheckShop,
    CloseCampaign,
    CloseShop,
    Correct,
    CorrectLog,
    CountTraces,
    CoverZone,
    Criticise,
    DraftCircular,
    DraftPaper,
    DraftSummary,
    DropFind,
    Edit,
    EditCampaign,
    EditCircular,
    EditFind,
    EditRound,
    EditSummary,
    Extend,
    Fail,
    FinaliseRound,
    Fix,
    Forget,
    Inspect,
    KeepSide,
    LayDrug,
    MarkUnit,
    Merge,
    MergeUnits,
    MergeZones,
    MoveIn,
    Note,
    OpenCampaign,
    Pass,
    PlanRound,
    PlanYear,
    PlateShops,
    PublishCircular,
    PublishRound,
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
    ReopenRound,
    Report,
    Resume,
    RetireKey,
    Return,
    Revive,
    SampleRooms,
    ScoreRound,
    ServePaper,
    SetHolidays,
    SetScheme,
    SetTarget,
    SetTerms,
    SignCircular,
    SignPaper,
    SignPledge,
    SignShops,
    SignSummary,
    Split,
    SplitZone,
    StartRound,
    Submit,
    Summon,
    Supervise,
    Suspend,
    TakeIn,
    TellFacts,
    Tick,
    TransferShop,
    Undo,
    VisitZone,
    Void,
    VoidLog,
    WaiveFind,
    Wish,
    Withdraw,
    WithdrawPaper,
    verb_of,
)
from core.changes import Changes
from core.deciding import coming_in, effects, own_tables, papers, registers
from core.deciding.circulars import appeals, circulars
from core.deciding.draft import Draft
from core.deciding.loop import (
    aside,
    correcting,
    decisions,
    dividing,
    feedback,
    handover,
    inspection,
    leaving,
    levels,
    lookback,
    photos,
    road,
)
from core.deciding.registers import calendar, keys, senders, staff, units, zones
from core.deciding.rounds import finds, planning, schemes, states, visits
from core.deciding.tidying import tidied
from core.deciding.undo import undo
from core.deciding.year import campaigns, duties, facts, files, logs, shops, summaries, targets
from core.errors import RuleError
from core.roles import Actor
from core.town.town import Moment, Town

_DECIDERS: dict[type[Action], Callable[[Draft, Any], object]] = {
    Report: road.report,
    Accept: road.accept,
    Reject: road.reject,
    Fix: road.fix,
    Assign: road.assign,
    Split: dividing.split,
    Receive: feedback.receive,
    Submit: feedback.submit,
    Withdraw: feedback.withdraw,
    Pass: inspection.pass_,
    Fail: inspection.fail,
    Inspect: inspection.inspect,
    Return: handover.return_,
    Reassign: handover.reassign,
    Extend: handover.extend,
    Suspend: dividing.by_parts("suspend", aside.suspend),
    Resume: dividing.by_parts("resume", aside.resume),
    Merge: leaving.merge,
    Void: dividing.by_parts("void", leaving.void),
    Revive: dividing.by_parts("revive", leaving.revive),
    Remind: levels.remind,
    Supervise: levels.supervise,
    Criticise: levels.criticise,
    Summon: levels.summon,
    Recheck: lookback.recheck,
    Reopen: lookback.reopen,
    Appeal: appeals.appeal,
    Approve: effects.approve,
    Refuse: decisions.refuse,
    Recall: decisions.recall,
    Correct: correcting.correct,
    Attach: photos.attach,
    Note: feedback.note,
    MoveIn: coming_in.move_in,
    TakeIn: coming_in.take_in,
    Add: registers.add,
    Edit: registers.edit,
    AddZone: zones.add_zone,
    AddKey: keys.add_key,
    RetireKey: keys.retire_key,
    AssignZone: zones.assign_zone,
    MergeUnits: units.merge_units,
    MergeZones: zones.merge_zones,
    ChangeSettings: staff.change_settings,
    DraftPaper: papers.draft_paper,
    DraftCircular: circulars.draft_circular,
    EditCircular: circulars.edit_circular,
    PublishCircular: circulars.publish_circular,
    SignCircular: circulars.sign_circular,
    SignPaper: papers.sign_paper,
    ServePaper: papers.serve_paper,
    ReceivePaper: papers.receive_paper,
    WithdrawPaper: papers.withdraw_paper,
    Remember: senders.remember,
    Forget: senders.forget,
    SetHolidays: calendar.set_holidays,
    Recount: calendar.recount,
    KeepSide: own_tables.keep,
    PlanYear: planning.plan_year,
    PlanRound: planning.plan_round,
    EditRound: planning.edit_round,
    StartRound: states.start_round,
    ScoreRound: states.score_round,
    PublishRound: states.publish_round,
    FinaliseRound: states.finalise_round,
    ReopenRound: states.reopen_round,
    CancelRound: states.cancel_round,
    VisitZone: visits.visit_zone,
    AddFind: finds.add_find,
    EditFind: finds.edit_find,
    WaiveFind: finds.waive_find,
    DropFind: finds.drop_find,
    MarkUnit: visits.mark_unit,
    SetScheme: schemes.set_scheme,
    SignShops: shops.sign_shops,
    PlateShops: shops.plate_shops,
    CheckShop: shops.check_shop,
    TransferShop: shops.transfer_shop,
    CloseShop: shops.close_shop,
    SetTerms: duties.set_terms,
    OpenCampaign: campaigns.open_campaign,
    EditCampaign: campaigns.edit_campaign,
    Tick: campaigns.tick,
    CoverZone: campaigns.cover_zone,
    LayDrug: campaigns.lay_drug,
    CountTraces: campaigns.count_traces,
    SampleRooms: campaigns.sample_rooms,
    CloseCampaign: campaigns.close_campaign,
    AddLog: logs.add_log,
    CorrectLog: logs.correct_log,
    VoidLog: logs.void_log,
    SetTarget: targets.set_target,
    SignPledge: targets.sign_pledge,
    TellFacts: facts.tell_facts,
    SplitZone: facts.split_zone,
    AttachFiles: files.attach_files,
    DraftSummary: summaries.draft_summary,
    EditSummary: summaries.edit_summary,
    SignSummary: summaries.sign_summary,
    Undo: undo,
}


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
        action = tidied(wish.action)
        name = name or verb_of(action)
        decider = _DECIDERS.get(type(action))
        if decider is None:
            raise RuleError("unknown_verb", verb=type(action).__name__)
        decider(draft, action)
    return draft.done(op or name, source)


__all__ = ["Draft", "decide", "decide_all"]
