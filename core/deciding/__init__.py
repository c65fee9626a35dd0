"""What an action does to the town, or why it may not. `decide` only dispatches."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from core.actions import (
    Accept,
    Action,
    AddStaff,
    AddUnit,
    AddZone,
    Assign,
    AssignZone,
    ChangeSettings,
    Correct,
    EditStaff,
    EditUnit,
    EditZone,
    Fail,
    Fix,
    Inspect,
    KeepSide,
    MoveIn,
    Pass,
    Receive,
    Reject,
    Report,
    Submit,
    TakeIn,
    Undo,
    Wish,
    Withdraw,
)
from core.changes import Changes
from core.deciding import corrections, masters, moving, road, side, spot, unit_steps
from core.deciding.draft import Draft
from core.deciding.undoing import undo
from core.errors import RuleError
from core.roles import Actor
from core.town import Moment, Town

_SNAKE = re.compile(r"(?<=[a-z])(?=[A-Z])")

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
    Correct: corrections.correct,
    MoveIn: moving.move_in,
    TakeIn: moving.take_in,
    AddZone: masters.add_zone,
    EditZone: masters.edit_zone,
    AssignZone: masters.assign_zone,
    AddUnit: masters.add_unit,
    EditUnit: masters.edit_unit,
    AddStaff: masters.add_staff,
    EditStaff: masters.edit_staff,
    ChangeSettings: masters.change_settings,
    KeepSide: side.keep,
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
        action = draft.tidy(wish.action)
        name = name or _SNAKE.sub("_", type(action).__name__).lower()
        decider = _DECIDERS.get(type(action))
        if decider is None:
            raise RuleError("unknown_verb", verb=type(action).__name__)
        decider(draft, action)
    return draft.done(op or name, source)


__all__ = ["Draft", "decide", "decide_all"]
